import type { Rectangle } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { openWebp, u24le, webpChunks, writeChunk, writeWebp } from '@sluice/core/containers'

/** Of VP8X (RFC 9649, 2.7). */
const animationFlag = 0x02

/** A frame of an animated WebP (RFC 9649, 2.7.1.3). */
export interface StoredFrame extends Rectangle {
  readonly durationMs: number
  /** Laid over the canvas; else put in its place. */
  readonly blend: boolean
  /** Its part of the canvas becomes transparent after it was shown. */
  readonly dispose: boolean
  /** The frame as a still WebP. */
  readonly still: Uint8Array
}

/** Whether pictures stand in frames, and be it one. Where VP8X says so, the header reader made sure that there are. */
export function isAnimation(bytes: Uint8Array): boolean {
  const [first] = webpChunks(openWebp(new ByteReader(bytes)))
  return first?.type === 'VP8X' && (first.body.u8() & animationFlag) !== 0
}

/** The frames one by one. Their rectangles are not checked against the canvas. */
export function* readFrames(bytes: Uint8Array): Generator<StoredFrame, void> {
  for (const { type, body } of webpChunks(openWebp(new ByteReader(bytes))))
    if (type === 'ANMF') yield readFrame(body)
}

function readFrame(body: ByteReader): StoredFrame {
  const x = 2 * body.u24le()
  const y = 2 * body.u24le()
  const width = body.u24le() + 1
  const height = body.u24le() + 1
  const durationMs = body.u24le()
  const flags = body.u8()
  const still = asStill(body, width, height)
  return { x, y, width, height, durationMs, blend: (flags & 2) === 0, dispose: (flags & 1) === 1, still }
}

/** Only the chunks of the picture: what else a frame holds is not for the decoder. */
function asStill(frame: ByteReader, width: number, height: number): Uint8Array {
  let alpha: Uint8Array | undefined
  for (const { type, body } of webpChunks(frame)) {
    if (type === 'ALPH') alpha = writeChunk('ALPH', body.bytes(body.left))
    if (type !== 'VP8 ' && type !== 'VP8L') continue
    const image = writeChunk(type, body.bytes(body.left))
    if (!alpha) return writeWebp([image])
    const header = writeChunk('VP8X', Uint8Array.of(0x10, 0, 0, 0, ...u24le(width - 1), ...u24le(height - 1)))
    return writeWebp([header, alpha, image])
  }
  throw new RangeError('a frame without a picture')
}
