// Which source samples make each output sample, with weights in fixed point that sum to exactly one.
import { charge } from '../fuel'
import { alloc, allocZeroed, mark, release } from '../memory'
import { Kernel, sampleKernel, supportOf } from './kernels'

/** A weight of 1.0 is 1 << WEIGHT_BITS. */
export const WEIGHT_BITS: i32 = 14

// @ts-ignore: decorator
@unmanaged export class FilterTable {
  /** Outputs, padded. */
  outputs: i32
  /** Weights per output, padded with zeros. */
  taps: i32
  /** Weights per output that may differ from zero. */
  reach: i32
  /** Source samples used by any output: from `first` to before `last`. */
  first: i32
  last: i32
  /** i32 per output: its first source sample, counted from `first`. */
  starts: usize
  /** i16 per output and tap. */
  weights: usize

  @inline start(output: i32): i32 { return load<i32>(this.starts + (<usize>output << 2)) }
  @inline weight(output: i32): usize { return this.weights + (<usize>output * <usize>this.taps << 1) }
}

// @ts-ignore: decorator
@inline function firstSample(centre: f64, support: f64): i32 {
  return <i32>Math.max(0, Math.floor(centre - support + 0.5))
}

// @ts-ignore: decorator
@inline function lastSample(centre: f64, support: f64, samples: i32): i32 {
  return <i32>Math.min(samples, Math.floor(centre + support + 0.5))
}

/**
 * Output i is centred at `origin + (i + 0.5) * ratio` source samples. `ratio` is given apart from `samples`
 * because a subsampled plane is up to a fraction of a sample longer than the picture.
 * `taps` become a multiple of padTaps and `outputs` of padOutputs. `mirrored` reverses the order of outputs.
 * Null when memory ran out.
 */
export function makeFilterTable(
  kernel: Kernel, samples: i32, origin: f64, ratio: f64, outputs: i32,
  padTaps: i32, padOutputs: i32, mirrored: bool,
): FilterTable {
  const none = changetype<FilterTable>(0)
  const scale = Math.max(ratio, 1)
  // At the same scale both kernels are 1 at the sample and 0 at all others.
  const support = ratio == 1 && origin == Math.floor(origin) ? 0.5 : supportOf(kernel) * scale
  let reach = 1, first = samples - 1, last = 1
  for (let i = 0; i < outputs; i++) {
    const centre = origin + (<f64>i + 0.5) * ratio
    const a = min(firstSample(centre, support), samples - 1), b = max(lastSample(centre, support, samples), a + 1)
    reach = max(reach, b - a)
    first = min(first, a)
    last = max(last, b)
  }
  const taps = (reach + padTaps - 1) / padTaps * padTaps
  const padded = (outputs + padOutputs - 1) / padOutputs * padOutputs
  charge(<i64>outputs * taps)

  const at = alloc(offsetof<FilterTable>())
  const starts = allocZeroed(<u64>padded << 2)
  const weights = allocZeroed(<u64>padded * taps << 1)
  if (!at || !starts || !weights) return none
  const t = changetype<FilterTable>(at)
  t.outputs = padded
  t.taps = taps
  t.reach = reach
  t.first = first
  t.last = last
  t.starts = starts
  t.weights = weights

  const before = mark()
  const exact = alloc(<u64>reach << 3)
  if (!exact) return none
  for (let i = 0; i < outputs; i++) {
    const centre = origin + (<f64>i + 0.5) * ratio
    const a = min(firstSample(centre, support), samples - 1), b = max(lastSample(centre, support, samples), a + 1)
    const sum = sampleKernel(kernel, a, b - a, centre, scale, exact)
    const output = mirrored ? outputs - 1 - i : i
    store<i32>(starts + (<usize>output << 2), a - first)
    quantise(exact, b - a, sum, t.weight(output))
  }
  release(before)
  return t
}

/** Rounds `n` weights to fixed point; the largest takes what rounding left over, so flat areas stay flat. */
function quantise(exact: usize, n: i32, sum: f64, to: usize): void {
  const one = <f64>(1 << WEIGHT_BITS)
  let total = 0, largest: usize = 0, best = i32.MIN_VALUE
  for (let j = 0; j < n; j++) {
    const q = <i32>Math.round(load<f64>(exact + (<usize>j << 3)) / sum * one)
    store<i16>(to + (<usize>j << 1), <i16>q)
    total += q
    if (q > best) { best = q; largest = <usize>j }
  }
  store<i16>(to + (largest << 1), <i16>(best + (1 << WEIGHT_BITS) - total))
}
