// PNG files for tests, put together chunk by chunk.
import { deflateSync } from 'node:zlib'
import { pngChunk, pngSignature } from '@sluice/testkit/images/png'

export interface Chunk {
  readonly type: string
  readonly data: Uint8Array
}

export function be32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [i, v] of values.entries()) bytes.writeUInt32BE(v >>> 0, i * 4)
  return bytes
}

/** `wrongCrc` names a type of chunk whose CRCs are spoilt. */
export function pngFile(chunks: readonly Chunk[], wrongCrc?: string): Uint8Array {
  const parts = chunks.map(({ type, data }) => {
    const bytes = pngChunk(type, data)
    return type === wrongCrc ? bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1) : bytes
  })
  return new Uint8Array(Buffer.concat([pngSignature, ...parts]))
}

export function readChunks(file: Uint8Array): Chunk[] {
  const bytes = Buffer.from(file)
  const chunks: Chunk[] = []
  for (let p = 8; p + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(p)
    chunks.push({ type: bytes.toString('latin1', p + 4, p + 8), data: bytes.subarray(p + 8, p + 8 + length) })
    p += 12 + length
  }
  return chunks
}

export function ihdr(width: number, height: number, depth: number, colourType: number, interlace = 0): Chunk {
  return {
    type: 'IHDR',
    data: Buffer.concat([be32(width, height), Buffer.from([depth, colourType, 0, 0, interlace])]),
  }
}

/** Scanlines with filter 0. */
export function zlibOf(rows: readonly (readonly number[])[]): Buffer {
  return deflateSync(Buffer.concat(rows.map(row => Buffer.from([0, ...row]))))
}

export const idat = (rows: readonly (readonly number[])[]): Chunk => ({ type: 'IDAT', data: zlibOf(rows) })
export const iend: Chunk = { type: 'IEND', data: Buffer.alloc(0) }
export const chunk = (type: string, ...bytes: number[]): Chunk => ({ type, data: Buffer.from(bytes) })
