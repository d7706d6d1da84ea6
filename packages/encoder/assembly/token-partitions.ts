// The two token partitions (RFC 6386, section 9.5): even rows of macroblocks in the first, odd rows in the second.
//
// Two, because two coders in lockstep hide the latency of each one's chain of dependent operations.
import { CODER_BYTES, COUNT, LOW, OUT, RANGE, finishCoder, spill, startCoder } from './bool-coder'
import { allocate, freeAddress, reserve } from './memory'
import { columns, rows } from './picture'
import { OK, OUT_OF_MEMORY } from './status'
import { tapeBytes, tapeRow } from './tape'
import { MACROBLOCK_EVENT_BYTES, listMacroblock, tapeAt } from './token-list'

const CODERS: usize = memory.data(64, 16)
/** Macroblocks listed at once: the lists stay in the cache, and memory does not grow with the width. */
const CHUNK: i32 = 8
/** An event shifts out seven bits at most; coders write ahead by a few bytes. */
const MARGIN: usize = 64

export let partition0: usize = 0
export let partition0Bytes: usize = 0
export let partition1: usize = 0
export let partition1Bytes: usize = 0

export function codeTokens(): i32 {
  const list0 = allocate(MACROBLOCK_EVENT_BYTES * CHUNK), list1 = allocate(MACROBLOCK_EVENT_BYTES * CHUNK)
  if (!list0 || !list1) return OUT_OF_MEMORY
  partition0 = freeAddress()
  // Coded tokens take about half of the tape; where they take more, the second partition moves up.
  partition1 = partition0 + (tapeBytes() >> 2) + 4096
  startCoder(CODERS, partition0)
  startCoder(CODERS + CODER_BYTES, partition1)
  for (let my = 0; my < rows; my += 2) {
    const paired = my + 1 < rows
    let tape0 = tapeRow(my), tape1 = paired ? tapeRow(my + 1) : 0
    for (let mx = 0; mx < columns; mx += CHUNK) {
      const stop = min(mx + CHUNK, columns)
      let end0 = list0, end1 = list1
      for (let x = mx; x < stop; x++) { end0 = listMacroblock(x, my, tape0, end0); tape0 = tapeAt }
      if (paired) for (let x = mx; x < stop; x++) { end1 = listMacroblock(x, my + 1, tape1, end1); tape1 = tapeAt }
      if (!makeRoom(end0 - list0, end1 - list1)) return OUT_OF_MEMORY
      codeTwo(list0, end0, list1, end1)
    }
  }
  if (!makeRoom(0, 0)) return OUT_OF_MEMORY
  partition0Bytes = finishCoder(CODERS) - partition0
  partition1Bytes = finishCoder(CODERS + CODER_BYTES) - partition1
  return OK
}

/** Room for so many bytes of events in both partitions: an event takes two bytes in a list and less than one coded. */
function makeRoom(events0: usize, events1: usize): bool {
  const out0 = load<usize>(CODERS, OUT), out1 = load<usize>(CODERS + CODER_BYTES, OUT)
  const need0 = out0 + (events0 >> 1) + MARGIN, need1 = out1 + (events1 >> 1) + MARGIN
  if (need0 <= partition1) return reserve(need1)
  const shift = need0 - partition1 + ((partition1 - partition0) >> 1)
  if (!reserve(need1 + shift)) return false
  memory.copy(partition1 + shift, partition1, out1 - partition1)
  partition1 += shift
  store<usize>(CODERS + CODER_BYTES, out1 + shift, OUT)
  return true
}

/** Codes a list with one coder. */
function codeOne(coder: usize, list: usize, end: usize): void {
  let low = load<u64>(coder, LOW), range = load<u32>(coder, RANGE), count = load<i32>(coder, COUNT), out = load<usize>(coder, OUT)
  for (; list < end; list += 2) {
    const e = <u32>load<u16>(list), bit = e >> 8
    const split = 1 + (((range - 1) * (e & 255)) >> 8)
    low += <u64>(split & (0 - bit))
    range = bit ? range - split : split
    const shift = clz<u32>(range) - 24
    range <<= shift; low <<= shift; count += shift
    if (count >= 32) { spill(low, count, out); out += 4; count -= 32; low &= (<u64>1 << (count + 8)) - 1 }
  }
  store<u64>(coder, low, LOW)
  store<u32>(coder, range, RANGE)
  store<i32>(coder, count, COUNT)
  store<usize>(coder, out, OUT)
}

/** Codes both lists in lockstep, and the rest of the longer one alone. Lower case: the first coder; upper: the second. */
function codeTwo(a: usize, aEnd: usize, b: usize, bEnd: usize): void {
  const second = CODERS + CODER_BYTES
  let l = load<u64>(CODERS, LOW), r = load<u32>(CODERS, RANGE), n = load<i32>(CODERS, COUNT), o = load<usize>(CODERS, OUT)
  let L = load<u64>(second, LOW), R = load<u32>(second, RANGE), N = load<i32>(second, COUNT), O = load<usize>(second, OUT)
  const end = a + min(aEnd - a, bEnd - b)
  for (; a < end; a += 2, b += 2) {
    const e = <u32>load<u16>(a), bit = e >> 8, E = <u32>load<u16>(b), bitB = E >> 8
    const p = 1 + (((r - 1) * (e & 255)) >> 8), P = 1 + (((R - 1) * (E & 255)) >> 8)
    l += <u64>(p & (0 - bit)); L += <u64>(P & (0 - bitB))
    r = select<u32>(r - p, p, bit); R = select<u32>(R - P, P, bitB)
    const k = clz<u32>(r) - 24, K = clz<u32>(R) - 24
    r <<= k; l <<= k; n += k
    R <<= K; L <<= K; N += K
    if (n >= 32) { spill(l, n, o); o += 4; n -= 32; l &= (<u64>1 << (n + 8)) - 1 }
    if (N >= 32) { spill(L, N, O); O += 4; N -= 32; L &= (<u64>1 << (N + 8)) - 1 }
  }
  store<u64>(CODERS, l, LOW); store<u32>(CODERS, r, RANGE); store<i32>(CODERS, n, COUNT); store<usize>(CODERS, o, OUT)
  store<u64>(second, L, LOW); store<u32>(second, R, RANGE); store<i32>(second, N, COUNT); store<usize>(second, O, OUT)
  if (a < aEnd) codeOne(CODERS, a, aEnd)
  else if (b < bEnd) codeOne(second, b, bEnd)
}
