import { riff } from './container.js'
import type { EncoderInstance } from './instance.js'
import { quantiserIndex } from './quality.js'

/** Why a picture was not encoded; the caller then uses another encoder (or refuses the picture). */
export type NotEncoded =
  /** Width or height outside 1 to 16383. */
  | 'bad-size'
  /** The memory's maximum was reached. */
  | 'out-of-memory'
  /** More than 512 KiB of prediction modes: pictures of some 25 megapixels and more. */
  | 'first-partition-full'

export interface LossyOptions {
  /** 0 to 100 on libwebp's scale: about the bytes that libwebp's method 6 takes at the same number. Default 82. */
  readonly quality?: number
  /** 0 (fast) to 6 (small). Default 6. */
  readonly effort?: number
}

const STATUS: readonly (NotEncoded | undefined)[] = [
  undefined,
  'bad-size',
  'out-of-memory',
  'first-partition-full',
]
const ROWS = 16

/**
 * RGBA (8 bits, straight alpha, row-major, tightly packed) to a still lossy WebP. The pixels enter the instance's
 * memory in bands of 16 rows, twice: once to survey, once to encode.
 *
 * @throws RangeError when `rgba` is not width * height * 4 bytes long or an option is outside its range.
 */
export function encodeLossy(
  { exports, memory }: EncoderInstance,
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  { quality = 82, effort = 6 }: LossyOptions = {},
): Uint8Array | NotEncoded {
  if (rgba.length !== width * height * 4) {
    throw new RangeError(
      `${rgba.length} bytes of pixels given for ${width} x ${height}: ${width * height * 4} expected`,
    )
  }
  if (!(quality >= 0 && quality <= 100)) throw new RangeError(`quality must be 0 to 100, not ${quality}`)
  if (!Number.isInteger(effort) || effort < 0 || effort > 6)
    throw new RangeError(`effort must be 0 to 6, not ${effort}`)
  let status = exports.begin(width, height, effort)
  if (status) return notEncoded(status)
  const bands = Math.ceil(height / ROWS)
  const bandBytes = ROWS * width * 4
  const push = (band: number) => {
    const pixels = rgba.subarray(band * bandBytes, (band + 1) * bandBytes)
    new Uint8Array(memory.buffer, exports.band.value, pixels.length).set(pixels)
  }
  for (let band = 0; band < bands; band++) {
    push(band)
    exports.survey()
  }
  status = exports.plan(quantiserIndex(quality), -1, 0)
  for (let band = 0; band < bands && !status; band++) {
    push(band)
    status = exports.encodeBand()
  }
  status ||= exports.finish()
  if (status) return notEncoded(status)
  const frame = [0, 1, 2].map(
    part => new Uint8Array(memory.buffer, exports.partAddress(part), exports.partBytes(part)),
  )
  return riff([{ code: 'VP8 ', pieces: frame }])
}

function notEncoded(status: number): NotEncoded {
  const reason = STATUS[status]
  if (!reason) throw new Error(`The encoder returned an unknown status: ${status}`)
  return reason
}
