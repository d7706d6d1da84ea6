// Which tiles share prefix codes (RFC 9649, section 6.2.2). Groups are begun by the tiles that fit worst into
// those there are, tiles go where they take the fewest bits, and groups that are not worth their header are
// joined.
import { charge } from '../../../../kernel/assembly/fuel'
import { allocate } from '../../memory'
import { OUT_OF_MEMORY } from '../../status'
import { log2, nLogN } from '../codes/logarithm'
import { mostGroups, refinements } from '../effort'
import { ALPHABETS, MOST_ALL_SYMBOLS } from '../symbols'
import { addTile, countTiles, countsOf, groupOfTile, listOf, openGroupCounts, setGroup } from './group-counts'
import { MOST_GROUPS, joinGroups, joinedInto, openJoins, roomForGroups } from './join'
import { PLACE_STARTS, lists, places, tiles } from './tiles'

/** Bits that a new group must save at least. */
const WORTH: f32 = 100
/** What a symbol is taken to cost that its group did not have. */
const UNSEEN: f32 = 6

export let groups: i32 = 0
let bits: usize = 0
/** Of each tile the bits in its group and the least there could be, f32. */
let tileCosts: usize = 0
let tileLeast: usize = 0
const RENAMED: usize = memory.data(2 * 128, 16)
let room: i32 = 0

export function openGroups(mostTiles: i32): i32 {
  room = roomForGroups(mostTiles)
  bits = allocate(<usize>room * MOST_ALL_SYMBOLS * 2)
  tileCosts = allocate(<usize>mostTiles << 2)
  tileLeast = allocate(<usize>mostTiles << 2)
  if (!bits || !tileCosts || !tileLeast) return OUT_OF_MEMORY
  const status = openGroupCounts(room)
  return status ? status : openJoins(room)
}

@inline function bitsOf(g: i32): usize { return bits + <usize>g * places * 2 }

/** Puts the tiles into groups. */
export function formGroups(): void {
  seed()
  for (let i = 0; i < refinements; i++) {
    recount()
    assign()
  }
  recount()
  joinGroups(groups)
  for (let t = 0; t < tiles; t++) setGroup(t, joinedInto(groupOfTile(t)))
  if (groups > 1) {
    recount()
    assign()
  }
  rename()
}

/** What each place costs in a group, in 1/64 of a bit. */
function price(g: i32): void {
  const c = countsOf(g), b = bitsOf(g)
  for (let a = 0; a < ALPHABETS; a++) {
    const start = load<i32>(PLACE_STARTS + (<usize>a << 2))
    const end = load<i32>(PLACE_STARTS + (<usize>a << 2), 4)
    let sum: u32 = 0
    for (let i = start; i < end; i++) sum += load<u32>(c + (<usize>i << 2))
    const whole = log2(sum)
    for (let i = start; i < end; i++) {
      const n = load<u32>(c + (<usize>i << 2))
      const cost = !n ? whole + UNSEEN : n == sum ? <f32>0 : max<f32>(whole - log2(n), 1)
      store<u16>(b + (<usize>i << 1), <u16>(<i32>(cost * <f32>64)))
    }
  }
}

@inline function costIn(t: i32, g: i32): f32 {
  const b = bitsOf(g), end = listOf(t + 1)
  let sum: u32 = 0
  for (let p = listOf(t); p < end; p += 4) {
    const entry = load<u32>(p)
    sum += (entry >> 16) * load<u16>(b + (<usize>(entry & 0xffff) << 1))
  }
  return <f32>sum * (1.0 / 64)
}

/** The first group is of all; then, while it is worth it, the tile with the most to gain begins another. */
function seed(): void {
  const allowed = min(min(room, mostGroups), tiles)
  groups = 1
  memory.fill(countsOf(0), 0, <usize>places << 2)
  for (let t = 0; t < tiles; t++) {
    setGroup(t, 0)
    addTile(t, countsOf(0))
  }
  price(0)
  for (let t = 0; t < tiles; t++) {
    store<f32>(tileCosts + (<usize>t << 2), costIn(t, 0))
    store<f32>(tileLeast + (<usize>t << 2), leastBits(t))
  }
  while (groups < allowed) {
    let worst = -1, most = WORTH
    for (let t = 0; t < tiles; t++) {
      const gain = load<f32>(tileCosts + (<usize>t << 2)) - load<f32>(tileLeast + (<usize>t << 2))
      if (gain > most) { most = gain; worst = t }
    }
    if (worst < 0) break
    begin(worst)
  }
}

/** Entropy of a tile alone, with its header. */
function leastBits(t: i32): f32 {
  const end = listOf(t + 1)
  let least: f32 = 0, sum: u32 = 0, a = 0, n = 0
  let stop = load<i32>(PLACE_STARTS + 4)
  for (let p = listOf(t); p < end; p += 4) {
    const entry = load<u32>(p)
    while (<i32>(entry & 0xffff) >= stop) {
      least += nLogN(sum)
      sum = 0
      a++
      stop = load<i32>(PLACE_STARTS + (<usize>a << 2), 4)
    }
    sum += entry >> 16
    least -= nLogN(entry >> 16)
    n++
  }
  return least + nLogN(sum)
}

function begin(tile: i32): void {
  const g = groups++
  memory.fill(countsOf(g), 0, <usize>places << 2)
  addTile(tile, countsOf(g))
  price(g)
  charge(<i64>(listOf(tiles) - listOf(0)) >> 2)
  for (let t = 0; t < tiles; t++) {
    const cost = costIn(t, g)
    if (cost >= load<f32>(tileCosts + (<usize>t << 2))) continue
    store<f32>(tileCosts + (<usize>t << 2), cost)
    setGroup(t, g)
  }
  store<f32>(tileCosts + (<usize>tile << 2), load<f32>(tileLeast + (<usize>tile << 2)))
  setGroup(tile, g)
}

/** Counts of the groups from their tiles; empty ones are dropped. */
function recount(): void {
  dropEmpty()
  countTiles(groups)
  for (let g = 0; g < groups; g++) price(g)
}

function dropEmpty(): void {
  memory.fill(RENAMED, 0, 2 * MOST_GROUPS)
  for (let t = 0; t < tiles; t++) store<u16>(RENAMED + (<usize>groupOfTile(t) << 1), 1)
  let n = 0
  for (let g = 0; g < groups; g++) {
    const p = RENAMED + (<usize>g << 1)
    if (load<u16>(p)) store<u16>(p, <u16>(n++))
  }
  groups = n
  for (let t = 0; t < tiles; t++) setGroup(t, <i32>load<u16>(RENAMED + (<usize>groupOfTile(t) << 1)))
}

function assign(): void {
  charge(<i64>groups * ((listOf(tiles) - listOf(0)) >> 2))
  for (let t = 0; t < tiles; t++) {
    let best = groupOfTile(t), least = costIn(t, best)
    for (let g = 0; g < groups; g++) {
      const cost = costIn(t, g)
      if (cost < least) { least = cost; best = g }
    }
    setGroup(t, best)
  }
}

/** Numbers groups in the order in which they occur. */
function rename(): void {
  memory.fill(RENAMED, 0xff, 2 * MOST_GROUPS)
  let n = 0
  for (let t = 0; t < tiles; t++) {
    const p = RENAMED + (<usize>groupOfTile(t) << 1)
    if (load<u16>(p) == 0xffff) store<u16>(p, <u16>(n++))
    setGroup(t, <i32>load<u16>(p))
  }
  groups = n
}
