import type { ByteReader } from '../../input/bytes.js'
import { readOrientation } from '../exif.js'
import type { Orientation } from '../header.js'

/** What the application segments add up to. */
export interface JpegMetadata {
  bytes: number
  icc: number
  exif: number
  /** Of the first EXIF segment. */
  orientation: Orientation | undefined
  jfif: boolean
  /** Transform flag of the Adobe marker. */
  adobe: number | undefined
}

/**
 * Adds an APPn or COM segment. What JFIF and Adobe say about the pixels is no metadata; a JFIF thumbnail is.
 * @param meant decoders heed only what stands before the first scan
 */
export function collectSegment(
  code: number,
  segment: ByteReader,
  metadata: JpegMetadata,
  meant: boolean,
): void {
  if (meant) {
    if (code === 0xe0 && segment.length >= 14 && segment.has('JFIF\0')) {
      metadata.jfif = true
      segment.skip(14)
    } else if (code === 0xee && segment.length >= 12 && segment.has('Adobe')) {
      segment.skip(11)
      metadata.adobe = segment.u8()
    } else if (code === 0xe1 && segment.has('Exif\0')) {
      metadata.exif += segment.length
      metadata.orientation ??= readOrientation(segment.take(segment.left))
      segment.seek(0)
    } else if (code === 0xe2 && segment.length >= 14 && segment.has('ICC_PROFILE\0')) {
      metadata.icc += segment.length - 14
    }
  }
  metadata.bytes += segment.left
}
