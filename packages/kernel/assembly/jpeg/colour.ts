// From filtered planes (i16, value << 5) to pixels, at the size of the result: T.871 section 7 for YCbCr.

/** Eight pixels from four vectors of 0..255 (out of that range: clamped). */
// @ts-ignore: decorator
@inline function storePixels(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = i8x16.narrow_i16x8_u(a, b), cd = i8x16.narrow_i16x8_u(c, d)
  const x = i8x16.shuffle(ab, ab, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15)
  const y = i8x16.shuffle(cd, cd, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15)
  v128.store(to, i16x8.shuffle(x, y, 0, 8, 1, 9, 2, 10, 3, 11))
  v128.store(to, i16x8.shuffle(x, y, 4, 12, 5, 13, 6, 14, 7, 15), 16)
}

/** Eight samples, rounded to 0..255 and beyond. */
// @ts-ignore: decorator
@inline function samples(plane: usize, i: usize): v128 {
  return i16x8.shr_s(i16x8.add_sat_s(v128.load(plane + i * 2), i16x8.splat(16)), 5)
}

/**
 * YCbCr to red, green and blue; the fourth byte is 255, or with a fourth plane (YCCK) its inverse. Adobe's YCCK
 * holds inverted ink, and R = 255 - C of it, so what comes out is ink as ink: 255 is full.
 */
export function convertYCC(y: usize, cb: usize, cr: usize, k: usize, n: i32, to: usize): void {
  const bias = i16x8.splat(128 << 5), half = i16x8.splat(16), full = i16x8.splat(255)
  const red = i16x8.splat(13173) // 0.402
  const greenB = i16x8.splat(11277), greenR = i16x8.splat(23401) // 0.344136, 0.714136
  const blue = i16x8.splat(-7471) // -0.228
  for (let i: usize = 0; i < <usize>n; i += 8) {
    const luma = i16x8.add(v128.load(y + i * 2), half)
    const b = i16x8.sub(v128.load(cb + i * 2), bias)
    const r = i16x8.sub(v128.load(cr + i * 2), bias)
    const R = i16x8.add_sat_s(i16x8.add_sat_s(luma, r), i16x8.q15mulr_sat_s(r, red))
    const G = i16x8.sub_sat_s(
      i16x8.sub_sat_s(luma, i16x8.q15mulr_sat_s(b, greenB)), i16x8.q15mulr_sat_s(r, greenR))
    const B = i16x8.add_sat_s(i16x8.add_sat_s(luma, i16x8.add_sat_s(b, b)), i16x8.q15mulr_sat_s(b, blue))
    const fourth = k ? i16x8.sub(full, samples(k, i)) : full
    storePixels(to + i * 4, i16x8.shr_s(R, 5), i16x8.shr_s(G, 5), i16x8.shr_s(B, 5), fourth)
  }
}

/** Planes that are red, green and blue already, or one that is grey, given three times. */
export function copyRGB(r: usize, g: usize, b: usize, n: i32, to: usize): void {
  for (let i: usize = 0; i < <usize>n; i += 8) {
    storePixels(to + i * 4, samples(r, i), samples(g, i), samples(b, i), i16x8.splat(255))
  }
}

/** Cyan, magenta, yellow and black. Files hold the inverse of ink, with Adobe's marker or without, as browsers see it. */
export function copyCMYK(c: usize, m: usize, y: usize, k: usize, n: i32, to: usize): void {
  const full = i16x8.splat(255)
  for (let i: usize = 0; i < <usize>n; i += 8) {
    storePixels(to + i * 4,
      i16x8.sub(full, samples(c, i)), i16x8.sub(full, samples(m, i)),
      i16x8.sub(full, samples(y, i)), i16x8.sub(full, samples(k, i)))
  }
}
