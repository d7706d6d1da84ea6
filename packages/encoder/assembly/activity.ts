// How busy each macroblock is: what segmentation and the quantiser's scale are decided from.
import { hsum, hsum16 } from './block'
import { activity, columns, sourceChromaStride, sourceStride, sourceU, sourceV, sourceY } from './picture'

/** Number of macroblocks by activity. */
export const HISTOGRAM: usize = memory.data(1024, 16)
/** C2 of SSIM, (0.03 * 255)^2: below it SSIM takes differences of variance for nothing, and so does the activity. */
const VARIANCE_FLOOR: f32 = 58.5

/** Colours are seen less sharply; this keeps noise of a grey level out. */
const CHROMA_FLOOR: f32 = 4
let chromaSum: f64 = 0
let chromaBlocks: f64 = 0

export function clearActivity(): void {
  chromaSum = 0
  chromaBlocks = 0
  memory.fill(HISTOGRAM, 0, 1024)
}

/** Piecewise linear log2: exact at powers of two, off by 0.09 at most. */
@inline function log2(x: f32): f32 {
  const bits = reinterpret<i32>(x)
  return <f32>((bits >> 23) - 127) + <f32>(bits & 0x7fffff) * (1.0 / 8388608.0)
}

/** Activity of a row of macroblocks: mean over four 8x8 blocks of log2(2 variance + floor), in 1/8. */
export function measureRow(my: i32): void {
  for (let mx = 0; mx < columns; mx++) {
    let sum: f32 = 0
    for (let k = 0; k < 4; k++) sum += blockActivity(sourceY + sourceStride * ((k >> 1) * 8) + mx * 16 + (k & 1) * 8, sourceStride, VARIANCE_FLOOR)
    const v = min(255, <i32>(sum * 2))
    store<u8>(activity + <usize>my * columns + mx, <u8>v)
    store<u32>(HISTOGRAM + (v << 2), load<u32>(HISTOGRAM + (v << 2)) + 1)
    chromaSum += blockActivity(sourceU + mx * 8, sourceChromaStride, CHROMA_FLOOR)
    chromaSum += blockActivity(sourceV + mx * 8, sourceChromaStride, CHROMA_FLOOR)
    chromaBlocks += 2
  }
}

function blockActivity(p: usize, stride: usize, floor: f32): f32 {
  let s = i16x8.splat(0), q = i32x4.splat(0)
  for (let y = 0; y < 8; y++) {
    const v = v128.load8x8_u(p)
    s = i16x8.add(s, v)
    q = i32x4.add(q, i32x4.dot_i16x8_s(v, v))
    p += stride
  }
  const m = hsum16(s)
  return log2(<f32>(hsum(q) - (m * m >> 6)) * (2.0 / 64.0) + floor)
}

/** Mean activity of the 8x8 blocks of chroma, in 1/8 as above. */
export function chromaActivity(): f64 {
  return chromaSum * 8 / chromaBlocks
}

/**
 * A macroblock up to FLAT is flat, its deviation under some three grey levels, and one from BUSY on is not; between them it counts in
 * part, or grain just there would tip a whole picture.
 */
const FLAT: i32 = 49
const BUSY: i32 = 55

/** Share of flat macroblocks among those surveyed, 0 to 1. */
export function flatShare(): f64 {
  let flat: f64 = 0, n: f64 = 0
  for (let v = 0; v < 256; v++) {
    const h = <f64>load<u32>(HISTOGRAM + (v << 2))
    flat += h * <f64>max(0, min(BUSY - FLAT, BUSY - v)) / <f64>(BUSY - FLAT)
    n += h
  }
  return flat / n
}
