// Counts of the symbols of each group: of its tiles, by places.
import { allocate } from '../../memory'
import { OK, OUT_OF_MEMORY } from '../../status'
import { MOST_ALL_SYMBOLS } from '../symbols'
import { lists, places, tileGroups, tiles } from './tiles'

let counts: usize = 0

export function openGroupCounts(groups: i32): i32 {
  counts = allocate(<usize>groups * MOST_ALL_SYMBOLS * 4)
  return counts ? OK : OUT_OF_MEMORY
}

@inline export function countsOf(g: i32): usize { return counts + <usize>g * places * 4 }
@inline export function listOf(t: i32): usize { return <usize>load<u32>(lists + (<usize>t << 2)) }
@inline export function groupOfTile(t: i32): i32 { return <i32>load<u16>(tileGroups + (<usize>t << 1)) }
@inline export function setGroup(t: i32, g: i32): void { store<u16>(tileGroups + (<usize>t << 1), <u16>g) }

export function addTile(t: i32, c: usize): void {
  const end = listOf(t + 1)
  for (let p = listOf(t); p < end; p += 4) {
    const entry = load<u32>(p), at = c + (<usize>(entry & 0xffff) << 2)
    store<u32>(at, load<u32>(at) + (entry >> 16))
  }
}

/** Those of all groups, from their tiles. */
export function countTiles(groups: i32): void {
  memory.fill(counts, 0, <usize>groups * places * 4)
  for (let t = 0; t < tiles; t++) addTile(t, countsOf(groupOfTile(t)))
}
