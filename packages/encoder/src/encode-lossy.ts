import { extendedHeader, riff } from './container.js'
import type { EncoderInstance } from './instance.js'
import { type NotEncoded, notEncoded, requireEffort, requirePixels } from './outcomes.js'
import { quantiserIndex } from './quality.js'

export interface LossyOptions {
  /** 0 to 100 on libwebp's scale: about the bytes that libwebp's method 6 takes at the same number. Default 82. */
  readonly quality?: number
  /** 0 (fast) to 6 (small). Default 6. */
  readonly effort?: number
}

const ROWS = 16

/**
 * RGBA (8 bits, straight alpha, row-major, tightly packed) to a still lossy WebP. The pixels enter the instance's
 * memory in bands of 16 rows, twice (once to survey, once to encode) and once more for the alpha plane if there is one.
 * Colours where alpha is 0 are not kept.
 *
 * @throws RangeError when `rgba` is not width * height * 4 bytes long or an option is outside its range.
 */
export function encodeLossy(
  instance: EncoderInstance,
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  { quality = 82, effort = 6 }: LossyOptions = {},
): Uint8Array | NotEncoded {
  requirePixels(rgba, width, height)
  if (!(quality >= 0 && quality <= 100)) throw new RangeError(`quality must be 0 to 100, not ${quality}`)
  requireEffort(effort)
  const picture = { rgba, width, height }
  const frame = encodeFrame(instance, picture, quality, effort)
  if (typeof frame === 'number') return notEncoded(frame)
  const lossy = { code: 'VP8 ', pieces: [frame] }
  if (!instance.exports.hasAlpha.value) return riff([lossy])
  const alpha = encodeAlpha(instance, picture)
  if (typeof alpha === 'number') return notEncoded(alpha)
  return riff([extendedHeader(width, height), { code: 'ALPH', pieces: [alpha] }, lossy])
}

interface Picture {
  readonly rgba: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** Gives the picture's bands, top to bottom, to `take` after writing each at `address()`; stops at a status. */
function eachBand(
  { memory }: EncoderInstance,
  { rgba, width, height }: Picture,
  address: () => number,
  take: () => number | undefined,
): number {
  const bytes = ROWS * width * 4
  for (let top = 0; top < height; top += ROWS) {
    const pixels = rgba.subarray((top / ROWS) * bytes, (top / ROWS + 1) * bytes)
    new Uint8Array(memory.buffer, address(), pixels.length).set(pixels)
    const status = take()
    if (status) return status
  }
  return 0
}

/** The VP8 frame, or a status. */
function encodeFrame(
  instance: EncoderInstance,
  picture: Picture,
  quality: number,
  effort: number,
): Uint8Array | number {
  const { exports, memory } = instance
  const band = () => exports.band.value
  const status =
    exports.begin(picture.width, picture.height, effort) ||
    eachBand(instance, picture, band, () => void exports.survey()) ||
    exports.plan(quantiserIndex(quality, exports.flatShare())) ||
    eachBand(instance, picture, band, () => exports.encodeBand()) ||
    exports.finish()
  if (status) return status
  const parts = [0, 1, 2].map(
    i => new Uint8Array(memory.buffer, exports.partAddress(i), exports.partBytes(i)),
  )
  return join(parts)
}

/** The payload of ALPH, or a status. Overwrites the frame in the instance's memory. */
function encodeAlpha(instance: EncoderInstance, picture: Picture): Uint8Array | number {
  const { exports, memory } = instance
  const status =
    exports.openPlane(picture.width, picture.height) ||
    eachBand(
      instance,
      picture,
      () => exports.alphaBand(),
      () => void exports.takeAlpha(),
    ) ||
    exports.encodeAlpha()
  return status || new Uint8Array(memory.buffer, exports.alphaAddress(), exports.alphaBytes()).slice()
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
