// The loop filter over a row of macroblocks (RFC 6386, 15): left edge, edges within, upper edge, edges
// within, one macroblock after the other. What is above changes once more.
import { filterMacroblockEdge, filterSimple, filterSubblockEdge } from './edge-filters'
import { FilterKind, filterKind } from './segments'
import { plane } from './strip'

/** An edge that is not 16 pixels long in one row: eight rows of them, p3 to q3. */
const EDGE: usize = memory.data(8 * 16, 16)
const EDGE_STRIDE: usize = 16
const EDGE_MIDDLE: usize = EDGE + 4 * EDGE_STRIDE

/** One macroblock at column `x`, with a strength as segments.ts gives it. */
export function filterMacroblock(x: i32, hasAbove: bool, strength: u32, within: bool): void {
  const limit = <i32>(strength & 255), inner = <i32>(strength >> 8 & 255), variance = <i32>(strength >> 16)
  if (limit == 0) return
  const luma = plane(0)
  const to = luma.start + (<usize>x << 4)
  if (filterKind == FilterKind.Simple) return filterSimply(to, luma.stride, x > 0, hasAbove, limit, within)
  const offset = <usize>x << 3
  if (x > 0) {
    filterColumns(to, luma.stride, true, limit + 4, inner, variance)
    filterChromaColumns(offset, true, limit + 4, inner, variance)
  }
  if (within) {
    for (let i: usize = 4; i < 16; i += 4) filterColumns(to + i, luma.stride, false, limit, inner, variance)
    filterChromaColumns(offset + 4, false, limit, inner, variance)
  }
  if (hasAbove) {
    filterMacroblockEdge(to, luma.stride, limit + 4, inner, variance)
    filterChromaRows(offset, 0, true, limit + 4, inner, variance)
  }
  if (within) {
    for (let i: usize = 4; i < 16; i += 4) {
      filterSubblockEdge(to + i * luma.stride, luma.stride, limit, inner, variance)
    }
    filterChromaRows(offset, 4, false, limit, inner, variance)
  }
}

function filterSimply(
  to: usize, stride: usize, hasLeft: bool, hasAbove: bool, limit: i32, within: bool,
): void {
  const end: usize = within ? 16 : 4
  for (let i: usize = hasLeft ? 0 : 4; i < end; i += 4) {
    readColumns(to + i - 4, to + i - 4 + 8 * stride, stride)
    filterSimple(EDGE_MIDDLE, EDGE_STRIDE, i == 0 ? limit + 4 : limit)
    writeColumns(to + i - 4, to + i - 4 + 8 * stride, stride)
  }
  for (let i: usize = hasAbove ? 0 : 4; i < end; i += 4) {
    filterSimple(to + i * stride, stride, i == 0 ? limit + 4 : limit)
  }
}

// @ts-ignore: decorator
@inline function filterEdge(between: bool, limit: i32, inner: i32, variance: i32): void {
  if (between) filterMacroblockEdge(EDGE_MIDDLE, EDGE_STRIDE, limit, inner, variance)
  else filterSubblockEdge(EDGE_MIDDLE, EDGE_STRIDE, limit, inner, variance)
}

function filterColumns(to: usize, stride: usize, between: bool, limit: i32, inner: i32, variance: i32): void {
  readColumns(to - 4, to - 4 + 8 * stride, stride)
  filterEdge(between, limit, inner, variance)
  writeColumns(to - 4, to - 4 + 8 * stride, stride)
}

/** Both planes at once. */
function filterChromaColumns(offset: usize, between: bool, limit: i32, inner: i32, variance: i32): void {
  const u = plane(1), v = plane(2)
  readColumns(u.start + offset - 4, v.start + offset - 4, u.stride)
  filterEdge(between, limit, inner, variance)
  writeColumns(u.start + offset - 4, v.start + offset - 4, u.stride)
}

