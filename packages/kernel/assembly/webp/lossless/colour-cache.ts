// Colours that were seen lately, by a hash of them (RFC 9649, 3.6.3 and 5.2.3).

export const MOST_CACHE_BITS = 11
const COLOURS: usize = memory.data(4 << MOST_CACHE_BITS, 16)
const MULTIPLIER: u32 = 0x1e35a7bd

let shift: i32 = 0
/** Colours that there is room for; 0 without a cache. */
export let cachePlaces: i32 = 0

/** An empty cache of 1 to MOST_CACHE_BITS bits, or none with 0. */
export function openCache(bits: i32): void {
  cachePlaces = bits ? 1 << bits : 0
  shift = 32 - bits
  memory.fill(COLOURS, 0, <usize>cachePlaces << 2)
}

/** Puts the pixels in [from, to) in, in turn. */
export function cachePixels(from: usize, to: usize): void {
  for (; from < to; from += 4) {
    const colour = load<u32>(from)
    store<u32>(COLOURS + (<usize>((colour * MULTIPLIER) >> shift) << 2), colour)
  }
}

// @ts-ignore: decorator
@inline export function cached(place: i32): u32 {
  return load<u32>(COLOURS + (<usize>place << 2))
}
