import { be, bytesOf } from './bytes-of.js'

interface JpegFields {
  readonly width?: number
  readonly height?: number
  /** Second byte of the SOF marker. */
  readonly sof?: number
  readonly precision?: number
  /** Identifiers, and sampling factors as stored. */
  readonly components?: readonly (readonly [id: number, factors: number])[]
  /** Segments between SOI and SOF. */
  readonly before?: readonly Uint8Array[]
  readonly scans?: readonly Uint8Array[]
  readonly end?: Uint8Array
}

export function segment(marker: number, ...body: (number | string | Uint8Array)[]): Uint8Array {
  const bytes = bytesOf(...body)
  return bytesOf(0xff, marker, be(bytes.length + 2, 2), bytes)
}

const ycc = [
  [1, 0x22],
  [2, 0x11],
  [3, 0x11],
] as const

/** A scan header with some entropy-coded data: a stuffed zero, a restart marker, fill bytes. */
export function scan(
  ids: readonly number[],
  [start, end, approximation]: readonly number[] = [0, 63, 0],
): Uint8Array {
  const selectors = ids.map(id => bytesOf(id, 0))
  return bytesOf(
    segment(0xda, ids.length, ...selectors, start ?? 0, end ?? 63, approximation ?? 0),
    bytesOf(0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff),
  )
}

/** A JPEG that header readers take for good; a decoder would miss its tables. */
export function jpegFile({
  width = 17,
  height = 9,
  sof = 0xc0,
  precision = 8,
  components = ycc,
  before = [],
  scans = [scan(components.map(([id]) => id))],
  end = bytesOf(0xff, 0xd9),
}: JpegFields = {}): Uint8Array {
  const frame = components.map(([id, factors]) => bytesOf(id, factors, 0))
  return bytesOf(
    0xff,
    0xd8,
    ...before,
    segment(sof, precision, be(height, 2), be(width, 2), components.length, ...frame),
    ...scans,
    end,
  )
}
