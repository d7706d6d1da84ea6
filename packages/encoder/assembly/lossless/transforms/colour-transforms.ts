// The transforms within a pixel: subtract-green (RFC 9649, section 4.3), and the color transform (4.2), which
// lessens red and blue by parts of green, and blue by a part of red.
import { charge } from '../../../../kernel/assembly/fuel'
import { allocate } from '../../memory'
import { OK, OUT_OF_MEMORY } from '../../status'
import { pictureHeight, pictureWidth } from '../buffers'
import { crossBitsLeast, onlyAbout } from '../effort'
import { channelCost, clearResidues, countResidue, priceResiduesOf } from './residues'
import { tilesFor } from '../groups/tiles'

const BLUE: i32 = 0, RED: i32 = 2
/** What multipliers cost that are not those of the tile to the left, in 1/16 of a bit. */
const OTHER: u32 = 160
/** No cost reaches it: that of the whole tile is asked for. */
const ALL: u32 = u32.MAX_VALUE

/** Of each tile the multipliers as a pixel: red to blue, green to blue, green to red. */
export let multipliers: usize = 0
export let crossBits: i32 = 0
let tileX: i32 = 0, tileY: i32 = 0, tileEndX: i32 = 0, tileEndY: i32 = 0

export function openCrossColour(): i32 {
  const tiles = tilesFor(pictureWidth, crossBitsLeast) * tilesFor(pictureHeight, crossBitsLeast)
  multipliers = allocate(<usize>tiles << 2)
  return multipliers ? OK : OUT_OF_MEMORY
}

export function subtractGreen(px: usize, n: usize): void {
  charge(n >> 2)
  // Four at a time; up to three pixels past the end are room that nobody uses.
  for (const end = px + (n << 2); px < end; px += 16) {
    const v = v128.load(px)
    const green = i8x16.shuffle(v, i64x2.splat(0), 1, 16, 1, 16, 5, 16, 5, 16, 9, 16, 9, 16, 13, 16, 13, 16)
    v128.store(px, i8x16.sub(v, green))
  }
}

@inline function part(multiplier: i32, colour: i32): i32 {
  return (multiplier * colour) >> 5
}

/**
 * Chooses the multipliers of each tile and applies them. False, and nothing is changed, where they do not
 * pay.
 */
export function applyCrossColour(px: usize, width: i32, height: i32): bool {
  const n = width * height
  charge(<i64>n * 40)
  clearResidues()
  for (let i = 0; i < n; i++) countResidue(load<u32>(px + (<usize>i << 2)))
  priceResiduesOf(n)
  crossBits = crossBitsLeast
  const wide = tilesFor(width, crossBits), high = tilesFor(height, crossBits)
  let saved: i64 = 0, before: u32 = 0
  for (let t = 0; t < wide * high; t++) {
    tileX = t % wide << crossBits
    tileY = t / wide << crossBits
    tileEndX = min(width, tileX + (1 << crossBits))
    tileEndY = min(height, tileY + (1 << crossBits))
    before = chooseMultipliers(px, width, before)
    saved += tileSaving
    store<u32>(multipliers + (<usize>t << 2), before)
  }
  if (saved <= 0) return false
  for (let t = 0; t < wide * high; t++) {
    const m = load<u32>(multipliers + (<usize>t << 2))
    if (!m) continue
    tileX = t % wide << crossBits
    tileY = t / wide << crossBits
    tileEndX = min(width, tileX + (1 << crossBits))
    tileEndY = min(height, tileY + (1 << crossBits))
    applyTile(px, width, <i32>(<i8>m), <i32>(<i8>(m >> 8)), <i32>(<i8>(m >> 16)))
  }
  return true
}

let tileSaving: i64 = 0
let bestCost: u32 = 0

/**
 * What the tile costs with none, with those of the tile before, and with the best that is found from either.
 */
