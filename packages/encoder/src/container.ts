/** A chunk of a WebP file: four-character code, and payload in one or more pieces. */
export interface Chunk {
  readonly code: string
  readonly pieces: readonly Uint8Array[]
}

const HEADER = 8

const payloadBytes = (chunk: Chunk) => chunk.pieces.reduce((sum, piece) => sum + piece.length, 0)
const padded = (bytes: number) => bytes + (bytes & 1)

function writeCode(file: Uint8Array, at: number, code: string): void {
  for (let i = 0; i < 4; i++) file[at + i] = code.charCodeAt(i)
}

/** The RIFF file of RFC 9649, section 2.3: chunks in the given order, each padded to an even size. */
export function riff(chunks: readonly Chunk[]): Uint8Array {
  const body = chunks.reduce((sum, chunk) => sum + HEADER + padded(payloadBytes(chunk)), 4)
  const file = new Uint8Array(HEADER + body)
  const view = new DataView(file.buffer)
  writeCode(file, 0, 'RIFF')
  view.setUint32(4, body, true)
  writeCode(file, 8, 'WEBP')
  let at = 12
  for (const chunk of chunks) {
    const bytes = payloadBytes(chunk)
    writeCode(file, at, chunk.code)
    view.setUint32(at + 4, bytes, true)
    let to = at + HEADER
    for (const piece of chunk.pieces) {
      file.set(piece, to)
      to += piece.length
    }
    at += HEADER + padded(bytes)
  }
  return file
}

const HAS_ALPHA = 0x10

/** The extended header of RFC 9649, section 2.7.1: a canvas with alpha. */
export function extendedHeader(width: number, height: number): Chunk {
  const payload = new Uint8Array(10)
  const view = new DataView(payload.buffer)
  payload[0] = HAS_ALPHA
  view.setUint32(4, width - 1, true)
  // Three bytes each: the fourth byte of the width is zero and the height's first takes its place.
  view.setUint16(7, (height - 1) & 0xffff, true)
  return { code: 'VP8X', pieces: [payload] }
}
