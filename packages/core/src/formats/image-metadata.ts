import { ByteReader, OutOfBytes } from '../input/bytes.js'
import type { Header } from './header.js'
import { openTiff, type TiffEntry, tiffEntries } from './tiff.js'

/** What may be asked for, by name. */
export const metadataFields = ['takenAt', 'camera', 'copyright', 'location'] as const
export type MetadataField = (typeof metadataFields)[number]

/** What a file says of itself: claims of a stranger, for people to read, as data. In no file but by `keep`. */
export interface ImageMetadata {
  /** `2026-11-28T10:30:00`, with an offset such as `+01:00` where the camera knew one (EXIF DateTimeOriginal). */
  readonly takenAt?: string
  /** Maker and model, at most 200 characters. */
  readonly camera?: string
  /** As written by photographer or editor, at most 200 characters. */
  readonly copyright?: string
  /** WGS 84, in degrees: north and east are positive. Rounded to a tenth of a metre. */
  readonly location?: { readonly latitude: number; readonly longitude: number }
}

/** Tags of EXIF 2.32, tables 4, 7 and 15, and of TIFF 6.0. */
const tags = {
  make: 0x010f,
  model: 0x0110,
  copyright: 0x8298,
  exif: 0x8769,
  gps: 0x8825,
  takenAt: 0x9003,
  offset: 0x9011,
  latitudeRef: 1,
  latitude: 2,
  longitudeRef: 3,
  longitude: 4,
} as const
const [ascii, long, rational] = [2, 4, 5]
/** Of a text that is handed on. */
export const maxTextLength = 200

/**
 * The fields that were asked for, as far as the EXIF of an image has them. Three directories are walked, once
 * each; what is broken is left out and never spoils a picture.
 */
export function readImageMetadata(
  bytes: Uint8Array,
  { exif, format }: Pick<Header, 'exif' | 'format'>,
  wanted: readonly MetadataField[],
): ImageMetadata | undefined {
  if (!exif || wanted.length === 0) return undefined
  const block = new ByteReader(bytes)
  block.skip(exif.offset)
  const found = withoutDamage(() => read(block.take(exif.length), format === 'avif' || format === 'heic'))
  const fields = wanted.flatMap(name => (found?.[name] === undefined ? [] : [[name, found[name]]]))
  return fields.length > 0 ? Object.fromEntries(fields) : undefined
}

function read(block: ByteReader, heif: boolean): ImageMetadata {
  // ISO/IEC 23008-12, A.2.1: how far behind this number the TIFF structure begins.
  if (heif) block.skip(block.u32())
  const opened = openTiff(block)
  if (!opened) return {}
  const { tiff, little } = opened
  const main = directory(tiff, tiff.u32(little), little)
  const exif = subdirectory(tags.exif)
  const gps = subdirectory(tags.gps)
  const fields = {
    takenAt: dateOf(textOf(exif.get(tags.takenAt)), textOf(exif.get(tags.offset))),
    camera: cameraOf(textOf(main.get(tags.make)), textOf(main.get(tags.model))),
    copyright: textOf(main.get(tags.copyright)),
    location: locationOf(gps, little),
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

  function subdirectory(tag: number): ReadonlyMap<number, TiffEntry> {
    const entry = main.get(tag)
    return entry?.type === long ? directory(tiff, entry.values.u32(little), little) : new Map()
  }
}

/** Of two entries of a tag the first counts. */
function directory(tiff: ByteReader, offset: number, little: boolean): ReadonlyMap<number, TiffEntry> {
  const entries = new Map<number, TiffEntry>()
  withoutDamage(() => {
    for (const entry of tiffEntries(tiff, offset, little))
      if (!entries.has(entry.tag)) entries.set(entry.tag, entry)
  })
  return entries
}

function withoutDamage<Value>(work: () => Value): Value | undefined {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof OutOfBytes) return undefined
    throw thrown
  }
}

/** The parts between NULs: of a copyright those of photographer and editor. Controls are left out. */
function textOf(entry: TiffEntry | undefined): string | undefined {
  if (entry?.type !== ascii) return undefined
  const bytes = entry.values.bytes(Math.min(entry.count, 4 * maxTextLength))
  const parts = new TextDecoder().decode(bytes).split('\0')
  const text = parts
    .map(part => part.replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, '').trim())
    .filter(part => part !== '')
    .join('; ')
  return [...text].slice(0, maxTextLength).join('') || undefined
}

const dateTime = /^(\d{4}):(0[1-9]|1[0-2]):(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)$/
const zone = /^[+-](0\d|1[0-4]):[0-5]\d$/

function dateOf(text: string | undefined, offset: string | undefined): string | undefined {
  const [, year, month, day, hour, minute, second] = dateTime.exec(text ?? '') ?? []
  if (year === undefined) return undefined
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${zone.test(offset ?? '') ? offset : ''}`
}

/** Most models begin with the maker's name. */
function cameraOf(make = '', model = ''): string | undefined {
  const maker = make.split(' ')[0] ?? ''
  const whole = model.toLowerCase().startsWith(maker.toLowerCase()) ? model || make : `${make} ${model}`
  return [...whole.trim()].slice(0, maxTextLength).join('') || undefined
}

function locationOf(gps: ReadonlyMap<number, TiffEntry>, little: boolean): ImageMetadata['location'] {
  const latitude = degreesOf(gps.get(tags.latitude), textOf(gps.get(tags.latitudeRef)), 'S', little)
  const longitude = degreesOf(gps.get(tags.longitude), textOf(gps.get(tags.longitudeRef)), 'W', little)
  if (latitude === undefined || longitude === undefined) return undefined
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined
}

/** Degrees, minutes and seconds, each a fraction. */
function degreesOf(
  entry: TiffEntry | undefined,
  reference: string | undefined,
  negative: string,
  little: boolean,
): number | undefined {
  if (entry?.type !== rational || entry.count !== 3 || reference === undefined) return undefined
  const { values } = entry
  const [degrees, minutes, seconds] = [fraction(), fraction(), fraction()]
  const value = degrees + minutes / 60 + seconds / 3600
  if (!Number.isFinite(value)) return undefined
  return Math.round(1e6 * (reference === negative ? -value : value)) / 1e6

  function fraction(): number {
    return values.u32(little) / values.u32(little)
  }
}
