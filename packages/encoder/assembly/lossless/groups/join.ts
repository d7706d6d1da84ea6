// Groups that are not worth their header are joined.
import { charge } from '../../../../kernel/assembly/fuel'
import { allocate } from '../../memory'
import { OK, OUT_OF_MEMORY } from '../../status'
import { headerBits } from '../codes/about-code'
import { nLogN, wholeOf } from '../codes/logarithm'
import { pictureHeight, pictureWidth } from '../buffers'
import { mostGroups } from '../effort'
import { ALPHABETS } from '../symbols'
import { countsOf } from './group-counts'
import { FOLLOWS, PLACE_STARTS, places } from './tiles'

export const MOST_GROUPS: i32 = 128
/** Bits that joining two groups saves, f32, and the bits of each. */
let gains: usize = 0
const GROUP_BITS: usize = memory.data(4 * 128, 16)
/** The group that a group was joined into, or itself. */
const INTO: usize = memory.data(2 * 128, 16)
let groups: i32 = 0

/** Fewer pixels for each group do not pay for its header. */
const PIXELS_OF_GROUP: i32 = 256

/** Of a picture with so many tiles, at its effort. */
export function roomForGroups(tiles: i32): i32 {
  return min(min(MOST_GROUPS, mostGroups), min(tiles, 2 + pictureWidth * pictureHeight / PIXELS_OF_GROUP))
}

export function openJoins(most: i32): i32 {
  gains = allocate(<usize>most * most * 4)
  return gains ? OK : OUT_OF_MEMORY
}

/**
 * Bits of the symbols and of the header of what two groups hold together; of one alone, with itself left out.
 */
function jointBits(a: usize, b: usize): f32 {
  let all: f32 = 0
  for (let k = 0; k < ALPHABETS; k++) {
    const start = load<i32>(PLACE_STARTS + (<usize>k << 2))
    const end = load<i32>(PLACE_STARTS + (<usize>k << 2), 4)
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
    all += wholeOf(sum, most) + headerBits(used, gaps)
  }
  return all
}

@inline function gainAt(a: i32, b: i32): usize {
  return gains + (<usize>(a * groups + b) << 2)
}

/** Joins the two that save most, as long as any save. */
export function joinGroups(n: i32): void {
  groups = n
  charge(<i64>groups * groups * places)
  for (let g = 0; g < groups; g++) {
    store<f32>(GROUP_BITS + (<usize>g << 2), jointBits(countsOf(g), 0))
    store<u16>(INTO + (<usize>g << 1), <u16>g)
  }
  for (let a = 1; a < groups; a++) for (let b = 0; b < a; b++) store<f32>(gainAt(a, b), gainOf(a, b))
  while (true) {
    let most: f32 = 0, from = -1, into = -1
    for (let a = 1; a < groups; a++) {
      if (load<u16>(INTO + (<usize>a << 1)) != a) continue
      for (let b = 0; b < a; b++) {
        const gain = load<f32>(gainAt(a, b))
        if (gain > most) { most = gain; from = a; into = b }
      }
    }
    if (from < 0) break
    join(from, into)
  }
}

/** Where a group went. */
export function joinedInto(g: i32): i32 {
  while (load<u16>(INTO + (<usize>g << 1)) != g) g = <i32>load<u16>(INTO + (<usize>g << 1))
  return g
}

function gainOf(a: i32, b: i32): f32 {
  return load<f32>(GROUP_BITS + (<usize>a << 2)) + load<f32>(GROUP_BITS + (<usize>b << 2))
    - jointBits(countsOf(a), countsOf(b))
}

function join(from: i32, into: i32): void {
  store<u16>(INTO + (<usize>from << 1), <u16>into)
  const a = countsOf(from), b = countsOf(into)
  for (let i: usize = 0; i < <usize>places << 2; i += 4) {
    store<u32>(b + i, load<u32>(a + i) + load<u32>(b + i))
  }
  store<f32>(GROUP_BITS + (<usize>into << 2), jointBits(b, 0))
  charge(<i64>groups * places)
  for (let g = 0; g < groups; g++) {
    if (g == from) continue
    store<f32>(gainAt(max(g, from), min(g, from)), -1)
    if (g == into || load<u16>(INTO + (<usize>g << 1)) != g) continue
    store<f32>(gainAt(max(g, into), min(g, into)), gainOf(max(g, into), min(g, into)))
  }
}
