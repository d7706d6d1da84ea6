import { ByteReader, OutOfBytes } from '@sluice/core/bytes'
import { toLight } from './srgb.js'

/** Primaries of sRGB as a profile holds them, adapted to D50 (ICC's sRGB.icc). */
const primaries = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
} as const
const PRIMARY_TOLERANCE = 0.002
/** In light, 0..1: below one step of 8 bits everywhere but in the darkest few. */
const CURVE_TOLERANCE = 0.003
const MAX_TAGS = 100

/** Whether an RGB profile is sRGB by its content, whatever it is called: matrix and curves, no tables. */
export function isSrgb(profile: Uint8Array): boolean {
  try {
    const tags = readTags(new ByteReader(profile))
    const curves = ['rTRC', 'gTRC', 'bTRC'].map(name => tags.get(name))
    return (
      !['A2B0', 'A2B1', 'A2B2'].some(name => tags.has(name)) &&
      Object.entries(primaries).every(([name, xyz]) => isNear(tags.get(name), xyz)) &&
      curves.every(curve => curve !== undefined && isSrgbCurve(curve))
    )
  } catch (thrown) {
    if (thrown instanceof OutOfBytes) return false
    throw thrown
  }
}

/** The tag table (ICC.1:2022, 7.3), a part of the file for each. */
function readTags(reader: ByteReader): ReadonlyMap<string, ByteReader> {
  const tags = new Map<string, ByteReader>()
  reader.seek(128)
  const count = Math.min(reader.u32(), MAX_TAGS)
  for (let index = 0; index < count; index++) {
    reader.seek(132 + 12 * index)
    const name = reader.text(4)
    const offset = reader.u32()
    const length = reader.u32()
    reader.seek(offset)
    tags.set(name, reader.take(length))
  }
  return tags
}

const fixed = (reader: ByteReader) => (reader.u32() | 0) / 65536

function isNear(tag: ByteReader | undefined, xyz: readonly number[]): boolean {
  tag?.seek(8)
  return tag !== undefined && xyz.every(wanted => Math.abs(fixed(tag) - wanted) <= PRIMARY_TOLERANCE)
}

/** Compares a curve (`curv` or `para`; 10.6, 10.18) with that of sRGB at 33 points. */
function isSrgbCurve(tag: ByteReader): boolean {
  tag.seek(0)
  const type = tag.text(4)
  tag.skip(4)
  const curve = type === 'para' ? parametric(tag) : type === 'curv' ? sampled(tag) : undefined
  if (!curve) return false
  for (let step = 0; step <= 32; step++)
    if (!(Math.abs(curve(step / 32) - toLight(step / 32)) <= CURVE_TOLERANCE)) return false
  return true
}

/** Only function type 3, which is how sRGB is written. */
function parametric(tag: ByteReader): ((value: number) => number) | undefined {
  if (tag.u16() !== 3) return undefined
  tag.skip(2)
  const [g = 0, a = 0, b = 0, c = 0, d = 0] = Array.from({ length: 5 }, () => fixed(tag))
  return value => (value >= d ? (a * value + b) ** g : c * value)
}

function sampled(tag: ByteReader): ((value: number) => number) | undefined {
  const count = tag.u32()
  if (count < 2 || count > tag.left / 2) return undefined
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
