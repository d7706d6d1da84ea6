/** Bytes of a box (ISO/IEC 14496-12, 4.2). */
export function box(type: string, ...body: (number | string | Uint8Array)[]): Uint8Array {
  const content = Buffer.concat(
    body.map(part => {
      if (typeof part === 'string') return Buffer.from(part, 'latin1')
      return typeof part === 'number' ? Buffer.of(part) : part
    }),
  )
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length + 8)
  head.write(type, 4, 'latin1')
  return new Uint8Array(Buffer.concat([head, content]))
}

const be32 = (...values: number[]) => {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeInt32BE(value | 0, 4 * index)
  return new Uint8Array(bytes)
}

/** Quarter turns against the clock. */
export const irot = (quarters: number) => box('irot', quarters)
/** 0 exchanges top and bottom, 1 left and right. */
export const imir = (axis: number) => box('imir', axis)
/** A clean aperture of this size, its top left at x and y in a picture of `coded`. */
export const clap = (
  [width, height]: readonly [number, number],
  [x, y]: readonly [number, number],
  coded: readonly [number, number],
) => box('clap', be32(width, 1, height, 1, 2 * x - (coded[0] - width), 2, 2 * y - (coded[1] - height), 2))
export const nclx = (primaries: number, transfer: number) =>
  box('colr', 'nclx', 0, primaries, 0, transfer, 0, 6, 0x80)
export const profile = (icc: Uint8Array) => box('colr', 'prof', icc)

/** Where a box begins, on a path through `meta`. */
export function findBox(file: Buffer, ...path: string[]): number {
  let at = 0
  let end = file.length
  for (const type of path) {
    while (file.toString('latin1', at + 4, at + 8) !== type) {
      const size = file.readUInt32BE(at)
      if (size < 8 || at + size >= end) throw new Error(`no box ${type}`)
      at += size
    }
    end = at + file.readUInt32BE(at)
    at += type === 'meta' ? 12 : 8
  }
  return at - (path.at(-1) === 'meta' ? 12 : 8)
}

/**
 * Gives the primary item, number 1, further properties, after those it has and not essential; in files as libavif and
 * libheif write them.
 */
export function addProperties(source: Uint8Array, ...properties: Uint8Array[]): Uint8Array {
  let file = Buffer.from(source)
  const insert = (at: number, bytes: Uint8Array, ...around: string[][]) => {
    for (const path of around) {
      const start = findBox(file, ...path)
      file.writeUInt32BE(file.readUInt32BE(start) + bytes.length, start)
    }
    file = Buffer.concat([file.subarray(0, at), bytes, file.subarray(at)])
  }
  const boxes = ['meta', 'iprp', 'ipco']
  const start = findBox(file, ...boxes)
  const end = start + file.readUInt32BE(start)
  let count = 0
  for (let at = start + 8; at < end; at += file.readUInt32BE(at)) count++
  const added = new Uint8Array(Buffer.concat(properties))
  insert(end, added, ['meta'], ['meta', 'iprp'], boxes)

  const associations = findBox(file, 'meta', 'iprp', 'ipma')
  const first = associations + 16
  if (file.readUInt16BE(first) !== 1) throw new Error('the first item is not number 1')
  const has = file.readUInt8(first + 2)
  file.writeUInt8(has + properties.length, first + 2)
  const indices = Uint8Array.from(properties, (_, index) => count + 1 + index)
  insert(first + 3 + has, indices, ['meta'], ['meta', 'iprp'], ['meta', 'iprp', 'ipma'])
  moveItems(file, added.length + indices.length)
  return new Uint8Array(file)
}

/** What lies behind `meta` has moved. */
function moveItems(file: Buffer, by: number): void {
  const iloc = findBox(file, 'meta', 'iloc')
  const sizes = file.readUInt16BE(iloc + 12)
  const [offset, length, base] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15]
  const version = file.readUInt8(iloc + 8)
  let at = iloc + 16
  for (let left = file.readUInt16BE(iloc + 14); left > 0; left--) {
    at += version === 0 ? 4 : 6
    if (base > 0) file.writeUInt32BE(file.readUInt32BE(at) + by, at)
    at += base
    for (
      let extents = file.readUInt16BE(at), start = at + 2;
      extents > 0;
      extents--, start += offset + length
    )
      if (base === 0) file.writeUInt32BE(file.readUInt32BE(start) + by, start)
    at += 2 + file.readUInt16BE(at) * (offset + length)
  }
}
