import { ByteReader } from '../../input/bytes.js'
import { readOrientation } from '../exif.js'
import type { Orientation } from '../header.js'

/** As much of a profile as is looked at: IFD0 stands at its start. */
const maxBytes = 4096

/**
 * The orientation in the hexadecimal EXIF text with which ImageMagick filled PNG files before there was eXIf;
 * undefined for other texts. After the keyword: newline, name, newline, padded length, newline, digits in
 * lines.
 */
export function readRawExif(text: ByteReader): Orientation | undefined {
  const keyword = ['Raw profile type exif\0', 'Raw profile type APP1\0'].find(keyword => text.has(keyword))
  if (!keyword) return undefined
  text.skip(keyword.length)
  for (let line = 0; line < 3; line++) {
    if (!text.skipTo(0x0a)) return undefined
    text.skip(1)
  }
  const digits = text.bytes(Math.min(text.left, 2 * maxBytes))
  const hex = String.fromCharCode(...digits).replaceAll('\n', '')
  const pairs = hex.match(/[0-9a-f]{2}/gi) ?? []
  return readOrientation(new ByteReader(Uint8Array.from(pairs, pair => Number.parseInt(pair, 16))))
}
