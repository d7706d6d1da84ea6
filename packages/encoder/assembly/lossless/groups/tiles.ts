// Counts of symbols of each tile, as lists of those that occur: what tiles are put into groups by.
import { allocate } from '../../memory'
import { OK, OUT_OF_MEMORY } from '../../status'
import { MOST_SMALL, tileCounts } from '../buffers'
import { tileBitsLeast } from '../effort'
import {
  ALPHABETS, MOST_ALL_SYMBOLS, PLACES, alphabetSize, alphabetStart, countSymbols, imageWidth, setTiles, useAllPlaces,
} from '../symbols'

/** Tiles of a picture: more of them cost more than they save, and their counts take memory. */
export const MOST_TILES: i32 = MOST_SMALL
export const MOST_COUNT_BYTES: usize = 12 << 20
/** Enough for the smallest tiles of nearly all drawings, and soon cleared where pictures are small. */
const COUNT_BYTES_PER_PIXEL: usize = 32, LEAST_COUNT_BYTES: usize = 1 << 16
const LARGEST: i32 = 9

/**
 * Places: symbols that occur, closed up. Where each alphabet begins, and which follow their neighbour at
 * once.
 */
export let places: i32 = 0
export const PLACE_STARTS: usize = memory.data(4 * 6, 16)
export const FOLLOWS: usize = memory.data(2112, 16)
/** Of each tile where its list begins, u32; lists have u16 place and u16 count. */
export let lists: usize = 0
export let tiles: i32 = 0
export let mostTiles: i32 = 0
let countBytes: usize = 0
export let tileGroups: usize = 0

/** How many bytes the counts of all tiles may take. @param symbols that may occur */
export function measureTiles(n: i32, symbols: i32): usize {
  mostTiles = min(MOST_TILES, (n >> (2 * tileBitsLeast)) + (n >> tileBitsLeast) + 2)
  countBytes = min(MOST_COUNT_BYTES, LEAST_COUNT_BYTES + <usize>n * COUNT_BYTES_PER_PIXEL)
  countBytes = min(countBytes, <usize>mostTiles * symbols * 4)
  return countBytes
}

export function openTiles(): i32 {
  const most = <usize>mostTiles
  lists = allocate((most + 1) << 2)
  tileGroups = allocate(most << 1)
  return lists && tileGroups ? OK : OUT_OF_MEMORY
}

/** Closes up the symbols that occur in `counts`. */
function closeUp(counts: usize): void {
  places = 0
  let follows = false
  for (let a = 0; a < ALPHABETS; a++) {
    store<i32>(PLACE_STARTS + (<usize>a << 2), places)
    const start = alphabetStart(a), end = start + alphabetSize(a)
    follows = false
    for (let i = start; i < end; i++) {
      const used = load<u32>(counts + (<usize>i << 2)) != 0
      if (used) {
        store<u8>(FOLLOWS + places, follows ? 1 : 0)
        store<u16>(PLACES + (<usize>i << 1), <u16>(places++))
      }
      follows = used
    }
  }
  store<i32>(PLACE_STARTS + (5 << 2), places)
}

/**
 * Cuts the image into tiles, as small as may be, and lists the symbols of each; `counts` are those of all.
 */
export function listTiles(counts: usize, height: i32): void {
  closeUp(counts)
  let bits = tileBitsLeast
  for (; ; bits++) {
    setTiles(tileGroups, bits)
    tiles = tilesFor(imageWidth, bits) * tilesFor(height, bits)
    if (bits == LARGEST || (tiles <= MOST_TILES && <usize>tiles * places * 4 <= countBytes)) break
  }
  for (let t = 0; t < tiles; t++) store<u16>(tileGroups + (<usize>t << 1), <u16>t)
  const stride = <usize>places << 2
  memory.fill(tileCounts, 0, <usize>tiles * stride)
  countSymbols(tileCounts, stride)
  useAllPlaces()
  let to = tileCounts
  for (let t = 0; t < tiles; t++) {
    store<u32>(lists + (<usize>t << 2), <u32>to)
    to = compact(tileCounts + <usize>t * stride, to)
  }
  store<u32>(lists + (<usize>tiles << 2), <u32>to)
}

export function tilesFor(n: i32, bits: i32): i32 {
  return (n + (1 << bits) - 1) >> bits
}

/** Counts to a list, which is never longer. */
function compact(counts: usize, to: usize): usize {
  for (let i = 0; i < places; i++) {
    const n = load<u32>(counts + (<usize>i << 2))
    if (!n) continue
    store<u32>(to, <u32>i | min(n, 0xffff) << 16)
    to += 4
  }
  return to
}
