// Up to four segments with quantisers of their own (RFC 6386, section 9.3): errors hide in busy places and show in flats.
import { HISTOGRAM } from './activity'
import { activity, columns, rows } from './picture'
import { acStep, setSegmentQuantiser } from './quantiser'
import { segmentRise, segmentStrength } from './tuning'

export const SEGMENTS: i32 = 4
export let segmented: bool = false
/** Quantiser index of each segment. */
export const SEGMENT_INDEX: usize = memory.data(4, 4)
/** Probabilities of the tree of segments (section 10). */
export const SEGMENT_PROBS: usize = memory.data(4, 4)

/** Cluster centres in 1/16 of activity. */
const CENTRES: usize = memory.data(16, 16)
const ROUNDS: i32 = 8
/** Macroblocks of each segment. */
const POPULATION: usize = memory.data(16, 16)
/** Segment of each activity. */
const SEGMENT_OF: usize = memory.data(256, 16)

@inline export function segmentOf(mx: i32, my: i32): i32 {
  return load<u8>(SEGMENT_OF + <usize>load<u8>(activity + <usize>my * columns + mx))
}

/** Mean activity of a segment, in 1/16 of its unit. */
@inline export function centre(k: i32): i32 {
  return load<i32>(CENTRES + (k << 2))
}

@inline function population(k: i32): u32 {
  return load<u32>(POPULATION + (k << 2))
}

@inline function histogram(v: i32): i64 {
  return load<u32>(HISTOGRAM + (v << 2))
}

/** Decides segments around the frame's quantiser index. */
export function chooseSegments(index: f64): void {
  segmented = segmentStrength > 0
  memory.fill(SEGMENT_OF, 0, 256)
  if (!segmented) {
    setIndex(0, <i32>Math.round(index))
    return
  }
  let low = 0, high = 255
  while (low < 255 && !histogram(low)) low++
  while (high > 0 && !histogram(high)) high--
  cluster(low, high)
  assign()
  spread(index, low, high)
}

function setIndex(segment: i32, index: i32): void {
  store<u8>(SEGMENT_INDEX + segment, <u8>index)
  setSegmentQuantiser(segment, index)
}

/** One-dimensional k-means of the histogram. */
function cluster(low: i32, high: i32): void {
  for (let k = 0; k < 4; k++) store<i32>(CENTRES + (k << 2), low * 16 + (high - low) * (2 * k + 1) * 2)
  for (let round = 0; round < ROUNDS; round++) {
    let k = 0, sum: i64 = 0, n: i64 = 0
    for (let v = low; v <= high + 1; v++) {
      while (k < 3 && (v > high || v * 32 >= centre(k) + centre(k + 1))) {
        if (n) store<i32>(CENTRES + (k << 2), <i32>(sum * 16 / n))
        sum = 0
        n = 0
        k++
      }
      if (v > high) {
        if (n) store<i32>(CENTRES + (k << 2), <i32>(sum * 16 / n))
        break
      }
      sum += histogram(v) * v
      n += histogram(v)
    }
  }
}

/**
 * Steps follow the centres: q = q0 * 2 ^ (strength / 2 * (centre - mean)), with activity in log2. What rounding to an index adds to or
 * takes from the mean over all macroblocks is made good in the next segments, so that bytes follow fractions of `index` too.
 */
function spread(index: f64, low: i32, high: i32): void {
  let mean: f64 = 0
  for (let v = low; v <= high; v++) mean += <f64>v * <f64>histogram(v)
  mean /= <f64>columns * rows
  const q0 = stepAt(index)
  let owed: f64 = 0
  for (let k = 0; k < SEGMENTS; k++) {
    const above = Math.min(<f64>centre(k) / 16 - mean, segmentRise)
    const wanted = indexAt(q0 * Math.pow(2, <f64>segmentStrength / 100 * .5 * above / 8)), n = <f64>population(k)
    const share = n > 0 ? Math.max(-.5, Math.min(.5, owed / n)) : 0
    const chosen = Math.round(Math.max(0, Math.min(127, wanted + share)))
    owed += (wanted - chosen) * n
    setIndex(k, <i32>chosen)
  }
}

/** AC step at a fraction of an index, and its inverse. */
function stepAt(index: f64): f64 {
  const below = <i32>index
  return <f64>acStep(below) + (index - below) * <f64>(acStep(below + 1) - acStep(below))
}
function indexAt(step: f64): f64 {
  let i = 0
  while (i < 127 && <f64>acStep(i + 1) <= step) i++
  if (i == 127) return 127
  return <f64>i + (step - <f64>acStep(i)) / <f64>(acStep(i + 1) - acStep(i))
}

function assign(): void {
  memory.fill(POPULATION, 0, 16)
  for (let v = 0; v < 256; v++) {
    let k = 0
    while (k < 3 && v * 32 >= centre(k) + centre(k + 1)) k++
    store<u8>(SEGMENT_OF + v, <u8>k)
    store<u32>(POPULATION + (k << 2), population(k) + <u32>histogram(v))
  }
  const low = population(0) + population(1), high = population(2) + population(3)
  store<u8>(SEGMENT_PROBS, share(low, high), 0)
  store<u8>(SEGMENT_PROBS, share(population(0), population(1)), 1)
  store<u8>(SEGMENT_PROBS, share(population(2), population(3)), 2)
}

function share(zeros: u32, ones: u32): u8 {
  const n = zeros + ones
  return n ? <u8>max<u32>(1, (zeros * 255 + (n >> 1)) / n) : 255
}
