// What the caller wants, set once before a decode, and fitted to the source once its size is known.
//
// The caller speaks of the upright picture. Everything behind fitPlan() works in stored order, before orientation:
// stored columns are mirrored, then rows, then both are exchanged.
import { Code } from './codes'

let wantWidth: i32 = 0, wantHeight: i32 = 0
/** Stored size that the source was said to have; 0 wide when nothing was said. */
let expectedWidth: i32 = 0, expectedHeight: i32 = 0
let wantX: f64 = 0, wantY: f64 = 0, wantCropWidth: f64 = 0, wantCropHeight: f64 = 0

/** Exif orientation, 1 to 8. */
export let orientation: i32 = 1
/** Cheap reduction (DCT scaling, box) stops at this many times the target; Lanczos does the rest. */
export let minOversampling: f64 = 2

/** Size of the result, stored order. */
export let outWidth: i32 = 0, outHeight: i32 = 0
/** The part of the source to show, in source pixels, stored order; fractions are exact. */
export let cropX: f64 = 0, cropY: f64 = 0, cropWidth: f64 = 0, cropHeight: f64 = 0

/** Fractions that a caller computed may be this far outside. */
const EDGE: f64 = 1e-6
const MOST: i32 = 0xffff

export function mirrorsColumns(orient: i32): bool {
  return orient == 2 || orient == 3 || orient == 7 || orient == 8
}
export function mirrorsRows(orient: i32): bool {
  return orient == 3 || orient == 4 || orient == 6 || orient == 7
}
export function transposes(orient: i32): bool {
  return orient >= 5
}

/** The source must have this stored size: what it may cost was settled by that. 0 wide for any. */
export function expectSourceSize(width: i32, height: i32): void {
  expectedWidth = width
  expectedHeight = height
}

/** Upright size of the result, and upright crop of the source; the whole source when the crop is 0 wide. */
export function setPlan(
  width: i32, height: i32, orient: i32, oversampling: f64, x: f64, y: f64, cropWide: f64, cropHigh: f64,
): void {
  wantWidth = width
  wantHeight = height
  orientation = orient
  minOversampling = oversampling
  wantX = x
  wantY = y
  wantCropWidth = cropWide
  wantCropHeight = cropHigh
}

/** Settles the plan against the true size of the source, before any of its pixels is decoded. */
export function fitPlan(sourceWidth: i32, sourceHeight: i32): Code {
  if (expectedWidth && (sourceWidth != expectedWidth || sourceHeight != expectedHeight)) return Code.BadArguments
  const turned = transposes(orientation)
  outWidth = turned ? wantHeight : wantWidth
  outHeight = turned ? wantWidth : wantHeight
  if (wantCropWidth == 0) {
    cropX = 0
    cropY = 0
    cropWidth = sourceWidth
    cropHeight = sourceHeight
  } else {
    const x = turned ? wantY : wantX, y = turned ? wantX : wantY
    cropWidth = turned ? wantCropHeight : wantCropWidth
    cropHeight = turned ? wantCropWidth : wantCropHeight
    cropX = mirrorsColumns(orientation) ? <f64>sourceWidth - x - cropWidth : x
    cropY = mirrorsRows(orientation) ? <f64>sourceHeight - y - cropHeight : y
  }
  // Written so that NaN fails as well.
  const inside = cropX >= -EDGE && cropY >= -EDGE && cropWidth > 0 && cropHeight > 0
    && cropX + cropWidth <= <f64>sourceWidth + EDGE && cropY + cropHeight <= <f64>sourceHeight + EDGE
  const sane = outWidth > 0 && outHeight > 0 && outWidth <= MOST && outHeight <= MOST
    && orientation >= 1 && orientation <= 8 && minOversampling >= 1
  return inside && sane ? Code.Ok : Code.BadArguments
}

/**
 * The largest power of two, up to `most`, by which box averages may reduce the source before Lanczos. They blur a
 * little, DCT scaling does not: so twice `minOversampling` must remain.
 */
export function boxReduction(most: i32): i32 {
  const ratio = Math.min(cropWidth / outWidth, cropHeight / outHeight)
  let r = 1
  while (r < most && ratio >= 2 * minOversampling * <f64>(r * 2)) r *= 2
  return r
}
