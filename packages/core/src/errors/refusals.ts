import type { Policy } from '../policy/policy.js'
import { UploadError } from './upload-error.js'

/**
 * What a header reader has to know of the policy: a bomb is refused where its size is read, before the rest
 * is.
 */
export type HeaderLimits = Pick<Policy, 'maxPixels'>

/** @param detail for logs: what is wrong, by the term of the format's specification */
export function corrupt(detail: string): UploadError {
  return new UploadError('corrupt', {}, { detail })
}

/** @param kind shown to the sender, as in "This kind of image (lossless JPEG) cannot be read here." */
export function unsupported(kind: string): UploadError {
  return new UploadError('unsupported-kind', { kind })
}

/**
 * Refuses a picture without pixels, and one with too many: both sides are below 2^32, so the product is below
 * 2^64 and safe to compare.
 */
export function checkSize(width: number, height: number, { maxPixels }: HeaderLimits): void {
  if (width === 0 || height === 0) throw corrupt(`size ${width} x ${height}`)
  if (width * height > maxPixels) throw new UploadError('too-many-pixels', { width, height, maxPixels })
}
