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

/**
 * The kernel at the middles of `n` source samples from `first` on, as f64 at `to`; the sum of them. One output sample
 * is `scale` source samples wide and has its middle at `centre`.
 */
export function sampleKernel(kernel: Kernel, first: i32, n: i32, centre: f64, scale: f64, to: usize): f64 {
  if (kernel == Kernel.Lanczos3) return sampleLanczos3(first, n, centre, scale, to)
  let sum: f64 = 0
  for (let j = 0; j < n; j++) {
    const x = Math.abs((<f64>(first + j) + 0.5 - centre) / scale)
    const value: f64 = kernel == Kernel.Linear ? Math.max(0, 1 - x) : x <= 0.5 ? 1 : 0
    store<f64>(to + (<usize>j << 3), value)
    sum += value
  }
  return sum
}

/**
 * sinc(x) sinc(x/3) = 3 sin(a) sin(a/3) / a^2 with a = pi x, and sin(a) = 3 s - 4 s^3 with s = sin(a/3). From sample to
 * sample s turns by the same angle, so that only the first takes a sine.
 */
function sampleLanczos3(first: i32, n: i32, centre: f64, scale: f64, to: usize): f64 {
  const angle = Math.PI / 3 * (<f64>first + 0.5 - centre) / scale, turn = Math.PI / 3 / scale
  const turnSin = Math.sin(turn), turnCos = Math.sin(turn + Math.PI / 2)
  let s = Math.sin(angle), c = Math.sin(angle + Math.PI / 2)
  let sum: f64 = 0
  for (let j = 0; j < n; j++) {
    const x = (<f64>(first + j) + 0.5 - centre) / scale, a = Math.PI * x
    let value: f64 = 3 * s * s * (3 - 4 * s * s) / (a * a)
    if (Math.abs(x) < 1e-6) value = 1
    else if (Math.abs(x) >= 3) value = 0
    store<f64>(to + (<usize>j << 3), value)
    sum += value
    const turned = s * turnCos + c * turnSin
    c = c * turnCos - s * turnSin
    s = turned
  }
  return sum
}
