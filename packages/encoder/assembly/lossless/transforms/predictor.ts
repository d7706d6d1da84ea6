// The predictor transform (RFC 9649, section 4.1): each tile has the one of 14 predictions whose differences
// cost least. L is to the left, T above, TL and TR beside that one. All are pixels as they are, so four go at
// a time.
import { charge } from '../../../../kernel/assembly/fuel'
import { allocate } from '../../memory'
import { OUT_OF_MEMORY } from '../../status'
import { predictBitsLeast, predictPasses } from '../effort'
import { BLACK, MODES, predict } from './predictions'
import {
  clearResidues, countResidue, learnResidues, openResidues, priceAtFirst, priceResidues, priceResiduesOf,
  residuesEntropy, setChannels,
} from './residues'
import { aboutCost, costTile, leaveTile, leftBy, mostOfLikely, openTileCosts } from './tile-costs'
import { tilesFor } from '../groups/tiles'

const LARGEST: i32 = 9
/**
 * What a mode costs in the image of modes, in 1/16 of a bit: one that is that of the tile to the left, and
 * others.
 */
const SAME: u32 = 12
const OTHER: u32 = 64

/** Of each tile the costs of all modes, u32. */
let costs: usize = 0
/** Modes of the tiles, as pixels. */
export let modes: usize = 0
let tried: usize = 0
export let predictBits: i32 = 0
const FOUR: usize = memory.data(16, 16)

/** @param tiles of the smallest size */
export function openPredictor(tiles: i32): i32 {
  openResidues()
  costs = allocate(<usize>tiles * MODES * 4)
  modes = allocate(<usize>tiles << 2)
  tried = allocate(<usize>tiles << 2)
  return costs && modes && tried ? openTileCosts() : OUT_OF_MEMORY
}

/** Chooses the modes and the size of tiles, and replaces the pixels by their differences. */
export function applyPredictor(px: usize, width: i32, height: i32, one: bool): void {
  setChannels(px, <usize>width * height)
  priceAtFirst()
  clearResidues()
  for (let pass = 0; pass < predictPasses; pass++) {
    if (pass) {
      priceChosen(px, width, height)
      priceResiduesOf(width * height)
    }
    adaptive = pass == 0
    costModes(px, width, height)
    chooseTiles(width, height)
  }
  if (one) tryOneMode(px, width, height)
  subtract(px, width, height)
}

/**
 * One mode for all is better than tiles that each have the best where all differences are alike then: tiles
 * do not know of each other.
 */
function tryOneMode(px: usize, width: i32, height: i32): void {
  priceChosen(px, width, height)
  let least = residuesEntropy() + <f32>4 * <f32>(tilesFor(width, predictBits) * tilesFor(height, predictBits))
  let best = -1
  const bits = predictBits
  memory.copy(tried, modes, <usize>tilesFor(width, bits) * tilesFor(height, bits) << 2)
  predictBits = LARGEST
  const tiles = tilesFor(width, LARGEST) * tilesFor(height, LARGEST)
  const limit = mostOfLikely(costs, largestTiles)
  for (let mode = 1; mode < MODES; mode++) {
    if (aboutCost(mode) > limit) continue
    setOneMode(mode, tiles)
    priceChosen(px, width, height)
    const entropy = residuesEntropy()
    if (entropy < least) { least = entropy; best = mode }
  }
  if (best >= 0) return setOneMode(best, tiles)
  predictBits = bits
  memory.copy(modes, tried, <usize>tilesFor(width, bits) * tilesFor(height, bits) << 2)
}

function setOneMode(mode: i32, tiles: i32): void {
  for (let t = 0; t < tiles; t++) store<u32>(modes + (<usize>t << 2), mode << 8)
}

/** In the first pass prices follow what the tiles before would choose. */
let adaptive: bool = false

/** Costs of all modes for all of the smallest tiles. The first row and column have no choice. */
function costModes(px: usize, width: i32, height: i32): void {
  const bits = predictBitsLeast, wide = tilesFor(width, bits), high = tilesFor(height, bits)
  charge(<i64>width * height * 40)
  let to = costs, first = true
  for (let ty = 0; ty < high; ty++) {
    for (let tx = 0; tx < wide; tx++, to += MODES * 4) {
      const right = min(width, (tx + 1) << bits), bottom = min(height, (ty + 1) << bits)
      const bytes = leaveTile(px, width, max(1, tx << bits), max(1, ty << bits), right, bottom)
      const best = costTile(bytes, to)
      if (!adaptive) continue
      learnResidues(leftBy(best), leftBy(best) + bytes)
      // From now on by counts alone.
      if (first) priceResidues()
      first = false
    }
  }
}

