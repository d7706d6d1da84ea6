import { ByteReader } from '@sluice/core/bytes'
import { openWebp, u24le, webpChunks, writeChunk, writeWebp } from '@sluice/core/containers'
import type { Size } from '../../codec.js'
import type { StoredFrame } from './read-frames.js'

/** Longest duration of a frame, 24 bits. */
const MAX_DURATION = 2 ** 24 - 1

/** One frame as a chunk. Its `x` and `y` are even: the format cannot say others. */
export function frameChunk({
  x,
  y,
  width,
  height,
  durationMs,
  blend,
  dispose,
  still,
}: StoredFrame): Uint8Array {
  const head = Uint8Array.from([
    ...u24le(x / 2),
    ...u24le(y / 2),
    ...u24le(width - 1),
    ...u24le(height - 1),
    ...u24le(Math.min(Math.round(durationMs), MAX_DURATION)),
    (blend ? 0 : 2) | (dispose ? 1 : 0),
  ])
  const picture: Uint8Array[] = []
  for (const { type, body } of webpChunks(openWebp(new ByteReader(still))))
    if (type !== 'VP8X') picture.push(writeChunk(type, body.bytes(body.left)))
  return writeChunk('ANMF', head, ...picture)
}

/**
 * An animated WebP of finished frames (RFC 9649, 2.7).
 * @param plays 0 for ever; at most 65,535
 */
export function writeAnimation(
  { width, height }: Size,
  plays: number,
  frames: readonly Uint8Array[],
): Uint8Array {
  const ALPHA_AND_ANIMATION = 0x12
  const loops = Math.min(plays, 65_535)
  return writeWebp([
    writeChunk(
      'VP8X',
      Uint8Array.of(ALPHA_AND_ANIMATION, 0, 0, 0, ...u24le(width - 1), ...u24le(height - 1)),
    ),
    writeChunk('ANIM', Uint8Array.of(0, 0, 0, 0, loops & 255, loops >> 8)),
    ...frames,
  ])
}
