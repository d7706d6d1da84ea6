// How large the colour cache should be: the entropy of the symbols with each size, all found in one walk.
import { charge } from '../../../kernel/assembly/fuel'
import { allocate } from '../memory'
import { OK, OUT_OF_MEMORY } from '../status'
import { choices } from './buffers'
import { MOST_CACHE_BITS, hashOf, openAllCaches, openCache, placeInCacheOf } from './colour-cache'
import { entropyOf } from './codes/logarithm'
import { CACHE_AT, LENGTHS_AT, image, imageSize } from './symbols'
import { prefixSymbol } from './codes/values'

const GREENS: i32 = CACHE_AT + (1 << MOST_CACHE_BITS)
const SYMBOLS: i32 = GREENS + 3 * 256
/** Bits in a header for each place that is used. */
const PLACE_BITS: f32 = 4
const COUNT_BYTES: usize = 4 * SYMBOLS * (MOST_CACHE_BITS + 1)
/** Of each size 0 to 10: counts. */
let counts: usize = 0

export function openCacheSize(): i32 {
  counts = allocate(COUNT_BYTES)
  return counts ? OK : OUT_OF_MEMORY
}

@inline function count(bits: i32, symbol: i32): void {
  const p = counts + (<usize>(bits * SYMBOLS + symbol) << 2)
  store<u32>(p, load<u32>(p) + 1)
}

/** Opens the cache that makes the least of the choices there are. */
export function chooseCache(): void {
  charge(<i64>imageSize * 12)
  memory.fill(counts, 0, COUNT_BYTES)
  openAllCaches()
  for (let i = 0; i < imageSize;) {
    const choice = load<u32>(choices + (<usize>i << 2))
    if (!choice) {
      literal(load<u32>(image + (<usize>(i++) << 2)))
      continue
    }
    const length = <i32>(choice & 4095), symbol = LENGTHS_AT + prefixSymbol(length)
    for (let bits = 0; bits <= MOST_CACHE_BITS; bits++) count(bits, symbol)
    let before: u32 = 0
    for (const end = i + length; i < end; i++) {
      const pixel = load<u32>(image + (<usize>i << 2))
      if (pixel == before) continue // it stands there already
      before = pixel
      const hash = hashOf(pixel)
      for (let bits = 1; bits <= MOST_CACHE_BITS; bits++) placeInCacheOf(bits, pixel, hash)
    }
  }
  let best = 0, least = bitsOf(0)
  for (let bits = 1; bits <= MOST_CACHE_BITS; bits++) {
    const all = bitsOf(bits)
    if (all < least) { least = all; best = bits }
  }
  openCache(best)
}

function literal(pixel: u32): void {
  const hash = hashOf(pixel)
  for (let bits = 0; bits <= MOST_CACHE_BITS; bits++) {
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
  return <f64>entropyOf(p, n) + <f64>used * PLACE_BITS
}
