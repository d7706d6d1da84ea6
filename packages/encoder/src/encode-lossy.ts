import { extendedHeader, riff } from './container.js'
import { losslessImage } from './encode-lossless.js'
import type { EncoderInstance } from './instance.js'
import { type NotEncoded, notEncoded, requireEffort, requirePixels } from './outcomes.js'
import type { Picture } from './picture.js'
import { quantiserIndex } from './quality.js'

export interface LossyOptions {
  /** 0 to 100 on libwebp's scale: about the bytes that libwebp's method 6 takes at the same number. Default 82. */
  readonly quality?: number
  /** 0 (fast) to 6 (small). Default 6. */
  readonly effort?: number
  /**
   * Whether the memory is a part of what the picture may have: `out-of-memory` then, in place of an alpha plane that
   * takes less of it and more bytes. Default: false.
   */
  readonly isPart?: boolean
}

const ROWS = 16

/** How an ALPH chunk begins: no preprocessing, no filter, and the format of the plane. */
const RAW = Uint8Array.of(0)
const LOSSLESS = Uint8Array.of(1)

/** More takes twice as long and longer, for one or two percent of the plane. */
const ENOUGH_EFFORT = 2

/**
 * RGBA (8 bits, straight alpha, row-major, tightly packed) to a still lossy WebP. The pixels enter the instance's
 * memory in bands of 16 rows, twice (once to survey, once to encode), and whole for the alpha plane if there is one.
 * Colours where alpha is 0 are not kept.
 *
 * @throws RangeError when `rgba` is not width * height * 4 bytes long or an option is outside its range.
 */
export function encodeLossy(
  instance: EncoderInstance,
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  { quality = 82, effort = 6, isPart = false }: LossyOptions = {},
): Uint8Array | NotEncoded {
  requirePixels(rgba, width, height)
  if (!(quality >= 0 && quality <= 100)) throw new RangeError(`quality must be 0 to 100, not ${quality}`)
  requireEffort(effort)
  const picture = { rgba, width, height }
  const frame = encodeFrame(instance, picture, quality, effort)
  if (typeof frame === 'number') return notEncoded(frame)
  const lossy = { code: 'VP8 ', pieces: [frame] }
  if (!instance.exports.hasAlpha.value) return riff([lossy])
  const alpha = alphaPlane(instance, picture, { effort, isPart, frameBytes: frame.length })
  if (!alpha) return 'out-of-memory'
  return riff([extendedHeader(width, height), { code: 'ALPH', pieces: alpha }, lossy])
}

/**
 * The alpha plane without loss (RFC 9649, section 2.7.1.2), by the encoder of lossless pictures. Where that has
 * too little memory or saves nothing, the plane as it is: no picture is refused for its alpha. Undefined in
 * place of that where the memory is a part of it. Overwrites the frame in the instance's memory.
 */
function alphaPlane(
  instance: EncoderInstance,
  picture: Picture,
  { effort, isPart, frameBytes }: { effort: number; isPart: boolean; frameBytes: number },
): readonly Uint8Array[] | undefined {
  const below = picture.width * picture.height
  const image = losslessImage(instance, picture, {
    effort: Math.min(effort, ENOUGH_EFFORT),
    below,
    frameBytes,
  })
  if (image === 'out-of-memory' && isPart) return undefined
  if (typeof image !== 'string' && image.length < below) return [LOSSLESS, image]
  return [RAW, alphaOf(picture)]
}

function alphaOf({ rgba, width, height }: Picture): Uint8Array {
  const alpha = new Uint8Array(width * height)
  for (let i = 0; i < alpha.length; i++) alpha[i] = rgba[4 * i + 3] ?? 0
  return alpha
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

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
