// Counts of tokens and the probabilities that follow from them (RFC 6386, sections 13.3 and 13.4).
import { BIT_COST, COEFFICIENT_BAND, COEFFICIENT_UPDATE_PROBS, DEFAULT_COEFFICIENT_PROBS, TOKEN } from '../build/tables'
import { priorEvents } from './tuning'

/** Probabilities in force: [block type 4][band 8][context 3][tree node 11]. */
export const PROBS: usize = memory.data(1056, 16)
/** u32 counts: [block type 4][band 8][context 3][token 12]. */
const COUNTS: usize = memory.data(4608, 16)

export function resetStatistics(): void {
  memory.copy(PROBS, DEFAULT_COEFFICIENT_PROBS, 1056)
  memory.fill(COUNTS, 0, 4608)
}

@inline function count(at: usize): void {
  store<u32>(at, load<u32>(at) + 1)
}

/** Counts the tokens of a block: `levels` from position `first` to `last`, -1 when there are none. */
@inline export function countBlock(levels: usize, last: i32, type: i32, first: i32, context: i32): void {
  const rows = COUNTS + type * 1152
  let x = context
  for (let n = first; n <= last; n++) {
    const a = abs(<i32>load<i16>(levels + (n << 1)))
    count(rows + <usize>load<u8>(COEFFICIENT_BAND + n) * 144 + x * 48 + (<usize>load<u8>(TOKEN + min(a, 67)) << 2))
    x = a > 1 ? 2 : a
  }
  if (last < 15) count(rows + <usize>load<u8>(COEFFICIENT_BAND + (last < 0 ? first : last + 1)) * 144 + x * 48)
}

@inline function counted(row: usize, token: i32): u32 {
  return load<u32>(row + (token << 2))
}

/** Probabilities for the costs of the rows to come, from what was counted so far. */
export function estimateProbabilities(): void {
  forEachNode(false)
}

/** Probabilities for the frame header: replaced only where the gain pays for the replacement. */
export function finalProbabilities(): void {
  forEachNode(true)
}

function forEachNode(final: bool): void {
  for (let i = 0; i < 96; i++) {
    const s = COUNTS + i * 48, p = PROBS + i * 11
    const three4 = counted(s, 4) + counted(s, 5), small = counted(s, 3) + three4
    const cat12 = counted(s, 6) + counted(s, 7), cat34 = counted(s, 8) + counted(s, 9), cat56 = counted(s, 10) + counted(s, 11)
    const categories = cat12 + cat34 + cat56, more = small + categories, nonZero = counted(s, 2) + more
    // After a zero there is no end of block to choose, so context 0 has node 0 only at the first position.
    const firstBand = i < 24 ? 3 : (i / 24) * 24
    if (i % 3 != 0 || i == firstBand) set(final, p, 0, counted(s, 0), counted(s, 1) + nonZero)
    set(final, p, 1, counted(s, 1), nonZero)
    set(final, p, 2, counted(s, 2), more)
    set(final, p, 3, small, categories)
    set(final, p, 4, counted(s, 3), three4)
    set(final, p, 5, counted(s, 4), counted(s, 5))
    set(final, p, 6, cat12, cat34 + cat56)
    set(final, p, 7, counted(s, 6), counted(s, 7))
    set(final, p, 8, cat34, cat56)
    set(final, p, 9, counted(s, 8), counted(s, 9))
    set(final, p, 10, counted(s, 10), counted(s, 11))
  }
}

@inline function set(final: bool, p: usize, node: i32, zeros: u32, ones: u32): void {
  if (final) setFinal(p, node, zeros, ones)
  else setRunning(p, node, zeros, ones)
}

function setRunning(p: usize, node: i32, zeros: u32, ones: u32): void {
  const prior = <u32>load<u8>(DEFAULT_COEFFICIENT_PROBS + (p - PROBS) + node)
  const n = <u64>zeros + ones + priorEvents
  store<u8>(p + node, clampProbability(<i32>((<u64>prior * priorEvents + <u64>zeros * 256 + (n >> 1)) / n)))
}

function setFinal(p: usize, node: i32, zeros: u32, ones: u32): void {
  const entry = (p - PROBS) + node
  const before = load<u8>(DEFAULT_COEFFICIENT_PROBS + entry)
  store<u8>(p + node, before)
  const n = <u64>zeros + ones
  if (n == 0) return
  const after = clampProbability(<i32>((<u64>zeros * 255 + (n >> 1)) / n))
  const update = <i64>load<u8>(COEFFICIENT_UPDATE_PROBS + entry)
  const replacement = 8 * 256 + bits(1, update) - bits(0, update)
  if (price(zeros, ones, after) + replacement < price(zeros, ones, before)) store<u8>(p + node, after)
}

@inline function bits(bit: i32, p: i64): i64 {
  return <i64>load<u16>(BIT_COST + (<usize>(bit ? 256 - p : p) << 1))
}

@inline function price(zeros: u32, ones: u32, p: u8): i64 {
  return <i64>zeros * bits(0, p) + <i64>ones * bits(1, p)
}

@inline function clampProbability(v: i32): u8 {
  return <u8>(v < 1 ? 1 : v > 255 ? 255 : v)
}
