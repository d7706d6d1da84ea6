// What the symbols of each group are counted in and coded with (RFC 9649, section 6.2), of the picture or of a
// small image that describes it.
import { charge } from '../../../kernel/assembly/fuel'
import { allocate } from '../memory'
import { OK, OUT_OF_MEMORY } from '../status'
import { aboutCode } from './codes/about-code'
import { prepareCode, writeCode } from './codes/prefix-code'
import { extraBits } from './codes/values'
import { COST_BYTES } from './costs'
import { onlyAbout } from './effort'
import { roomForGroups } from './groups/join'
import { mostTiles } from './groups/tiles'
import {
  ALPHABETS, LENGTHS_AT, MOST_ALL_SYMBOLS, allSymbols, alphabetSize, alphabetStart, countSymbols, distancesAt,
} from './symbols'

export const STRIDE: usize = 4 * MOST_ALL_SYMBOLS

/** In use: of each group, counts u32 of all symbols, and its codes. */
export let counts: usize = 0
export let codes: usize = 0
/** Of each group of the picture, what its symbols cost. */
export let costs: usize = 0
let pictureCounts: usize = 0, pictureCodes: usize = 0
let smallCounts: usize = 0, smallCodes: usize = 0
let kept: usize = 0

export function openGroupCodes(): i32 {
  const most = <usize>roomForGroups(mostTiles)
  pictureCounts = allocate(most * STRIDE)
  pictureCodes = allocate(most * STRIDE)
  costs = allocate(most * COST_BYTES)
  smallCounts = allocate(STRIDE)
  smallCodes = allocate(STRIDE)
  kept = allocate(STRIDE)
  usePictureCodes()
  return counts && codes && costs && smallCounts && smallCodes && kept ? OK : OUT_OF_MEMORY
}

export function usePictureCodes(): void {
  counts = pictureCounts
  codes = pictureCodes
}

/** Those of one group, beside the picture's. */
export function useSmallCodes(): void {
  counts = smallCounts
  codes = smallCodes
}

export function keepCounts(): void { memory.copy(kept, counts, <usize>allSymbols << 2) }
export function restoreCounts(): void { memory.copy(counts, kept, <usize>allSymbols << 2) }

export function countGroups(n: i32): void {
  memory.fill(counts, 0, <usize>n * STRIDE)
  countSymbols(counts, STRIDE)
}

/** Codes of n groups from their counts. Gives the bits of headers and symbols. */
export function prepareCodes(n: i32): u64 {
  if (onlyAbout) return aboutCodes()
  let bits: u64 = 0
  for (let g = 0; g < n; g++) {
    const from = counts + <usize>g * STRIDE, to = codes + <usize>g * STRIDE
    for (let a = 0; a < ALPHABETS; a++) {
      const at = <usize>alphabetStart(a) << 2
      charge(alphabetSize(a) * 8)
      bits += prepareCode(from + at, alphabetSize(a), to + at)
    }
    bits += extraBitsOf(from)
  }
  return bits
}

/** About what the codes of one group take. */
function aboutCodes(): u64 {
  charge(allSymbols)
  let bits: f32 = 0
  for (let a = 0; a < ALPHABETS; a++) bits += aboutCode(counts + (<usize>alphabetStart(a) << 2), alphabetSize(a))
  return <u64>bits + extraBitsOf(counts)
}

/** Extra bits of the lengths and distances that were counted. */
function extraBitsOf(from: usize): u64 {
  let bits: u64 = 0
  for (let i = 4; i < 40; i++) {
    if (i < 24) bits += <u64>load<u32>(from + (<usize>(LENGTHS_AT + i) << 2)) * extraBits(i)
    bits += <u64>load<u32>(from + (<usize>(distancesAt + i) << 2)) * extraBits(i)
  }
  return bits
}

export function writeCodes(n: i32): void {
  for (let g = 0; g < n; g++) {
    const code = codes + <usize>g * STRIDE
    for (let a = 0; a < ALPHABETS; a++) writeCode(alphabetSize(a), code + (<usize>alphabetStart(a) << 2))
  }
}
