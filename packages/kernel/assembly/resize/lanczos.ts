// Lanczos with three lobes: sinc(x) sinc(x/3) for |x| < 3.

export const SUPPORT: f64 = 3

export function lanczos3(x: f64): f64 {
  x = Math.abs(x)
  if (x >= SUPPORT) return 0
  if (x < 1e-8) return 1
  const a = x * Math.PI
  return SUPPORT * Math.sin(a) * Math.sin(a / SUPPORT) / (a * a)
}
