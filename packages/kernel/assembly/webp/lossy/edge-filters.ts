// The loop filter on one edge (RFC 6386, 15), 16 pixels long: rows p3 to p0 lie before it, q0 to q3 behind.
// `edge` is where q0 begins, and rows are `stride` apart; loop-filter.ts turns edges between columns into
// such.

// @ts-ignore: decorator
@inline function difference(a: v128, b: v128): v128 {
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a))
}

/** |p0 - q0| * 2 + |p1 - q1| / 2 is at most the limit. */
// @ts-ignore: decorator
@inline function isSmooth(p1: v128, p0: v128, q0: v128, q1: v128, limit: i32): v128 {
  const d = difference(p0, q0), half = v128.and(i8x16.shr_u(difference(p1, q1), 1), i8x16.splat(0x7f))
  return i8x16.le_u(i8x16.add_sat_u(i8x16.add_sat_u(d, d), half), i8x16.splat(<i8>limit))
}

// @ts-ignore: decorator
@inline function within(a: v128, b: v128, inner: v128): v128 { return i8x16.le_u(difference(a, b), inner) }

// @ts-ignore: decorator
@inline function signed(v: v128): v128 { return v128.xor(v, i8x16.splat(-128)) }

/** Clamped sum of three times q0 - p0 and of `start`. */
// @ts-ignore: decorator
@inline function step(start: v128, p0: v128, q0: v128): v128 {
  const d = i8x16.sub_sat_s(q0, p0)
  return i8x16.add_sat_s(i8x16.add_sat_s(i8x16.add_sat_s(start, d), d), d)
}

// @ts-ignore: decorator
@inline function eighth(v: v128, plus: i32): v128 {
  return i8x16.shr_s(i8x16.add_sat_s(v, i8x16.splat(<i8>plus)), 3)
}

export function filterSimple(edge: usize, stride: usize, limit: i32): void {
  const p1 = v128.load(edge - 2 * stride), p0 = v128.load(edge - stride)
  const q0 = v128.load(edge), q1 = v128.load(edge + stride)
  const sp0 = signed(p0), sq0 = signed(q0)
  const a = v128.and(
    step(i8x16.sub_sat_s(signed(p1), signed(q1)), sp0, sq0), isSmooth(p1, p0, q0, q1, limit))
  v128.store(edge - stride, signed(i8x16.add_sat_s(sp0, eighth(a, 3))))
  v128.store(edge, signed(i8x16.sub_sat_s(sq0, eighth(a, 4))))
}

/** Between subblocks: 15.3. */
export function filterSubblockEdge(edge: usize, stride: usize, limit: i32, inner: i32, variance: i32): void {
  const p3 = v128.load(edge - 4 * stride), p2 = v128.load(edge - 3 * stride)
  const p1 = v128.load(edge - 2 * stride), p0 = v128.load(edge - stride)
  const q0 = v128.load(edge), q1 = v128.load(edge + stride)
  const q2 = v128.load(edge + 2 * stride), q3 = v128.load(edge + 3 * stride)
  const mask = smoothMask(p3, p2, p1, p0, q0, q1, q2, q3, limit, inner)
  const busy = isBusy(p1, p0, q0, q1, variance)
  const sp1 = signed(p1), sp0 = signed(p0), sq0 = signed(q0), sq1 = signed(q1)
  const a = v128.and(step(v128.and(i8x16.sub_sat_s(sp1, sq1), busy), sp0, sq0), mask)
  const a1 = eighth(a, 4), a2 = eighth(a, 3)
  v128.store(edge - stride, signed(i8x16.add_sat_s(sp0, a2)))
  v128.store(edge, signed(i8x16.sub_sat_s(sq0, a1)))
  const a3 = v128.andnot(i8x16.shr_s(i8x16.add(a1, i8x16.splat(1)), 1), busy)
  v128.store(edge - 2 * stride, signed(i8x16.add_sat_s(sp1, a3)))
  v128.store(edge + stride, signed(i8x16.sub_sat_s(sq1, a3)))
}

/** Between macroblocks: 15.3. */
export function filterMacroblockEdge(
  edge: usize, stride: usize, limit: i32, inner: i32, variance: i32,
): void {
  const p3 = v128.load(edge - 4 * stride), p2 = v128.load(edge - 3 * stride)
  const p1 = v128.load(edge - 2 * stride), p0 = v128.load(edge - stride)
  const q0 = v128.load(edge), q1 = v128.load(edge + stride)
  const q2 = v128.load(edge + 2 * stride), q3 = v128.load(edge + 3 * stride)
  const mask = smoothMask(p3, p2, p1, p0, q0, q1, q2, q3, limit, inner)
  const busy = isBusy(p1, p0, q0, q1, variance)
  const sp2 = signed(p2), sp1 = signed(p1), sp0 = signed(p0)
  const sq0 = signed(q0), sq1 = signed(q1), sq2 = signed(q2)
  const a = v128.and(step(i8x16.sub_sat_s(sp1, sq1), sp0, sq0), mask)
  const sharp = v128.and(a, busy), soft = v128.andnot(a, busy)
  const low = i16x8.extend_low_i8x16_s(soft), high = i16x8.extend_high_i8x16_s(soft)
  const w0 = weighted(low, high, 27), w1 = weighted(low, high, 18), w2 = weighted(low, high, 9)
  v128.store(edge - 3 * stride, signed(i8x16.add_sat_s(sp2, w2)))
  v128.store(edge - 2 * stride, signed(i8x16.add_sat_s(sp1, w1)))
  v128.store(edge - stride, signed(i8x16.add_sat_s(i8x16.add_sat_s(sp0, eighth(sharp, 3)), w0)))
  v128.store(edge, signed(i8x16.sub_sat_s(i8x16.sub_sat_s(sq0, eighth(sharp, 4)), w0)))
  v128.store(edge + stride, signed(i8x16.sub_sat_s(sq1, w1)))
  v128.store(edge + 2 * stride, signed(i8x16.sub_sat_s(sq2, w2)))
}

// @ts-ignore: decorator
@inline function weighted(low: v128, high: v128, weight: i16): v128 {
  const w = i16x8.splat(weight), round = i16x8.splat(63)
  return i8x16.narrow_i16x8_s(
    i16x8.shr_s(i16x8.add(i16x8.mul(low, w), round), 7), i16x8.shr_s(i16x8.add(i16x8.mul(high, w), round), 7))
}

// @ts-ignore: decorator
@inline function smoothMask(
  p3: v128, p2: v128, p1: v128, p0: v128, q0: v128, q1: v128, q2: v128, q3: v128, limit: i32, most: i32,
): v128 {
  const inner = i8x16.splat(<i8>most)
  const before = v128.and(v128.and(within(p3, p2, inner), within(p2, p1, inner)), within(p1, p0, inner))
  const behind = v128.and(v128.and(within(q3, q2, inner), within(q2, q1, inner)), within(q1, q0, inner))
  return v128.and(v128.and(before, behind), isSmooth(p1, p0, q0, q1, limit))
}

/** High variance beside the edge. */
// @ts-ignore: decorator
@inline function isBusy(p1: v128, p0: v128, q0: v128, q1: v128, variance: i32): v128 {
  const threshold = i8x16.splat(<i8>variance)
  return v128.or(i8x16.gt_u(difference(p1, p0), threshold), i8x16.gt_u(difference(q1, q0), threshold))
}
