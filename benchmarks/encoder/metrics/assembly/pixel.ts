// Pixel metrics of two RGBA pictures: squared errors of luma and RGB, and SSIM of luma (Wang et al. 2004).
import { blur } from './blur'

const C1: f64 = 6.5025 // (0.01 * 255)^2
const C2: f64 = 58.5225 // (0.03 * 255)^2
const EDGE = 5

@inline function luma(p: usize): f32 {
  return <f32>(0.299 * <f64>load<u8>(p) + 0.587 * <f64>load<u8>(p, 1) + 0.114 * <f64>load<u8>(p, 2))
}

/** Mean squared error of BT.601 luma. */
export function lumaError(a: usize, b: usize, pixels: i32): f64 {
  let sum: f64 = 0
  for (let i: usize = 0; i < <usize>pixels << 2; i += 4) { const d = <f64>luma(a + i) - <f64>luma(b + i); sum += d * d }
  return sum / pixels
}

/** Mean squared error of the three channels. */
export function rgbError(a: usize, b: usize, pixels: i32): f64 {
  let sum: i64 = 0
  for (let i: usize = 0; i < <usize>pixels << 2; i += 4) {
    for (let c: usize = 0; c < 3; c++) { const d = <i32>load<u8>(a + i + c) - <i32>load<u8>(b + i + c); sum += d * d }
  }
  return <f64>sum / 3 / pixels
}

/** Mean SSIM of luma where the window lies inside. `work` holds 9 planes of floats and a line. */
export function ssim(a: usize, b: usize, width: i32, height: i32, work: usize): f64 {
  const stride = (width + 3) & ~3, plane = <usize>stride * height << 2
  const x = work, y = x + plane, product = y + plane, temp = product + plane
  const m1 = temp + plane, m2 = m1 + plane, s11 = m2 + plane, s22 = s11 + plane, s12 = s22 + plane, line = s12 + plane
  for (let r = 0; r < height; r++) for (let c = 0; c < width; c++) {
    const from = <usize>(r * width + c) << 2, to = <usize>(r * stride + c) << 2
    store<f32>(x + to, luma(a + from) - 128) // centred, for precision in the squares
    store<f32>(y + to, luma(b + from) - 128)
  }
  blur(x, temp, m1, line, stride, width, height)
  blur(y, temp, m2, line, stride, width, height)
  square(x, x, product, plane)
  blur(product, temp, s11, line, stride, width, height)
  square(y, y, product, plane)
  blur(product, temp, s22, line, stride, width, height)
  square(x, y, product, plane)
  blur(product, temp, s12, line, stride, width, height)
  let sum: f64 = 0, n = 0
  for (let r = EDGE; r < height - EDGE; r++) for (let c = EDGE; c < width - EDGE; c++) {
    const i = <usize>(r * stride + c) << 2
    const u = <f64>load<f32>(m1 + i), v = <f64>load<f32>(m2 + i), U = u + 128, V = v + 128
    const covariance = <f64>load<f32>(s12 + i) - u * v
    const variances = <f64>load<f32>(s11 + i) - u * u + <f64>load<f32>(s22 + i) - v * v
    sum += (2 * U * V + C1) * (2 * covariance + C2) / ((U * U + V * V + C1) * (variances + C2))
    n++
  }
  return n ? sum / n : 1
}

function square(a: usize, b: usize, out: usize, plane: usize): void {
  for (let i: usize = 0; i < plane; i += 16) v128.store(out + i, f32x4.mul(v128.load(a + i), v128.load(b + i)))
}
