import { be, bytesOf, le } from './bytes-of.js'

interface ExifFields {
  readonly orientation?: number
  readonly type?: number
  readonly count?: number
  readonly little?: boolean
  /** Entries before the one of the orientation. */
  readonly before?: number
  readonly offset?: number
}

/** A TIFF structure with one IFD, as EXIF has it, without the `Exif` prefix. */
export function exifBlock({
  orientation = 6,
  type = 3,
  count = 1,
  little = false,
  before = 0,
  offset = 8,
}: ExifFields = {}): Uint8Array {
  const number = little ? le : be
  const valueBytes = type === 3 || type === 8 ? 2 : type === 4 || type === 9 ? 4 : 1
  const entry = (tag: number) =>
    bytesOf(
      number(tag, 2),
      number(type, 2),
      number(count, 4),
      number(orientation, valueBytes),
      new Uint8Array(4 - valueBytes),
    )
  return bytesOf(
    little ? 'II*\0' : 'MM\0*',
    number(offset, 4),
    number(before + 1, 2),
    ...Array.from({ length: before }, () => entry(0x0100)),
    entry(0x0112),
    number(0, 4),
  )
}