function chooseMultipliers(px: usize, width: i32, before: u32): u32 {
  const none = redCost(px, width, 0, ALL) + blueCost(px, width, 0, 0, ALL)
  const redBefore = <i32>(<i8>before)
  const greenBefore = <i32>(<i8>(before >> 8)), blueBefore = <i32>(<i8>(before >> 16))
  const same = before ? redCost(px, width, redBefore, ALL) + blueCost(px, width, greenBefore, blueBefore, ALL) : none
  const isSameFine = same <= none + (before ? OTHER : 0)
  tileSaving = <i64>none - same
  // Whatever is found costs more.
  if (isSameFine && same <= OTHER) return before
  const greenToRed = descendRed(px, width, redBefore)
  let cost = bestCost
  descendBlue(px, width, greenBefore, blueBefore)
  cost += bestCost + OTHER
  const m = <u32>(greenToRed & 255) | <u32>(bestGreen & 255) << 8 | <u32>(bestRed & 255) << 16
  if (isSameFine && same <= cost) return before
  if (none + OTHER <= cost) {
    tileSaving = -<i64>OTHER
    return 0
  }
  tileSaving = <i64>none - cost
  return m
}

/** A comparison of ways needs no more than about what multipliers save. */
@inline function leastStep(): i32 {
  return onlyAbout ? 4 : 1
}

function descendRed(px: usize, width: i32, from: i32): i32 {
  let best = from
  bestCost = redCost(px, width, from, ALL)
  for (let step = 16; step >= leastStep(); step >>= 1) {
    const middle = best
    for (let m = middle - step; m <= middle + step; m += 2 * step) {
      if (m < -128 || m > 127) continue
      const cost = redCost(px, width, m, bestCost)
      if (cost < bestCost) { bestCost = cost; best = m }
    }
  }
  return best
}

let bestGreen: i32 = 0, bestRed: i32 = 0

function descendBlue(px: usize, width: i32, green: i32, red: i32): void {
  bestGreen = green
  bestRed = red
  bestCost = blueCost(px, width, green, red, ALL)
  for (let step = 16; step >= leastStep(); step >>= 1) {
    const middle = bestGreen, center = bestRed
    tryBlue(px, width, middle - step, center)
    tryBlue(px, width, middle + step, center)
    const g = bestGreen
    tryBlue(px, width, g, center - step)
    tryBlue(px, width, g, center + step)
  }
}

function tryBlue(px: usize, width: i32, green: i32, red: i32): void {
  if (green < -128 || green > 127 || red < -128 || red > 127) return
  const cost = blueCost(px, width, green, red, bestCost)
  if (cost >= bestCost) return
  bestCost = cost
  bestGreen = green
  bestRed = red
}

/** What the tile's reds cost; where that is not below `most`, what its first rows do. */
function redCost(px: usize, width: i32, m: i32, most: u32): u32 {
  let cost: u32 = 0
  for (let y = tileY; y < tileEndY && cost < most; y++) {
    const row = px + (<usize>(y * width) << 2)
    for (let x = tileX; x < tileEndX; x++) {
      const v = load<u32>(row + (<usize>x << 2))
      cost += channelCost(RED, <i32>(v >> 16) - part(m, <i32>(<i8>(v >> 8))))
    }
  }
  return cost
}

function blueCost(px: usize, width: i32, green: i32, red: i32, most: u32): u32 {
  let cost: u32 = 0
  for (let y = tileY; y < tileEndY && cost < most; y++) {
    const row = px + (<usize>(y * width) << 2)
    for (let x = tileX; x < tileEndX; x++) {
      const v = load<u32>(row + (<usize>x << 2))
      cost += channelCost(BLUE, <i32>v - part(green, <i32>(<i8>(v >> 8))) - part(red, <i32>(<i8>(v >> 16))))
    }
  }
  return cost
}

function applyTile(px: usize, width: i32, greenToRed: i32, greenToBlue: i32, redToBlue: i32): void {
  for (let y = tileY; y < tileEndY; y++) {
    const row = px + (<usize>(y * width) << 2)
    for (let x = tileX; x < tileEndX; x++) {
      const p = row + (<usize>x << 2), v = load<u32>(p)
      const green = <i32>(<i8>(v >> 8)), red = <i32>(<i8>(v >> 16))
      store<u8>(p, <u8>(<i32>v - part(greenToBlue, green) - part(redToBlue, red)))
      store<u8>(p, <u8>(<i32>(v >> 16) - part(greenToRed, green)), 2)
    }
  }
}
