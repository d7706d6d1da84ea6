// Which tiles share prefix codes (RFC 9649, section 6.2.2). Groups are begun by the tiles that fit worst into
// those there are, tiles go where they take the fewest bits, and groups that are not worth their header are
// joined.
import { charge } from '../../../../kernel/assembly/fuel'
import { allocate } from '../../memory'
import { OK, OUT_OF_MEMORY } from '../../status'
import { mostGroups, refinements } from '../effort'
import { log2, nLogN, wholeOf } from '../codes/logarithm'
import { ALPHABETS, MOST_ALL_SYMBOLS } from '../symbols'
import { FOLLOWS, MOST_TILES, PLACE_STARTS, lists, places, tileGroups, tiles } from './tiles'

export const MOST_GROUPS: i32 = 128
/** Bits that a new group must save at least. */
const WORTH: f32 = 100
/** Bits of a header: for each symbol, for each gap between symbols, for each alphabet of more than two. */
const HEADER_SYMBOL: f32 = 3
const HEADER_GAP: f32 = 4
const HEADER_ALPHABET: f32 = 30
const HEADER_SIMPLE: f32 = 10
/** What a symbol is taken to cost that its group did not have. */
const UNSEEN: f32 = 6

export let groups: i32 = 0
let counts: usize = 0
let bits: usize = 0
/** Of each tile the bits in its group and the least there could be, f32. */
let tileCosts: usize = 0
let tileLeast: usize = 0
/** Bits that joining two groups saves, f32, and the bits of each. */
let gains: usize = 0
const GROUP_BITS: usize = memory.data(4 * 128, 16)
const RENAMED: usize = memory.data(2 * 128, 16)
let room: i32 = 0

export function openGroups(mostTiles: i32): i32 {
  room = min(MOST_GROUPS, mostTiles)
  counts = allocate(<usize>room * MOST_ALL_SYMBOLS * 4)
  bits = allocate(<usize>room * MOST_ALL_SYMBOLS * 2)
  tileCosts = allocate(<usize>mostTiles << 2)
  tileLeast = allocate(<usize>mostTiles << 2)
  gains = allocate(<usize>room * room * 4)
  return counts && bits && tileCosts && tileLeast && gains ? OK : OUT_OF_MEMORY
}

@inline function countsOf(g: i32): usize { return counts + <usize>g * places * 4 }
@inline function bitsOf(g: i32): usize { return bits + <usize>g * places * 2 }
@inline function listOf(t: i32): usize { return <usize>load<u32>(lists + (<usize>t << 2)) }
@inline function groupOfTile(t: i32): i32 { return <i32>load<u16>(tileGroups + (<usize>t << 1)) }
@inline function setGroup(t: i32, g: i32): void { store<u16>(tileGroups + (<usize>t << 1), <u16>g) }

/** Puts the tiles into groups. */
export function formGroups(): void {
  seed()
  for (let i = 0; i < refinements; i++) {
    recount()
    assign()
  }
  recount()
  joinGroups()
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
    const start = load<i32>(PLACE_STARTS + (<usize>a << 2)), end = load<i32>(PLACE_STARTS + (<usize>a << 2), 4)
    let sum: u32 = 0
    for (let i = start; i < end; i++) sum += load<u32>(c + (<usize>i << 2))
    const whole = log2(sum)
    for (let i = start; i < end; i++) {
      const n = load<u32>(c + (<usize>i << 2))
      store<u16>(b + (<usize>i << 1), <u16>(<i32>((n ? n == sum ? <f32>0 : max<f32>(whole - log2(n), 1) : whole + UNSEEN) * <f32>64)))
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

function addTile(t: i32, c: usize): void {
  const end = listOf(t + 1)
  for (let p = listOf(t); p < end; p += 4) {
    const entry = load<u32>(p), at = c + (<usize>(entry & 0xffff) << 2)
    store<u32>(at, load<u32>(at) + (entry >> 16))
  }
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
  memory.fill(counts, 0, <usize>groups * places * 4)
  for (let t = 0; t < tiles; t++) addTile(t, countsOf(groupOfTile(t)))
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

/**
 * Bits of the symbols and of the header of what two groups hold together; of one alone, with itself left out.
 */
function jointBits(a: usize, b: usize): f32 {
  let all: f32 = 0
  for (let k = 0; k < ALPHABETS; k++) {
    const start = load<i32>(PLACE_STARTS + (<usize>k << 2)), end = load<i32>(PLACE_STARTS + (<usize>k << 2), 4)
    let sum: u32 = 0, most: u32 = 0, used = 0, gaps = 0, before = false
    for (let i = start; i < end; i++) {
      const n = load<u32>(a + (<usize>i << 2)) + (b ? load<u32>(b + (<usize>i << 2)) : 0)
      if (!n) {
        before = false
        continue
      }
      sum += n
      most = max(most, n)
      all -= nLogN(n)
      used++
      if (!before || !load<u8>(FOLLOWS + i)) gaps++
      before = true
    }
    all += wholeOf(sum, most)
    all += used <= 2 ? HEADER_SIMPLE + <f32>(used * 4)
      : HEADER_ALPHABET + <f32>used * HEADER_SYMBOL + <f32>gaps * HEADER_GAP
  }
  return all
}

@inline function gainAt(a: i32, b: i32): usize {
  return gains + (<usize>(a * groups + b) << 2)
}

/** Joins the two that save most, as long as any save. */
function joinGroups(): void {
  charge(<i64>groups * groups * places)
  for (let g = 0; g < groups; g++) {
    store<f32>(GROUP_BITS + (<usize>g << 2), jointBits(countsOf(g), 0))
    store<u16>(RENAMED + (<usize>g << 1), <u16>g)
  }
  for (let a = 1; a < groups; a++) for (let b = 0; b < a; b++) store<f32>(gainAt(a, b), gainOf(a, b))
  while (true) {
    let most: f32 = 0, from = -1, into = -1
    for (let a = 1; a < groups; a++) {
      if (load<u16>(RENAMED + (<usize>a << 1)) != a) continue
      for (let b = 0; b < a; b++) {
        const gain = load<f32>(gainAt(a, b))
        if (gain > most) { most = gain; from = a; into = b }
      }
    }
    if (from < 0) break
    join(from, into)
  }
  for (let t = 0; t < tiles; t++) {
    let g = groupOfTile(t)
    while (load<u16>(RENAMED + (<usize>g << 1)) != g) g = load<u16>(RENAMED + (<usize>g << 1))
    setGroup(t, g)
  }
}

function gainOf(a: i32, b: i32): f32 {
  return load<f32>(GROUP_BITS + (<usize>a << 2)) + load<f32>(GROUP_BITS + (<usize>b << 2))
    - jointBits(countsOf(a), countsOf(b))
}

function join(from: i32, into: i32): void {
  store<u16>(RENAMED + (<usize>from << 1), <u16>into)
  const a = countsOf(from), b = countsOf(into)
  for (let i: usize = 0; i < <usize>places << 2; i += 4) store<u32>(b + i, load<u32>(a + i) + load<u32>(b + i))
  store<f32>(GROUP_BITS + (<usize>into << 2), jointBits(b, 0))
  charge(<i64>groups * places)
  for (let g = 0; g < groups; g++) {
    if (g != from) {
      store<f32>(g < from ? gainAt(from, g) : gainAt(g, from), -1)
      const alive = load<u16>(RENAMED + (<usize>g << 1)) == g
      if (g != into && alive) store<f32>(g < into ? gainAt(into, g) : gainAt(g, into), gainOf(max(g, into), min(g, into)))
    }
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
