import { type ByteReader, OutOfBytes } from '../input/bytes.js'
import type { Orientation } from './header.js'
import { openTiff } from './tiff.js'

const orientationTag = 0x0112
/**
 * Bytes of the whole-number types of TIFF 6.0, signed ones too. The standard has SHORT (3), files have all of
 * them.
 */
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 6: 1, 8: 2, 9: 4 }

/**
 * The orientation in an EXIF block (EXIF 2.32, 4.5 and 4.6.4 A), 1 where there is none or it makes no sense:
 * broken EXIF never spoils a picture. Only IFD0 is walked, once, and only values inside an entry are read: a
 * count of 2^30 is not inside. Of several the first counts.
 */
export function readOrientation(exif: ByteReader): Orientation {
  try {
    return findOrientation(exif)
  } catch (thrown) {
    if (thrown instanceof OutOfBytes) return 1
    throw thrown
  }
}

function findOrientation(exif: ByteReader): Orientation {
  const opened = openTiff(exif)
  if (!opened) return 1
  const { tiff, little } = opened
  tiff.seek(tiff.u32(little))
  const entries = tiff.u16(little)
  for (let entry = 0; entry < entries; entry++) {
    const tag = tiff.u16(little)
    if (tag === orientationTag) return readValue(tiff, little)
    tiff.skip(10)
  }
  return 1
}

function readValue(tiff: ByteReader, little: boolean): Orientation {
  const bytes = typeBytes[tiff.u16(little)]
  const count = tiff.u32(little)
  // More than four bytes of values stand elsewhere (TIFF 6.0, section 2).
  if (bytes === undefined || count === 0 || count * bytes > 4) return 1
  return toOrientation(bytes === 4 ? tiff.u32(little) : bytes === 2 ? tiff.u16(little) : tiff.u8())
}

function toOrientation(value: number): Orientation {
  return value >= 1 && value <= 8 ? (value as Orientation) : 1
}
