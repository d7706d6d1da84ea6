import { ByteReader, OutOfBytes } from '@sluice/core/bytes'
import type { Curve } from './matrix-conversion.js'

/** XYZ of the connection space, at D50. */
export type Xyz = readonly [number, number, number]

/** A profile of a matrix and curves, or of one curve of grey: nearly all that cameras and screens write. */
export type SimpleProfile =
  | {
      readonly space: 'rgb'
      readonly primaries: readonly [Xyz, Xyz, Xyz]
      readonly curves: readonly [Curve, Curve, Curve]
    }
  | { readonly space: 'grey'; readonly curve: Curve }

type Tags = ReadonlyMap<string, ByteReader>

const headerBytes = 128
/** As Little CMS has it; files have about twenty. */
const maxTags = 100
/** Profiles of devices; links between two of them and the like are not for pictures. */
const classes = ['scnr', 'mntr', 'prtr', 'spac']
/** Tables from and to the connection space: where there are any, curves and matrix are the second choice. */
const tables = ['A2B0', 'A2B1', 'A2B2', 'D2B0', 'D2B1', 'D2B2']

/**
 * Reads a profile (ICC.1:2022) that says its colours by a matrix and curves. Undefined for any other, and for
 * one with anything unusual in it.
 */
export function readSimpleProfile(profile: Uint8Array): SimpleProfile | undefined {
  try {
    const space = headerSpace(new ByteReader(profile))
    const tags = space && readTags(new ByteReader(profile))
    if (!tags || tables.some(name => tags.has(name))) return undefined
    return space === 'grey' ? readGrey(tags) : readRgb(tags)
  } catch (thrown) {
    if (thrown instanceof OutOfBytes) return undefined
    throw thrown
  }
}

/** Whether bytes have the signature of a profile (7.2.1): what has not is given to nobody. */
export function isIccProfile(bytes: Uint8Array): boolean {
  const reader = new ByteReader(bytes)
  if (reader.length < headerBytes + 4) return false
  reader.seek(36)
  return reader.text(4) === 'acsp'
}

/** The colour space (7.2), where the connection space is XYZ. */
function headerSpace(reader: ByteReader): SimpleProfile['space'] | undefined {
  const bytes = reader.u32()
  if (bytes > reader.length) return undefined
  reader.seek(12)
  const kind = reader.text(4)
  const space = reader.text(4)
  const connection = reader.text(4)
  reader.seek(36)
  if (reader.text(4) !== 'acsp' || connection !== 'XYZ ' || !classes.includes(kind)) return undefined
  return space === 'RGB ' ? 'rgb' : space === 'GRAY' ? 'grey' : undefined
}

/** The tag table (7.3), a part of the file for each. */
function readTags(reader: ByteReader): Tags | undefined {
  const tags = new Map<string, ByteReader>()
  reader.seek(headerBytes)
  const count = reader.u32()
  if (count > maxTags) return undefined
  for (let index = 0; index < count; index++) {
    reader.seek(headerBytes + 4 + 12 * index)
    const name = reader.text(4)
    const offset = reader.u32()
    const length = reader.u32()
    if (tags.has(name)) return undefined
    reader.seek(offset)
    tags.set(name, reader.take(length))
  }
  return tags
}

function readGrey(tags: Tags): SimpleProfile | undefined {
  const curve = readCurve(tags.get('kTRC'))
  return curve && { space: 'grey', curve }
}

function readRgb(tags: Tags): SimpleProfile | undefined {
  const [r, g, b] = ['rTRC', 'gTRC', 'bTRC'].map(name => readCurve(tags.get(name)))
  const [red, green, blue] = ['rXYZ', 'gXYZ', 'bXYZ'].map(name => readXyz(tags.get(name)))
  if (!r || !g || !b || !red || !green || !blue) return undefined
  return { space: 'rgb', primaries: [red, green, blue], curves: [r, g, b] }
}

/** A number of s15Fixed16 (4.6). */
const fixed = (reader: ByteReader) => (reader.u32() | 0) / 65536

/** 10.31. */
function readXyz(tag: ByteReader | undefined): Xyz | undefined {
  if (tag?.text(4) !== 'XYZ ') return undefined
  tag.skip(4)
  return [fixed(tag), fixed(tag), fixed(tag)]
}

/** `curv` (10.6) or `para` (10.18). */
function readCurve(tag: ByteReader | undefined): Curve | undefined {
  const type = tag?.text(4)
  tag?.skip(4)
  if (tag && type === 'para') return parametric(tag)
  return tag && type === 'curv' ? sampled(tag) : undefined
}

/** Numbers of each of the five functions of 10.18, table 68. */
const parameters = [1, 3, 4, 5, 7]

function parametric(tag: ByteReader): Curve | undefined {
  const kind = tag.u16()
  tag.skip(2)
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from(
    { length: parameters[kind] ?? 0 },
    () => fixed(tag),
  )
  const power = (value: number) => Math.max(a * value + b, 0) ** g
  switch (kind) {
    case 0:
      return value => value ** g
    case 1:
      return a === 0 ? undefined : value => (value >= -b / a ? power(value) : 0)
    case 2:
      return a === 0 ? undefined : value => (value >= -b / a ? power(value) + c : c)
    case 3:
      return value => (value >= d ? power(value) : c * value)
    case 4:
      return value => (value >= d ? power(value) + e : c * value + f)
    default:
      return undefined
  }
}

/** No number is the identity, one is a gamma, more are samples with straight lines between them. */
function sampled(tag: ByteReader): Curve | undefined {
  const count = tag.u32()
  if (count > tag.left / 2) return undefined
  if (count === 0) return value => value
  if (count === 1) {
    const gamma = tag.u16() / 256
    return value => value ** gamma
  }
  const start = tag.position
  const at = (index: number) => {
    tag.seek(start + 2 * Math.min(index, count - 1))
    return tag.u16() / 65535
  }
  return value => {
    const place = value * (count - 1)
    const below = at(Math.floor(place))
    return below + (at(Math.floor(place) + 1) - below) * (place % 1)
  }
}
