import { corrupt } from '../errors/refusals.js'
import { type ByteReader, concatBytes, type Span } from '../input/bytes.js'
import { fourcc, u32 } from './boxes.js'
import { crc32 } from './crc32.js'

export interface PngChunk {
  readonly type: string
  readonly body: ByteReader
  /** With length, type and checksum. */
  readonly span: Span
  /** false: its checksum is wrong, and it is as good as absent. */
  readonly intact: boolean
}

const signature = '\x89PNG\r\n\x1a\n'
const chunkType = /^[A-Za-z]{4}$/

/**
 * The chunks of a PNG (W3C, third edition, 5.3) to its IEND, or to what is no chunk behind its image data:
 * there the picture has ended, as for libpng and with it browsers. Checksums of what is drawn must be right.
 * Of ancillary chunks those are looked at that anybody reads.
 */
export function* pngChunks(file: ByteReader): Generator<PngChunk, undefined> {
  if (!file.has(signature)) throw corrupt('no PNG signature')
  file.skip(signature.length)
  let data = false
  for (;;) {
    const chunk = nextChunk(file)
    yield chunk
    data ||= chunk.type === 'IDAT'
    if (chunk.type === 'IEND' || (data && !holdsChunk(file))) return undefined
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
  const isNeeded = isDrawn(type)
  let intact = true
  if (isNeeded || read.has(type)) {
    // The checksum covers the type too.
    file.seek(offset + 4)
    intact = crc32(file.bytes(length + 4)) === checksum
    file.skip(4)
  }
  if (!intact && isNeeded) throw corrupt(`checksum of ${type}`)
  return { type, body, span, intact }
}

/** A chunk with its length and checksum. */
export function writePngChunk(type: string, body: Uint8Array): Uint8Array {
  const checked = concatBytes([Uint8Array.from(fourcc(type)), body])
  const [length, checksum] = [u32(body.length), u32(crc32(checked))]
  return concatBytes([Uint8Array.from(length), checked, Uint8Array.from(checksum)])
}

/** Of what is drawn a part is enough: to end in the middle of it is damage, not an end. */
function holdsChunk(file: ByteReader): boolean {
  if (file.left < 8) return false
  const start = file.position
  const length = file.u32()
  const type = file.fourcc()
  const isWhole = length + 4 <= file.left
  file.seek(start)
  return chunkType.test(type) && (isWhole || (isDrawn(type) && type !== 'IEND'))
}

/** Bit 5 of the first letter: an upper-case letter is a chunk that every decoder must know. */
export function isCritical(type: string): boolean {
  return type < 'a'
}

/** Whether a chunk is part of the picture, or of a frame of the animation. */
export function isDrawn(type: string): boolean {
  return isCritical(type) || type === 'fcTL' || type === 'fdAT'
}

/** Ancillary chunks that change how a file is drawn, besides those. */
const read = new Set(['tRNS', 'acTL', 'cICP', 'iCCP', 'eXIf', 'tEXt'])