/** As many are left when they cannot be joined any more. */
let largestTiles: i32 = 0

/** Tries tiles of every size, by joining four at a time. */
function chooseTiles(width: i32, height: i32): void {
  let least = u64.MAX_VALUE
  let wide = tilesFor(width, predictBitsLeast), high = tilesFor(height, predictBitsLeast)
  for (let bits = predictBitsLeast; ; bits++) {
    charge(<i64>wide * high * MODES * 2)
    const all = chooseModes(wide, high)
    if (all < least) {
      least = all
      predictBits = bits
      memory.copy(modes, tried, <usize>wide * high << 2)
    }
    largestTiles = wide * high
    if (bits == LARGEST || largestTiles == 1) return
    joinTiles(wide, high)
    wide = tilesFor(width, bits + 1)
    high = tilesFor(height, bits + 1)
  }
}

/** The best mode of each tile, to `tried`. Gives what all cost. */
function chooseModes(wide: i32, high: i32): u64 {
  let all: u64 = 0, p = costs, before = -1
  for (let t = 0; t < wide * high; t++, p += MODES * 4) {
    let best = 0, least = u32.MAX_VALUE
    for (let mode = 0; mode < MODES; mode++) {
      const above = t >= wide && load<u32>(tried + (<usize>(t - wide) << 2)) >> 8 == mode
      const cost = load<u32>(p + (<usize>mode << 2)) + (mode == before || above ? SAME : OTHER)
      if (cost < least) { least = cost; best = mode }
    }
    all += least
    before = best
    store<u32>(tried + (<usize>t << 2), best << 8)
  }
  return all
}

function joinTiles(wide: i32, high: i32): void {
  const to = (wide + 1) >> 1
  for (let y = 0; y < high; y += 2) {
    for (let x = 0; x < wide; x += 2) {
      const a = costs + <usize>(y * wide + x) * MODES * 4, b = a + <usize>wide * MODES * 4
      const joined = costs + <usize>((y >> 1) * to + (x >> 1)) * MODES * 4
      const right = x + 1 < wide, below = y + 1 < high
      for (let i: usize = 0; i < 4 * <usize>MODES; i += 4) {
        let cost = load<u32>(a + i)
        if (right) cost += load<u32>(a + i, MODES * 4)
        if (below) cost += load<u32>(b + i)
        if (right && below) cost += load<u32>(b + i, MODES * 4)
        store<u32>(joined + i, cost)
      }
    }
  }
}

@inline function modeAt(x: i32, y: i32, wide: i32): i32 {
  return <i32>(load<u32>(modes + (<usize>((y >> predictBits) * wide + (x >> predictBits)) << 2)) >> 8)
}

/** Differences of four pixels at (x, y) from what a decoder predicts. */
@inline function differences(px: usize, x: i32, y: i32, width: i32, mode: i32): v128 {
  const p = px + (<usize>(y * width + x) << 2)
  const v = v128.load(p), l = v128.load(p - 4)
  if (y == 0) return i8x16.sub(v, x ? l : i32x4.replace_lane(l, 0, BLACK))
  const above = p - (<usize>width << 2), t = v128.load(above)
  const predicted = predict(mode, l, t, v128.load(above - 4), v128.load(above + 4))
  return i8x16.sub(v, x ? predicted : i32x4.replace_lane(predicted, 0, i32x4.extract_lane(t, 0)))
}

/** Counts the differences that the chosen modes leave. */
function priceChosen(px: usize, width: i32, height: i32): void {
  const wide = tilesFor(width, predictBits)
  charge(<i64>width * height * 3)
  clearResidues()
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += 4) {
      v128.store(FOUR, differences(px, x, y, width, modeAt(x, y, wide)))
      const n: usize = min(4, width - x)
      for (let i: usize = 0; i < n; i++) countResidue(load<u32>(FOUR + (i << 2)))
    }
  }
}

/** In place: last pixels first, for a prediction looks at earlier ones. */
function subtract(px: usize, width: i32, height: i32): void {
  const wide = tilesFor(width, predictBits)
  charge(<i64>width * height * 2)
  for (let y = height - 1; y >= 0; y--) {
    for (let x = (width - 1) & ~3; x >= 0; x -= 4) {
      const d = differences(px, x, y, width, modeAt(x, y, wide)), p = px + (<usize>(y * width + x) << 2)
      if (x + 4 <= width) v128.store(p, d)
      else {
        v128.store(FOUR, d)
        memory.copy(p, FOUR, <usize>(width - x) << 2)
      }
    }
  }
}
