// Blocks from the tape as lists of coder events: u16, the probability with the bit above it (RFC 6386, section 13.2).
import { CATEGORY_6_PROBS, CATEGORY_PROBS, COEFFICIENT_BAND, TOKEN } from '../build/tables'
import { BY_SUBBLOCKS, LUMA_MODE, SKIPPED, modesOf } from './picture'
import { CHROMA_BLOCK, LUMA_AFTER_Y2, LUMA_WITH_DC, Y2_BLOCK } from './rdo-quantise'
import { PROBS } from './statistics'
import { ESCAPE } from './tape'

const ONE: u16 = 256
/** At even odds: signs. */
const EVEN: u16 = 128
/** Most bytes of events of one macroblock: 400 levels of 19 events, and the ends of 25 blocks. */
export const MACROBLOCK_EVENT_BYTES: usize = (400 * 19 + 25) * 2

/** Where reading the tape has got to. */
export let tapeAt: usize = 0

/** Lists a macroblock whose blocks start at `tape`; returns the end of the list and leaves the next address in tapeAt. */
export function listMacroblock(mx: i32, my: i32, tape: usize, out: usize): usize {
  const modes = modesOf(mx, my)
  tapeAt = tape
  if (load<u8>(modes, SKIPPED)) return out
  const bySubblocks = load<u8>(modes, LUMA_MODE) == BY_SUBBLOCKS
  if (!bySubblocks) out = listBlock(Y2_BLOCK, 0, out)
  const type = bySubblocks ? LUMA_WITH_DC : LUMA_AFTER_Y2, first = bySubblocks ? 0 : 1
  for (let b = 0; b < 16; b++) out = listBlock(type, first, out)
  for (let b = 0; b < 8; b++) out = listBlock(CHROMA_BLOCK, 0, out)
  return out
}

@inline function event(p: usize, node: usize, bit: u16): u16 {
  return <u16>load<u8>(p + node) | bit
}

function listBlock(type: i32, first: i32, o: usize): usize {
  let t = tapeAt
  const head = <i32>load<u8>(t), last = (head & 31) - 1
  t++
  const probs = PROBS + type * 264
  let p = probs + <usize>load<u8>(COEFFICIENT_BAND + first) * 33 + (head >> 5) * 11
  if (last < 0) {
    store<u16>(o, event(p, 0, 0))
    tapeAt = t
    return o + 2
  }
  let mayEnd = true
  for (let n = first; n <= last; n++) {
    let v = <i32>load<i8>(t)
    t++
    if (v == ESCAPE) { v = load<i16>(t); t += 2 }
    if (mayEnd) { store<u16>(o, event(p, 0, ONE)); o += 2 }
    const next = probs + <usize>load<u8>(COEFFICIENT_BAND + n, 1) * 33
    if (v == 0) {
      store<u16>(o, event(p, 1, 0))
      o += 2
      mayEnd = false
      p = next
      continue
    }
    mayEnd = true
    store<u16>(o, event(p, 1, ONE))
    const a = abs(v), sign: u16 = EVEN | (v < 0 ? ONE : 0)
    if (a == 1) {
      store<u16>(o, event(p, 2, 0), 2)
      store<u16>(o, sign, 4)
      o += 6
      p = next + 11
      continue
    }
    store<u16>(o, event(p, 2, ONE), 2)
    o = a <= 4 ? listSmall(a, p, o + 4) : listCategory(a, p, o + 4)
    store<u16>(o, sign)
    o += 2
    p = next + 22
  }
  if (last < 15) { store<u16>(o, event(p, 0, 0)); o += 2 }
  tapeAt = t
  return o
}

/** Levels 2 to 4 after "more than one". */
@inline function listSmall(a: i32, p: usize, o: usize): usize {
  store<u16>(o, event(p, 3, 0))
  if (a == 2) { store<u16>(o, event(p, 4, 0), 2); return o + 4 }
  store<u16>(o, event(p, 4, ONE), 2)
  store<u16>(o, event(p, 5, a == 4 ? ONE : 0), 4)
  return o + 6
}

/** Levels from 5: category and extra bits. */
function listCategory(a: i32, p: usize, o: usize): usize {
  store<u16>(o, event(p, 3, ONE))
  o += 2
  const category = <i32>load<u8>(TOKEN + min(a, 67)) - 6 // 0 to 5
  if (category < 2) {
    store<u16>(o, event(p, 6, 0))
    store<u16>(o, event(p, 7, category ? ONE : 0), 2)
    o += 4
  } else {
    store<u16>(o, event(p, 6, ONE))
    store<u16>(o, event(p, 8, category > 3 ? ONE : 0), 2)
    store<u16>(o, event(p, category > 3 ? 10 : 9, category & 1 ? ONE : 0), 4)
    o += 6
  }
  const sixth = category == 5, bits = sixth ? 11 : category + 1, base = sixth ? 67 : 3 + (1 << (category + 1))
  const probs = sixth ? CATEGORY_6_PROBS : CATEGORY_PROBS + category * 6
  for (let i = 0; i < bits; i++) {
    store<u16>(o, event(probs, i, ((a - base) >> (bits - 1 - i)) & 1 ? ONE : 0))
    o += 2
  }
  return o
}
