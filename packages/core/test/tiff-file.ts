import { be, bytesOf, le } from './bytes-of.js'

/** Text, a LONG, or rationals. */
type TiffValue = string | number | readonly (readonly [numerator: number, denominator: number])[]
type Directory = Readonly<Record<number, TiffValue>>

const pointers = { exif: 0x8769, gps: 0x8825 }

/** A TIFF structure as EXIF has it: a main directory, and behind it those of the camera and of the place. */
export function tiffFile(
  main: Directory,
  { exif = {}, gps = {}, little = true }: { exif?: Directory; gps?: Directory; little?: boolean } = {},
): Uint8Array {
  const number = little ? le : be
  const write = (entries: Directory, offset: number) => writeDirectory(entries, offset, number)
  const start = 8
  const withPointers = (toExif: number, toGps: number) =>
    write({ ...main, [pointers.exif]: toExif, [pointers.gps]: toGps }, start)
  const exifStart = start + withPointers(0, 0).length
  const exifBytes = write(exif, exifStart)
  const gpsStart = exifStart + exifBytes.length
  return bytesOf(
    little ? 'II*\0' : 'MM\0*',
    number(start, 4),
    withPointers(exifStart, gpsStart),
    exifBytes,
    write(gps, gpsStart),
  )
}

/** The entries, and behind them the values that have no room in one. */
function writeDirectory(entries: Directory, offset: number, number: typeof le): Uint8Array {
  const tags = Object.entries(entries)
  let end = offset + 2 + 12 * tags.length + 4
  const outside: Uint8Array[] = []
  const rows = tags.map(([tag, value]) => {
    const [type, count, bytes] = encode(value, number)
    const head = bytesOf(number(Number(tag), 2), number(type, 2), number(count, 4))
    if (bytes.length <= 4) return bytesOf(head, bytes, new Uint8Array(4 - bytes.length))
    outside.push(bytes)
    end += bytes.length
    return bytesOf(head, number(end - bytes.length, 4))
  })
  return bytesOf(number(tags.length, 2), ...rows, number(0, 4), ...outside)
}

function encode(
  value: TiffValue,
  number: typeof le,
): readonly [type: number, count: number, bytes: Uint8Array] {
  if (typeof value === 'number') return [4, 1, bytesOf(number(value, 4))]
  if (typeof value !== 'string')
    return [5, value.length, bytesOf(...value.flatMap(pair => pair.map(part => number(part, 4))))]
  const bytes = new TextEncoder().encode(`${value}\0`)
  return [2, bytes.length, bytes]
}
