import type { ByteReader } from '../input/bytes.js'

/** An entry of an image file directory (TIFF 6.0, section 2). */
export interface TiffEntry {
  readonly tag: number
  readonly type: number
  readonly count: number
  /** Its values, wherever they stand: `count` of them, by the size of its type. */
  readonly values: ByteReader
}

/** Bytes of the types that EXIF uses (TIFF 6.0, section 2): text, whole numbers, rationals. */
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1 }

/** The TIFF structure in an EXIF block, and how its numbers are written. Undefined where there is none. */
export function openTiff(
  exif: ByteReader,
): { readonly tiff: ByteReader; readonly little: boolean } | undefined {
  if (exif.has('Exif\0\0')) exif.skip(6)
  const tiff = exif.take(exif.left)
  const order = tiff.left < 8 ? '' : tiff.fourcc()
  if (order !== 'II*\0' && order !== 'MM\0*') return undefined
  return { tiff, little: order === 'II*\0' }
}

/**
 * The entries of the directory at `offset`, those of other types left out. Walked once, as far as there are bytes.
 * @throws OutOfBytes where values would stand outside
 */
export function* tiffEntries(tiff: ByteReader, offset: number, little: boolean): Generator<TiffEntry> {
  tiff.seek(offset)
  const entries = tiff.u16(little)
  const table = tiff.take(12 * entries)
  for (let entry = 0; entry < entries; entry++) {
    const tag = table.u16(little)
    const type = table.u16(little)
    const count = table.u32(little)
    const bytes = (typeBytes[type] ?? 0) * count
    const inline = table.take(4)
    if (bytes === 0) continue
    if (bytes <= 4) yield { tag, type, count, values: inline }
    else {
      tiff.seek(inline.u32(little))
      yield { tag, type, count, values: tiff.take(bytes) }
    }
  }
}
