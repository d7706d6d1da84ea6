import type { Rectangle } from '@sluice/core'
import type { ByteReader } from '@sluice/core/bytes'
import { chunk, openWebp, riff, u24, webpChunks } from './chunks.js'

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

/** The frames one by one. Their rectangles are not checked against the canvas. */
export function* readFrames(bytes: Uint8Array): Generator<StoredFrame, void> {
  for (const { type, body } of webpChunks(openWebp(bytes))) if (type === 'ANMF') yield readFrame(body)
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
    if (type === 'ALPH') alpha = chunk('ALPH', body.bytes(body.left))
    if (type !== 'VP8 ' && type !== 'VP8L') continue
    const image = chunk(type, body.bytes(body.left))
    if (!alpha) return riff([image])
    const header = chunk('VP8X', Uint8Array.of(0x10, 0, 0, 0, ...u24(width - 1), ...u24(height - 1)))
    return riff([header, alpha, image])
  }
  throw new RangeError('a frame without a picture')
}
