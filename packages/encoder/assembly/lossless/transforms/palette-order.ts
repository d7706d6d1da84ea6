// Palettes ordered for prediction: colours that meet often get indices close to each other (the modified
// method of Zeng; Pinho and Neves, "On the relation between Memon's and the modified Zeng's palette
// reordering methods", 2006).
import { charge } from '../../../../kernel/assembly/fuel'
import { allocate } from '../../memory'
import { OK, OUT_OF_MEMORY } from '../../status'

const MOST: i32 = 256
/** How often two colours are neighbours, u32 by index and index. */
let meetings: usize = 0
/** Of each colour its meetings with those that have a place. */
const TIES: usize = memory.data(4 * 256, 16)
/** Places: indices u8 from the middle outwards, and which are taken. */
const PLACED: usize = memory.data(512, 16)
const TAKEN: usize = memory.data(256, 16)

export function openPaletteOrder(n: i32): i32 {
  const side = <usize>min(n, MOST)
  meetings = allocate(side * side * 4)
  return meetings ? OK : OUT_OF_MEMORY
}

export function clearMeetings(colours: i32): void {
  memory.fill(meetings, 0, <usize>colours * colours * 4)
}

@inline export function countMeeting(a: i32, b: i32, colours: i32): void {
  if (a == b) return
  const p = meetings + (<usize>(a * colours + b) << 2), q = meetings + (<usize>(b * colours + a) << 2)
  store<u32>(p, load<u32>(p) + 1)
  store<u32>(q, load<u32>(q) + 1)
}

@inline function meet(a: i32, b: i32, colours: i32): u32 {
  return load<u32>(meetings + (<usize>(a * colours + b) << 2))
}

/** Indices in their new order, u8, from the address that is given back on. */
export function orderByMeetings(colours: i32): usize {
  charge(<i64>colours * colours * 4)
  memory.fill(TIES, 0, 4 * MOST)
  memory.fill(TAKEN, 0, MOST)
  let left = MOST, right = MOST
  for (let n = 0; n < colours; n++) {
    const next = n ? strongest(colours) : mostMeetings(colours)
    if (n && leansLeft(next, left, right, colours)) store<u8>(PLACED + (--left), <u8>next)
    else store<u8>(PLACED + (right++), <u8>next)
    store<u8>(TAKEN + next, 1)
    for (let c = 0; c < colours; c++) {
      const p = TIES + (<usize>c << 2)
      store<u32>(p, load<u32>(p) + meet(c, next, colours))
    }
  }
  return PLACED + left
}

function mostMeetings(colours: i32): i32 {
  let best = 0, most: u64 = 0
  for (let a = 0; a < colours; a++) {
    let sum: u64 = 0
    for (let b = 0; b < colours; b++) sum += meet(a, b, colours)
    if (sum > most) { most = sum; best = a }
  }
  return best
}

function strongest(colours: i32): i32 {
  let best = -1
  let most: i64 = -1
  for (let c = 0; c < colours; c++) {
    const tie = <i64>load<u32>(TIES + (<usize>c << 2))
    if (!load<u8>(TAKEN + c) && tie > most) { most = tie; best = c }
  }
  return best
}

/** At which end a colour is nearer to those that it meets. */
function leansLeft(colour: i32, left: i32, right: i32, colours: i32): bool {
  let lean: i64 = 0
  for (let i = left; i < right; i++) {
    lean += <i64>(left + right - 1 - 2 * i) * meet(colour, <i32>load<u8>(PLACED + i), colours)
  }
  return lean > 0
}
