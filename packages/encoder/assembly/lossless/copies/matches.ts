// The longest earlier occurrence of what follows each pixel (LZ77), by chains of pairs with the same hash.
import { charge } from '../../../../kernel/assembly/fuel'
import { allocate } from '../../memory'
import { OK, OUT_OF_MEMORY } from '../../status'
import { MOST_SMALL, linkMask, links, matches } from '../buffers'
import { WINDOW } from './distances'
import { chainLimit, niceLength } from '../effort'

/** A length has 12 bits in a choice; the format would allow one more. */
export const LONGEST: i32 = 4095
/** So many pixels are looked at as one stretch, and no match goes past its end. */
export const STRETCH: i32 = 1 << 18
const MOST_HASH_BITS: i32 = 16
const RUN_CAP: i32 = LONGEST + 1

/** The last pixel of each hash. */
let heads: usize = 0

export function openMatches(n: i32): i32 {
  heads = allocate(<usize>4 << hashBits(max(n, MOST_SMALL)))
  return heads ? OK : OUT_OF_MEMORY
}

function hashBits(n: i32): i32 {
  return min(MOST_HASH_BITS, max(6, 32 - clz(n)))
}

@inline function hash(a: u32, b: u32, shift: i32): usize {
  return <usize>((a * 0x9e3779b1 ^ b * 0x85ebca6b) * 0xc2b2ae35 >> shift) << 2
}

@inline function pixelAt(px: usize, i: i32): u32 { return load<u32>(px + (<usize>i << 2)) }

/** Fills `matches` for n pixels in rows of `width`. */
export function findMatches(px: usize, n: i32, width: i32): void {
  const bits = hashBits(n)
  memory.fill(heads, 0xff, <usize>4 << bits)
  for (let start = 0; start < n; start += STRETCH) {
    const end = min(n, start + STRETCH)
    link(px, start, end, 32 - bits)
    search(px, start, end, width)
  }
}

/**
 * Within runs of one colour the hash is of the colour and of how many more of it follow: chains stay short.
 */
function link(px: usize, start: i32, end: i32, shift: i32): void {
  charge(end - start)
  for (let i = start; i < end;) {
    const pixel = pixelAt(px, i)
    let run = i + 1
    while (run < end && pixelAt(px, run) == pixel) run++
    for (; i < run - 1; i++) join(i, hash(pixel, min(run - i, RUN_CAP), shift))
    if (run < end) join(i, hash(pixel, pixelAt(px, run) ^ 0x5bd1e995, shift))
    else store<i32>(links + (<usize>(i & linkMask) << 2), -1)
    i++
  }
}

@inline function join(i: i32, slot: usize): void {
  store<i32>(links + (<usize>(i & linkMask) << 2), load<i32>(heads + slot))
  store<i32>(heads + slot, i)
}

/** Last pixel first: what matches one pixel earlier too needs no search of its own. */
function search(px: usize, start: i32, end: i32, width: i32): void {
  let length = 0, distance = 0
  let run = 0, column = 0
  charge(end - start)
  for (let i = end - 1; i >= start; i--) {
    const pixel = pixelAt(px, i), most = min(LONGEST, end - i)
    run = i >= 1 && pixel == pixelAt(px, i - 1) ? min(run + 1, most) : 0
    column = i >= width && pixel == pixelAt(px, i - width) ? min(column + 1, most) : 0
    // The match of the next pixel, one longer.
    if (length && distance <= i && pixel == pixelAt(px, i - distance)) length = min(length + 1, most)
    else length = 0
    if (column > length || (column == length && column)) { length = column; distance = width }
    if (run > length || (run == length && run)) { length = run; distance = 1 }
    const earlier = load<i32>(links + (<usize>(i & linkMask) << 2))
    if (length < niceLength && length < most && earlier >= 0) {
      const longer = walkChain(px, i, earlier, length, most)
      if (longer > length) { length = longer; distance = i - found }
    }
    store<u32>(matches + (<usize>i << 2), length ? distance << 12 | length : 0)
  }
}

let found: i32 = 0

/** The longest match of pixel i in its chain, from pixel j on, if longer than `length`. */
function walkChain(px: usize, i: i32, j: i32, length: i32, most: i32): i32 {
  const floor = max(0, i - WINDOW)
  const here = px + (<usize>i << 2)
  let tries = chainLimit, compared = 0
  for (; j >= floor && tries > 0; tries--) {
    const there = px + (<usize>j << 2)
    if (load<u32>(there + (<usize>length << 2)) == load<u32>(here + (<usize>length << 2))) {
      const k = common(here, there, most)
      compared += k
      if (k > length) {
        length = k
        found = j
        if (k >= niceLength || k == most) break
      }
    }
    j = load<i32>(links + (<usize>(j & linkMask) << 2))
  }
  charge(chainLimit - tries + (compared >> 3))
  return length
}

@inline function common(a: usize, b: usize, most: i32): i32 {
  let k = 0
  while (k + 2 <= most) {
    const differing = load<u64>(a) ^ load<u64>(b)
    if (differing) return k + <i32>(<u32>differing == 0)
    k += 2
    a += 8
    b += 8
  }
  if (k < most && load<u32>(a) == load<u32>(b)) k++
  return k
}
