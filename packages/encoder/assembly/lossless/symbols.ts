// An image as symbols (RFC 9649, sections 5 and 6.2): which of the five alphabets has what, and counts of
// them by groups.
import { charge } from '../../../kernel/assembly/fuel'
import { choices } from './buffers'
import { cacheBits, openCache, placeAllInCache, placeInCache } from './colour-cache'
import { codeOfDistance } from './copies/distances'
import { prefixSymbol } from './codes/values'

/**
 * Alphabets stand behind each other: green with lengths and places in the cache, red, blue, alpha, distances.
 */
export const ALPHABETS: i32 = 5
export const LENGTHS_AT: i32 = 256
export const CACHE_AT: i32 = 280
export const CHANNEL: i32 = 256
export const DISTANCES: i32 = 40
/** All symbols with a cache of 10 bits. */
export const MOST_ALL_SYMBOLS: i32 = 280 + 1024 + 3 * 256 + 40
/** Those of alpha alone that can occur: of 256 colours no more are in a cache. */
export const MOST_ALPHA_SYMBOLS: i32 = 280 + 256 + 3 + 40

export let redAt: i32 = 0
export let distancesAt: i32 = 0
export let allSymbols: i32 = 0

export function setAlphabets(bits: i32): void {
  redAt = CACHE_AT + (bits ? 1 << bits : 0)
  distancesAt = redAt + 3 * CHANNEL
  allSymbols = distancesAt + DISTANCES
}

export function alphabetStart(i: i32): i32 {
  return i == 0 ? 0 : redAt + (i - 1) * CHANNEL
}
export function alphabetSize(i: i32): i32 {
  return i == 0 ? redAt : i < 4 ? CHANNEL : DISTANCES
}

/** The image in hand: pixels, their number, and how many make a row. */
export let image: usize = 0
export let imageSize: i32 = 0
export let imageWidth: i32 = 0
/** Which group a tile has, u16, by rows, or 0 where all is one; tiles are 1 << tileBits pixels wide. */
export let groupOf: usize = 0
export let tileBits: i32 = 0
export let tilesWide: i32 = 0

export function setImage(px: usize, width: i32, height: i32): void {
  image = px
  imageSize = width * height
  imageWidth = width
  groupOf = 0
}
export function setTiles(map: usize, bits: i32): void {
  groupOf = map
  tileBits = bits
  tilesWide = (imageWidth + (1 << bits) - 1) >> bits
}

@inline export function groupAt(x: i32, y: i32): usize {
  if (!groupOf) return 0
  return <usize>load<u16>(groupOf + (<usize>((y >> tileBits) * tilesWide + (x >> tileBits)) << 1))
}

@inline function count(counts: usize, symbol: i32): void {
  const p = counts + (<usize>symbol << 2)
  store<u32>(p, load<u32>(p) + 1)
}

/** Place of a symbol among the counts: all stand for themselves, or as `usePlaces` has it. */
export const PLACES: usize = memory.data(2 * 2112, 16)

export function useAllPlaces(): void {
  for (let i = 0; i < allSymbols; i++) store<u16>(PLACES + (<usize>i << 1), <u16>i)
}

@inline function place(symbol: i32): i32 {
  return <i32>load<u16>(PLACES + (<usize>symbol << 1))
}

/** Adds the symbols of the choices to counts (u32) of their groups, `stride` bytes apart. */
export function countSymbols(to: usize, stride: usize): void {
  charge(imageSize)
  if (cacheBits) openCache(cacheBits)
  const width = imageWidth
  let x = 0, y = 0
  for (let i = 0; i < imageSize;) {
    const counts = to + groupAt(x, y) * stride
    const choice = load<u32>(choices + (<usize>i << 2))
    let length = 1
    if (choice) {
      length = choice & 4095
      count(counts, place(LENGTHS_AT + prefixSymbol(length)))
      count(counts, place(distancesAt + prefixSymbol(codeOfDistance(choice >> 12, width))))
      if (cacheBits) placeAllInCache(image + (<usize>i << 2), length)
    } else {
      const pixel = load<u32>(image + (<usize>i << 2)), cached = cacheBits ? placeInCache(pixel) : -1
      if (cached >= 0) count(counts, place(CACHE_AT + cached))
      else {
        count(counts, place(pixel >> 8 & 255))
        count(counts, place(redAt + (pixel >> 16 & 255)))
        count(counts, place(redAt + CHANNEL + (pixel & 255)))
        count(counts, place(redAt + 2 * CHANNEL + (pixel >> 24)))
      }
    }
    i += length
    x += length
    while (x >= width) { x -= width; y++ }
  }
}
