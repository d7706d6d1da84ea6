// What the predictions of a tile cost: about, by what a vector instruction can tell, and exactly for the likeliest.
import { allocate } from '../../memory'
import { OK, OUT_OF_MEMORY } from '../../status'
import { modesPriced } from '../effort'
import { APART, MODES, ROUGH, leaveAll } from './predictions'
import { greenAlone, residuesCost } from './residues'

/** Differences of the tile in hand by every mode. */
let residues: usize = 0
/** About what they cost, and the same in order. */
const ABOUT: usize = memory.data(4 * 14, 16)
const IN_ORDER: usize = memory.data(4 * 14, 16)

/** What is left of four pixels that are predicted exactly costs about so much. */
const ABOUT_NOTHING: u32 = 32
let aboutNothing: u32 = 0

export function openTileCosts(): i32 {
  residues = allocate(<usize>MODES * APART)
  return residues ? OK : OUT_OF_MEMORY
}

@inline export function leftBy(mode: i32): usize {
  return residues + <usize>mode * APART
}

/** What all modes leave of a tile. Gives the bytes that each has. */
export function leaveTile(px: usize, width: i32, left: i32, top: i32, right: i32, bottom: i32): usize {
  const stride = <usize>width << 2
  memory.fill(ROUGH, 0, 16 * MODES)
  aboutNothing = left < right ? ABOUT_NOTHING * <u32>((right - left + 3 >> 2) * max(0, bottom - top)) : 0
  let rowStart = residues
  for (let y = top; y < bottom; y++) {
    const row = px + <usize>y * stride, end = row + (<usize>right << 2)
    let to = rowStart
    for (let p = row + (<usize>left << 2); p < end; p += 16, to += 16) {
      const above = p - stride
      leaveAll(v128.load(p), v128.load(p - 4), v128.load(above), v128.load(above - 4), v128.load(above + 4), to)
    }
    if (left < right) rowStart += <usize>(right - left) << 2
  }
  return rowStart - residues
}

/** Costs of all modes: those of the likeliest exactly, by which others are estimated. Gives the cheapest. */
export function costTile(bytes: usize, to: usize): i32 {
  sumRough()
  // Of one channel exact prices cost little.
  let limit = highestOf(greenAlone ? MODES : modesPriced)
  // Where a mode leaves nothing, no other can be cheaper.
  const nothing = load<u32>(IN_ORDER) == aboutNothing
  if (nothing) limit = aboutNothing
  let best = -1, least = u32.MAX_VALUE, dearest: u32 = 0, dearestAbout: u32 = 0
  for (let mode = 0; mode < MODES; mode++) {
    const about = aboutCost(mode)
    if (about > limit) continue
    const cost = nothing && best >= 0 ? least : residuesCost(leftBy(mode), leftBy(mode) + bytes)
    store<u32>(to + (<usize>mode << 2), cost)
    if (cost < least) { least = cost; best = mode }
    if (about >= dearestAbout) { dearest = cost; dearestAbout = about }
  }
  for (let mode = 0; mode < MODES; mode++) {
    const about = aboutCost(mode)
    if (about > limit) store<u32>(to + (<usize>mode << 2), dearest + (about - dearestAbout) * 4)
  }
  return best
}

/** About what the modes cost for the tile in hand. */
function sumRough(): void {
  for (let mode: usize = 0; mode < <usize>MODES; mode++) {
    const four = i32x4.extadd_pairwise_i16x8_u(v128.load(ROUGH + (mode << 4)))
    const two = i32x4.add(four, v128.shuffle<i32>(four, four, 2, 3, 0, 1))
    store<i32>(ABOUT + (mode << 2), i32x4.extract_lane(two, 0) + i32x4.extract_lane(two, 1))
  }
}

/** The same for what they cost for tiles together. */
export function mostOfLikely(costs: usize, tiles: i32): u32 {
  memory.fill(ABOUT, 0, 4 * MODES)
  for (let t = 0; t < tiles; t++) {
    for (let i: usize = 0; i < 4 * <usize>MODES; i += 4) {
      store<u32>(ABOUT + i, load<u32>(ABOUT + i) + load<u32>(costs + <usize>t * MODES * 4 + i))
    }
  }
  return highestOf(modesPriced)
}

@inline export function aboutCost(mode: i32): u32 {
  return load<u32>(ABOUT + (<usize>mode << 2))
}

/** The highest of the figures of the `n` likeliest modes. */
function highestOf(n: i32): u32 {
  for (let mode: usize = 0; mode < <usize>MODES; mode++) {
    const about = load<u32>(ABOUT + (mode << 2))
    let k = mode
    for (; k > 0 && load<u32>(IN_ORDER + ((k - 1) << 2)) > about; k--) {
      store<u32>(IN_ORDER + (k << 2), load<u32>(IN_ORDER + ((k - 1) << 2)))
    }
    store<u32>(IN_ORDER + (k << 2), about)
  }
  return load<u32>(IN_ORDER + (<usize>(n - 1) << 2))
}
