// Which pixels are literals and which are copied: at first by the longest matches, then by what both cost.
//
// The cheapest parse is found from the end backwards. What follows a pixel never costs more the later one is,
// for a copy may begin one pixel later as well; so of all lengths that cost the same only the longest need be
// tried.
import { charge } from '../../../../kernel/assembly/fuel'
import { allocate } from '../../memory'
import { OK, OUT_OF_MEMORY } from '../../status'
import { choices, matches } from '../buffers'
import { cacheBits, openCache, placeInCache } from '../colour-cache'
import { LEAST_LENGTH_COST, LENGTH_COSTS, NEAR_COSTS, COST_BYTES, distanceCost, literalCost } from '../costs'
import { nearTried } from '../effort'
import { LONGEST, STRETCH } from './matches'
import { isNearRun, nearDistance, nearRun, startNearRuns } from './near'
import { CACHE_AT, groupAt, groupOf, image, imageSize, imageWidth, tileBits } from '../symbols'
import { firstValue, prefixSymbol } from '../codes/values'

/** Shorter matches are literals at first. */
const SHORTEST: i32 = 3
/**
 * So many shorter lengths are tried of a copy, fewer of a long one: those that end where their symbol does.
 */
const SHORTER: i32 = 8, LONG: i32 = 64, SHORTER_OF_LONG: i32 = 2
/** Where so many pixels can be copied, it hardly matters from where: places near by are not followed. */
const ENOUGH: i32 = 1024

/** What it costs to code the stretch from a pixel on, u32 in 1/64 of a bit. */
let rest: usize = 0
let literals: usize = 0
const FIRST_VALUES: usize = memory.data(2 * 32, 16)

export function openParse(n: i32): i32 {
  const most = <usize>min(n, STRETCH)
  rest = allocate((most + 1) << 2)
  literals = allocate(most << 1)
  for (let i = 0; i < 25; i++) store<u16>(FIRST_VALUES + (<usize>i << 1), <u16>firstValue(i))
  return rest && literals ? OK : OUT_OF_MEMORY
}

export function chooseLiterals(): void {
  memory.fill(choices, 0, <usize>imageSize << 2)
}

@inline function matchAt(i: i32): u32 {
  return load<u32>(matches + (<usize>i << 2))
}

/** The longest match, unless the next one is longer. */
@inline export function longestAt(i: i32): u32 {
  const match = matchAt(i), length = <i32>(match & 4095)
  const later = i + 1 < imageSize ? <i32>(matchAt(i + 1) & 4095) : 0
  return length >= SHORTEST && later <= length + 1 ? match : 0
}

export function chooseLongest(): void {
  charge(imageSize)
  for (let i = 0; i < imageSize;) {
    const choice = longestAt(i)
    store<u32>(choices + (<usize>i << 2), choice)
    i += choice ? <i32>(choice & 4095) : 1
  }
}

/** By the costs of each group, from `costs` on. */
export function chooseCheapest(costs: usize): void {
  if (cacheBits) openCache(cacheBits)
  for (let start = 0; start < imageSize; start += STRETCH) {
    const end = min(imageSize, start + STRETCH)
    priceLiterals(costs, start, end)
    solve(costs, start, end)
  }
}

function priceLiterals(costs: usize, start: i32, end: i32): void {
  charge(end - start)
  const mask = groupOf ? (1 << tileBits) - 1 : -1
  let y = start / imageWidth, x = start - y * imageWidth
  let group = costs + groupAt(x, y) * COST_BYTES
  for (let i = start; i < end; i++) {
    if (x == imageWidth) { x = 0; y++ }
    if ((x & mask) == 0) group = costs + groupAt(x, y) * COST_BYTES
    const pixel = load<u32>(image + (<usize>i << 2)), place = cacheBits ? placeInCache(pixel) : -1
    const cached = group + (<usize>(CACHE_AT + place) << 1)
    const cost = place < 0 ? literalCost(group, pixel) : <i32>load<u16>(cached)
    store<u16>(literals + (<usize>(i - start) << 1), <u16>cost)
    x++
  }
}

let best: u32 = 0, bestChoice: u32 = 0

function solve(costs: usize, start: i32, end: i32): void {
  const mask = groupOf ? (1 << tileBits) - 1 : -1
  const near = nearTried
  charge(<i64>(end - start) * (4 + near))
  let y = (end - 1) / imageWidth, x = end - 1 - y * imageWidth
  let group = costs + groupAt(x, y) * COST_BYTES
  let followed = false
  // Of neighbours, mostly the same.
  let matchDistance = 0, matchCost: u32 = 0, matchGroup: usize = 0
  store<u32>(rest + (<usize>(end - start) << 2), 0)
  for (let i = end - 1; i >= start; i--) {
    if (x < 0) { x = imageWidth - 1; y-- }
    if ((x & mask) == mask || x == imageWidth - 1) group = costs + groupAt(x, y) * COST_BYTES
    const pixel = load<u32>(image + (<usize>i << 2)), here = rest + (<usize>(i - start) << 2)
    best = load<u32>(here, 4) + load<u16>(literals + (<usize>(i - start) << 1))
    bestChoice = 0
    const least = <u32>load<u16>(group + LEAST_LENGTH_COST)
    const match = matchAt(i), matched = <i32>(match & 4095), far = <i32>(match >> 12)
    let isTried = matched < 2
    if (matched >= ENOUGH) followed = false
    else {
      if (!followed) startNearRuns()
      followed = true
      for (let k = 0; k < near; k++) {
        const run = nearRun(k, image, i, pixel)
        if (run < 2) continue
        const cost = load<u16>(group + NEAR_COSTS + (<usize>k << 1))
        tryCopy(group, here, nearDistance(k), min(run, LONGEST), cost, least)
      }
      if (near >= 2 && isNearRun(far, matched)) isTried = true
    }
    if (!isTried) {
      if (far != matchDistance || group != matchGroup) {
        matchDistance = far
        matchGroup = group
        matchCost = distanceCost(group, far)
      }
      tryCopy(group, here, far, matched, matchCost, least)
    }
    store<u32>(here, best)
    store<u32>(choices + (<usize>i << 2), bestChoice)
    x--
  }
}

/** `cost` is of the distance, `least` of the cheapest length. */
@inline function tryCopy(group: usize, here: usize, distance: i32, length: i32, cost: u32, least: u32): void {
  // No length can be cheaper than what follows the longest and the least.
  if (load<u32>(here + (<usize>length << 2)) + cost + least >= best) return
  tryLengths(group, here, distance, length, cost, least)
}

function tryLengths(group: usize, here: usize, distance: i32, length: i32, cost: u32, least: u32): void {
  let symbol = prefixSymbol(length)
  const last = max(0, symbol - (length < LONG ? SHORTER : SHORTER_OF_LONG))
  while (true) {
    const after = load<u32>(here + (<usize>length << 2)) + cost
    if (after + least >= best) return
    const all = after + load<u16>(group + LENGTH_COSTS + (<usize>symbol << 1))
    if (all < best) {
      best = all
      bestChoice = distance << 12 | length
    }
    if (symbol == last) return
    length = <i32>load<u16>(FIRST_VALUES + (<usize>symbol << 1)) - 1
    symbol--
  }
}
