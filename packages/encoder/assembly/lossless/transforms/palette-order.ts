// Palettes ordered for prediction: colours that meet often get indices close to each other (the modified
// method of Zeng; Pinho and Neves, "On the relation between Memon's and the modified Zeng's palette
// reordering methods", 2006).
import { charge } from '../../../../kernel/assembly/fuel'
import { allocate } from '../../memory'
import { OK, OUT_OF_MEMORY } from '../../status'

const MOST: i32 = 256
const ROW: usize = 4 * 256
/** How often two colours are neighbours, u32 by index and index: rows of MOST, so that vectors past the last are zeros. */
let meetings: usize = 0
/** Of each colour its meetings with those that have a place. */
const TIES: usize = memory.data(4 * 256, 16)
/** Places: indices u8 from the middle outwards, and which are taken. */
const PLACED: usize = memory.data(512, 16)
const TAKEN: usize = memory.data(256, 16)

export function openPaletteOrder(n: i32): i32 {
  meetings = allocate(ROW * min(n, MOST))
  return meetings ? OK : OUT_OF_MEMORY
}

export function clearMeetings(colours: i32): void {
  memory.fill(meetings, 0, ROW * colours)
}

@inline function rowOf(colour: i32): usize {
  return meetings + ROW * colour
}

export function countMeeting(a: i32, b: i32): void {
  if (a == b) return
  countOne(a, b)
  countOne(b, a)
}

function countOne(a: i32, b: i32): void {
  const p = rowOf(a) + (<usize>b << 2)
  store<u32>(p, load<u32>(p) + 1)
}

/** Indices in their new order, u8, from the address that is given back on. */
export function orderByMeetings(colours: i32): usize {
  charge(<i64>colours * colours * 4)
  memory.fill(TIES, 0, 4 * MOST)
  memory.fill(TAKEN, 0, MOST)
  let left = MOST, right = MOST
  for (let n = 0; n < colours; n++) {
    const next = n ? strongest(colours) : mostMeetings(colours)
    if (n && leansLeft(next, left, right)) store<u8>(PLACED + (--left), <u8>next)
    else store<u8>(PLACED + (right++), <u8>next)
    store<u8>(TAKEN + next, 1)
    for (let at: usize = 0, row = rowOf(next); at < <usize>colours << 2; at += 16) {
      v128.store(TIES + at, i32x4.add(v128.load(TIES + at), v128.load(row + at)))
    }
  }
  return PLACED + left
}

function mostMeetings(colours: i32): i32 {
  let best = 0, most: u32 = 0
  for (let a = 0; a < colours; a++) {
    let sum: u32 = 0
    for (let p = rowOf(a), end = p + (colours << 2); p < end; p += 4) sum += load<u32>(p)
    if (sum > most) { most = sum; best = a }
  }
  return best
}

function strongest(colours: i32): i32 {
  let best = -1, most = -1
  for (let c = 0; c < colours; c++) {
    const tie = load<i32>(TIES + (<usize>c << 2))
    if (!load<u8>(TAKEN + c) && tie > most) { most = tie; best = c }
  }
  return best
}

/** At which end a colour is nearer to those that it meets. */
function leansLeft(colour: i32, left: i32, right: i32): bool {
  const row = rowOf(colour)
  let lean: i64 = 0
  for (let i = left; i < right; i++) {
    lean += <i64>(left + right - 1 - 2 * i) * load<u32>(row + (<usize>load<u8>(PLACED + i) << 2))
  }
  return lean > 0
}