function filterChromaRows(offset: usize, y: i32, between: bool, limit: i32, inner: i32, variance: i32): void {
  const u = plane(1), v = plane(2), stride = u.stride
  const above = offset + <isize>(y - 4) * stride
  for (let i: usize = 0, at = above; i < 8; i++, at += stride) {
    v128.store(EDGE + (i << 4), i64x2(load<u64>(u.start + at), load<u64>(v.start + at)))
  }
  filterEdge(between, limit, inner, variance)
  for (let i: usize = 0, at = above; i < 8; i++, at += stride) {
    store<u64>(u.start + at, load<u64>(EDGE + (i << 4)))
    store<u64>(v.start + at, load<u64>(EDGE + (i << 4), 8))
  }
}

// @ts-ignore: decorator
@inline function zipLow(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
}
// @ts-ignore: decorator
@inline function zipHigh(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
}
// @ts-ignore: decorator
@inline function at8(p: usize, stride: usize, i: usize): v128 { return v128.load64_zero(p + i * stride) }

/** Eight columns of eight rows at `a` and eight at `b`, as eight rows of EDGE. */
function readColumns(a: usize, b: usize, s: usize): void {
  const t0 = zipLow(at8(a, s, 0), at8(b, s, 0)), t1 = zipLow(at8(a, s, 1), at8(b, s, 1))
  const t2 = zipLow(at8(a, s, 2), at8(b, s, 2)), t3 = zipLow(at8(a, s, 3), at8(b, s, 3))
  const t4 = zipLow(at8(a, s, 4), at8(b, s, 4)), t5 = zipLow(at8(a, s, 5), at8(b, s, 5))
  const t6 = zipLow(at8(a, s, 6), at8(b, s, 6)), t7 = zipLow(at8(a, s, 7), at8(b, s, 7))
  readHalf(zipLow(t0, t4), zipLow(t1, t5), zipLow(t2, t6), zipLow(t3, t7), EDGE)
  readHalf(zipHigh(t0, t4), zipHigh(t1, t5), zipHigh(t2, t6), zipHigh(t3, t7), EDGE + 4 * EDGE_STRIDE)
}

// @ts-ignore: decorator
@inline function readHalf(u0: v128, u1: v128, u2: v128, u3: v128, to: usize): void {
  const even0 = zipLow(u0, u2), odd0 = zipLow(u1, u3), even1 = zipHigh(u0, u2), odd1 = zipHigh(u1, u3)
  v128.store(to, zipLow(even0, odd0))
  v128.store(to, zipHigh(even0, odd0), 16)
  v128.store(to, zipLow(even1, odd1), 32)
  v128.store(to, zipHigh(even1, odd1), 48)
}

/** And back. */
function writeColumns(a: usize, b: usize, stride: usize): void {
  const c0 = v128.load(EDGE), c1 = v128.load(EDGE, 16), c2 = v128.load(EDGE, 32)
  const c3 = v128.load(EDGE, 48), c4 = v128.load(EDGE, 64), c5 = v128.load(EDGE, 80)
  const c6 = v128.load(EDGE, 96), c7 = v128.load(EDGE, 112)
  writeHalf(zipLow(c0, c4), zipLow(c1, c5), zipLow(c2, c6), zipLow(c3, c7), a, stride)
  writeHalf(zipHigh(c0, c4), zipHigh(c1, c5), zipHigh(c2, c6), zipHigh(c3, c7), b, stride)
}

// @ts-ignore: decorator
@inline function writeHalf(u0: v128, u1: v128, u2: v128, u3: v128, to: usize, stride: usize): void {
  const even0 = zipLow(u0, u2), odd0 = zipLow(u1, u3), even1 = zipHigh(u0, u2), odd1 = zipHigh(u1, u3)
  writeTwo(zipLow(even0, odd0), to, stride)
  writeTwo(zipHigh(even0, odd0), to + 2 * stride, stride)
  writeTwo(zipLow(even1, odd1), to + 4 * stride, stride)
  writeTwo(zipHigh(even1, odd1), to + 6 * stride, stride)
}

// @ts-ignore: decorator
@inline function writeTwo(rows: v128, to: usize, stride: usize): void {
  v128.store64_lane(to, rows, 0)
  v128.store64_lane(to + stride, rows, 1)
}
