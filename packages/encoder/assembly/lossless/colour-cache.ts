// Colours that were seen lately, by a hash of them (RFC 9649, section 5.2.3). What is in it depends on the
// pixels alone, not on how they are coded, since copies put theirs in too.
import { allocate } from '../memory'

export const MOST_CACHE_BITS: i32 = 10
const COLOURS: usize = memory.data(4 << 10, 16)
const MULTIPLIER: u32 = 0x1e35a7bd

let shift: i32 = 32
export let cacheBits: i32 = 0

export function openCache(bits: i32): void {
  cacheBits = bits
  shift = 32 - bits
  memory.fill(COLOURS, 0, <usize>4 << bits)
}

@inline export function hashOf(pixel: u32): u32 {
  return pixel * MULTIPLIER
}

/** The place where the pixel stands already, or -1; it stands there afterwards. Not without a cache. */
@inline export function placeInCache(pixel: u32): i32 {
  const place = hashOf(pixel) >> shift, p = COLOURS + (<usize>place << 2)
  if (load<u32>(p) == pixel) return place
  store<u32>(p, pixel)
  return -1
}

/** What a copy of n pixels puts there. */
export function placeAllInCache(px: usize, n: i32): void {
  let before = ~load<u32>(px)
  for (const end = px + (<usize>n << 2); px < end; px += 4) {
    const pixel = load<u32>(px)
    if (pixel != before) placeInCache(pixel)
    before = pixel
  }
}

// For the choice of a size all of them are kept at once: behind each other, the one of `bits` at 1 << bits.
let all: usize = 0

export function holdAllCaches(): bool {
  all = allocate(4 << (MOST_CACHE_BITS + 1))
  return all != 0
}

export function openAllCaches(mostBits: i32): void {
  memory.fill(all, 0, <usize>4 << (mostBits + 1))
}
@inline export function placeInCacheOf(bits: i32, pixel: u32, hash: u32): i32 {
  const place = hash >> (32 - bits), p = all + (<usize>((1 << bits) + place) << 2)
  if (load<u32>(p) == pixel) return place
  store<u32>(p, pixel)
  return -1
}
