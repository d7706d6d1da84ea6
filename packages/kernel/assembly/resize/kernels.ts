// Filter kernels, as functions of the distance in output samples (or source samples where the picture grows).

export enum Kernel {
  /** sinc(x) sinc(x/3): three lobes, sharp. */
  Lanczos3,
  /** 1 - |x|: linear interpolation, what libjpeg calls fancy upsampling. It does not ring. */
  Linear,
  /** The nearest sample. */
  Nearest,
}

export function supportOf(kernel: Kernel): f64 {
  return kernel == Kernel.Lanczos3 ? 3 : kernel == Kernel.Linear ? 1 : 0.5
}

export function kernelAt(kernel: Kernel, x: f64): f64 {
  x = Math.abs(x)
  if (kernel == Kernel.Linear) return Math.max(0, 1 - x)
  if (kernel == Kernel.Nearest) return x <= 0.5 ? 1 : 0
  if (x >= 3) return 0
  if (x < 1e-8) return 1
  const a = x * Math.PI
  return 3 * Math.sin(a) * Math.sin(a / 3) / (a * a)
}
