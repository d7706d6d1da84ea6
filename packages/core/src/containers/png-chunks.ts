import { corrupt } from '../errors/refusals.js'
import type { ByteReader, Span } from '../input/bytes.js'
import { crc32 } from './crc32.js'

export interface PngChunk {
  readonly type: string
  readonly body: ByteReader
  /** With length, type and checksum. */
  readonly span: Span
}

const signature = '\x89PNG\r\n\x1a\n'
const chunkType = /^[A-Za-z]{4}$/

/**
 * The chunks of a PNG (W3C, third edition, 5.3) to its IEND, or to what is no chunk behind its image data:
 * there the picture has ended, as for libpng and with it browsers. Checksums of what is drawn must be right,
 * those of other chunks need not.
 */
export function* pngChunks(file: ByteReader): Generator<PngChunk, undefined> {
  if (!file.has(signature)) throw corrupt('no PNG signature')
  file.skip(signature.length)
  let data = false
  for (;;) {
    const chunk = nextChunk(file)
    yield chunk
    data ||= chunk.type === 'IDAT'
    if (chunk.type === 'IEND' || (data && !nextIsChunk(file))) return undefined
  }
}

function nextChunk(file: ByteReader): PngChunk {
  const offset = file.position
  const length = file.u32()
  const type = file.fourcc()
  if (!chunkType.test(type)) throw corrupt('chunk type')
  const body = file.take(length)
  const checksum = file.u32()
  const span = { offset, length: file.position - offset }
  if (isDrawn(type)) {
    // The checksum covers the type too.
    file.seek(offset + 4)
    if (crc32(file.bytes(length + 4)) !== checksum) throw corrupt(`checksum of ${type}`)
    file.skip(4)
  }
  return { type, body, span }
}

function nextIsChunk(file: ByteReader): boolean {
  if (file.left < 8) return true
  file.skip(4)
  const type = file.fourcc()
  file.seek(file.position - 8)
  return chunkType.test(type)
}

/** Bit 5 of the first letter: an upper-case letter is a chunk that every decoder must know. */
export function isCritical(type: string): boolean {
  return type < 'a'
}

/** Whether a chunk is part of the picture or the animation. */
export function isDrawn(type: string): boolean {
  return isCritical(type) || type === 'acTL' || type === 'fcTL' || type === 'fdAT'
}
