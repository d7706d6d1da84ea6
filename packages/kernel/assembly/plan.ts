// What the caller wants, set once before a decode. All sizes are in stored order, that is before orientation;
// the caller turns them (src/geometry.ts).
import { Code } from './codes'

/** The part of the source to show, in source pixels, fractions allowed. */
export let cropX: f64 = 0, cropY: f64 = 0, cropWidth: f64 = 0, cropHeight: f64 = 0
/** Size of the result before orientation. */
export let outWidth: i32 = 0, outHeight: i32 = 0
/** Exif orientation, 1 to 8. */
export let orientation: i32 = 1
/** Cheap reduction (DCT scaling, box) stops at this many times the target; Lanczos does the rest. */
export let keep: f64 = 2

/** The whole source is meant when the crop is 0 wide. */
export function setPlan(
  width: i32, height: i32, orient: i32, keepTimes: f64, x: f64, y: f64, w: f64, h: f64,
): void {
  outWidth = width; outHeight = height; orientation = orient; keep = keepTimes
  cropX = x; cropY = y; cropWidth = w; cropHeight = h
}

/** Settles the plan against the true size of the source. */
export function fitPlan(sourceWidth: i32, sourceHeight: i32): Code {
  if (cropWidth == 0) {
    cropX = 0; cropY = 0; cropWidth = sourceWidth; cropHeight = sourceHeight
  }
  // Written so that NaN fails as well.
  const inside = cropX >= 0 && cropY >= 0 && cropWidth > 0 && cropHeight > 0
    && cropX + cropWidth <= sourceWidth && cropY + cropHeight <= sourceHeight
  const sane = outWidth > 0 && outHeight > 0 && outWidth <= 0xffff && outHeight <= 0xffff
    && orientation >= 1 && orientation <= 8 && keep >= 1
  return inside && sane ? Code.Ok : Code.BadArguments
}

/** The largest power of two, up to `most`, by which the source may be reduced before Lanczos. */
export function reduction(most: i32): i32 {
  const ratio = Math.min(cropWidth / outWidth, cropHeight / outHeight)
  let r = 1
  while (r < most && ratio >= keep * <f64>(r * 2)) r *= 2
  return r
}
