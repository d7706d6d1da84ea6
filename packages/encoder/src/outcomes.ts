/** Why a picture was not encoded. */
export type NotEncoded =
  /** Width or height outside 1 to 16383 (lossless: 16384). */
  | 'bad-size'
  /** The memory's maximum was reached. */
  | 'out-of-memory'
  /** Lossy: more than 512 KiB of prediction modes even without those of subblocks: from some 130 megapixels on. */
  | 'first-partition-full'
  /** Lossless: more than 67,108,864 pixels. */
  | 'too-many-pixels'

const STATUS: readonly (NotEncoded | undefined)[] = [
  undefined,
  'bad-size',
  'out-of-memory',
  'first-partition-full',
  'too-many-pixels',
]

export function notEncoded(status: number): NotEncoded {
  const reason = STATUS[status]
  if (!reason) throw new Error(`The encoder returned an unknown status: ${status}`)
  return reason
}

/** @throws RangeError when `rgba` does not have four bytes for each pixel */
export function requirePixels(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): void {
  const expected = width * height * 4
  if (rgba.length !== expected)
    throw new RangeError(
      `${rgba.length} bytes of pixels given for ${width} x ${height}: ${expected} expected`,
    )
}

/** @throws RangeError when it is not a whole number from 0 to 6 */
export function requireEffort(effort: number): void {
  if (!Number.isInteger(effort) || effort < 0 || effort > 6)
    throw new RangeError(`effort must be 0 to 6, not ${effort}`)
}
