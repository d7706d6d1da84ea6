// How large the colour cache should be: the entropy of the symbols with each size, all found in one walk.
import { charge } from '../../../kernel/assembly/fuel'
import { allocate } from '../memory'
import { OK, OUT_OF_MEMORY } from '../status'
import { MOST_CACHE_BITS, hashOf, holdAllCaches, openAllCaches, openCache, placeInCacheOf } from './colour-cache'
import { entropyOf } from './codes/logarithm'
import { longestAt } from './copies/parse'
import { CACHE_AT, LENGTHS_AT, image, imageSize } from './symbols'
import { prefixSymbol } from './codes/values'
import { onlyAbout } from './effort'

const GREENS: i32 = CACHE_AT + (1 << MOST_CACHE_BITS)
const SYMBOLS: i32 = GREENS + 3 * 256
/** Bits in a header for each place that is used. */
const PLACE_BITS: f32 = 4
const COUNT_BYTES: usize = 4 * SYMBOLS * (MOST_CACHE_BITS + 1)
/** Of each size 0 to 10: counts. */
let counts: usize = 0

export function openCacheSize(): i32 {
  counts = allocate(COUNT_BYTES)
  return counts && holdAllCaches() ? OK : OUT_OF_MEMORY
}

@inline function count(bits: i32, symbol: i32): void {
  const p = counts + (<usize>(bits * SYMBOLS + symbol) << 2)
  store<u32>(p, load<u32>(p) + 1)
}

/** Of a large picture the longest copies on so many pixels are looked at, in strips from all over it. */
const SAMPLED: i32 = 1 << 16
const STRIPS: i32 = 8
let mostBits: i32 = 0
/** From one size that is looked at to the next: a comparison of ways does with every other. */
let step: i32 = 1
/** What a place costs in the header, for as much as is looked at. */
let placeBits: f32 = PLACE_BITS

/** Opens the cache that makes the least of the longest copies there are. */
export function chooseCache(): void {
  // More places than pixels are of no use.
  mostBits = min(MOST_CACHE_BITS, max(1, 31 - clz(imageSize)))
  step = onlyAbout ? 2 : 1
  memory.fill(counts, 0, 4 * SYMBOLS * <usize>(mostBits + 1))
  openAllCaches(mostBits)
  const whole = imageSize <= 2 * SAMPLED, n = whole ? imageSize : SAMPLED / STRIPS
  placeBits = whole ? PLACE_BITS : PLACE_BITS * <f32>SAMPLED / <f32>imageSize
  if (whole) look(0, n)
  else for (let i: i64 = 0; i < STRIPS; i++) {
    const start = <i32>(i * (imageSize - n) / (STRIPS - 1))
    look(start, start + n)
  }
  let best = 0, least = bitsOf(0)
  for (let bits = step; bits <= mostBits; bits += step) {
    const all = bitsOf(bits)
    if (all < least) { least = all; best = bits }
  }
  openCache(best)
}

function look(start: i32, end: i32): void {
  charge(<i64>(end - start) * 12)
  for (let i = start; i < end;) {
    const choice = longestAt(i)
    if (!choice) {
      literal(load<u32>(image + (<usize>(i++) << 2)))
      continue
    }
    const length = <i32>(choice & 4095), symbol = LENGTHS_AT + prefixSymbol(length)
    for (let bits = 0; bits <= mostBits; bits += step) count(bits, symbol)
    let before: u32 = 0
    for (const stop = min(end, i + length); i < stop; i++) {
      const pixel = load<u32>(image + (<usize>i << 2))
      if (pixel == before) continue // it stands there already
      before = pixel
      const hash = hashOf(pixel)
      for (let bits = step; bits <= mostBits; bits += step) placeInCacheOf(bits, pixel, hash)
    }
  }
}

function literal(pixel: u32): void {
  const hash = hashOf(pixel)
  for (let bits = 0; bits <= mostBits; bits += step) {
    const place = bits ? placeInCacheOf(bits, pixel, hash) : -1
    if (place >= 0) {
      count(bits, CACHE_AT + place)
      continue
    }
    count(bits, pixel >> 8 & 255)
    count(bits, GREENS + (pixel >> 16 & 255))
    count(bits, GREENS + 256 + (pixel & 255))
    count(bits, GREENS + 512 + (pixel >> 24))
  }
}

function bitsOf(bits: i32): f64 {
  let all = entropy(bits, 0, CACHE_AT + (bits ? 1 << bits : 0))
  for (let i = 0; i < 3; i++) all += entropy(bits, GREENS + i * 256, 256)
  return all
}

function entropy(bits: i32, from: i32, n: i32): f64 {
  const p = counts + (<usize>(bits * SYMBOLS + from) << 2)
  let used = 0
  if (from == 0) for (let i = CACHE_AT; i < n; i++) used += <i32>(load<u32>(p + (<usize>i << 2)) != 0)
  return <f64>entropyOf(p, n) + <f64>used * placeBits
}
