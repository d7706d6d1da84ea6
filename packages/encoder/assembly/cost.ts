// What tokens cost, in 1/256 bit, under the probabilities in force (RFC 6386, section 13).
import { BIT_COST, EXTRA_COST } from '../build/tables'
import { PROBS } from './statistics'

/**
 * A row of 64 u16 for each [block type 4][band 8][context 3]: [0] zero, [1..62] level with sign and extra bits,
 * [63] end of block. Costs of "not the end" are included, except in context 0, where the previous zero excludes it.
 */
export const COST: usize = memory.data(12288, 64)
export const ROW: usize = 128
export const TYPE_ROWS: usize = 24 * 128
export const END_OF_BLOCK: usize = 126
/** Cost of "not the end" at the first position in context 0, a u16 for each block type. */
export const NOT_END: usize = memory.data(8, 8)

@inline export function bitCost(bit: i32, p: i32): i32 {
  return load<u16>(BIT_COST + (<usize>(bit ? 256 - p : p) << 1))
}

/** Cost of a 16x16 luma mode (DC V H TM), "not 4x4" included (section 11.2). */
@inline export function lumaModeCost(mode: i32): i32 {
  return bitCost(1, 145) + (mode < 2 ? bitCost(0, 156) + bitCost(mode, 163) : bitCost(1, 156) + bitCost(mode - 2, 128))
}

@inline export function subblocksCost(): i32 {
  return bitCost(0, 145)
}

@inline export function chromaModeCost(mode: i32): i32 {
  return mode == 0 ? bitCost(0, 142) : bitCost(1, 142) + (mode == 1 ? bitCost(0, 114) : bitCost(1, 114) + bitCost(mode - 2, 183))
}

/** COST and NOT_END from PROBS. */
export function buildCosts(): void {
  for (let i = 0; i < 96; i++) buildRow(PROBS + i * 11, COST + <usize>i * ROW, i % 3 != 0)
  for (let type = 0; type < 4; type++) {
    const firstBand = type == 0 ? 3 : 0
    store<u16>(NOT_END + (type << 1), <u16>bitCost(1, load<u8>(PROBS + (type * 24 + firstBand) * 11)))
  }
}

@inline function node(p: usize, i: usize, bit: i32): i32 {
  return bitCost(bit, load<u8>(p + i))
}

/** Walks the token tree of section 13.2. */
function buildRow(p: usize, row: usize, mayEnd: bool): void {
  let c = mayEnd ? node(p, 0, 1) : 0
  store<u16>(row, <u16>(c + node(p, 1, 0)))
  store<u16>(row, <u16>node(p, 0, 0), END_OF_BLOCK)
  c += node(p, 1, 1)
  store<u16>(row, <u16>(c + node(p, 2, 0) + 256), 2)
  c += node(p, 2, 1)
  const small = c + node(p, 3, 0), threeOrFour = small + node(p, 4, 1) + 256
  store<u16>(row, <u16>(small + node(p, 4, 0) + 256), 4)
  store<u16>(row, <u16>(threeOrFour + node(p, 5, 0)), 6)
  store<u16>(row, <u16>(threeOrFour + node(p, 5, 1)), 8)
  const large = c + node(p, 3, 1)
  const low = large + node(p, 6, 0), high = large + node(p, 6, 1)
  const cat1 = low + node(p, 7, 0), cat2 = low + node(p, 7, 1)
  const mid = high + node(p, 8, 0), top = high + node(p, 8, 1)
  const cat3 = mid + node(p, 9, 0), cat4 = mid + node(p, 9, 1), cat5 = top + node(p, 10, 0)
  for (let v = 5; v < 63; v++) {
    const category = v <= 6 ? cat1 : v <= 10 ? cat2 : v <= 18 ? cat3 : v <= 34 ? cat4 : cat5
    store<u16>(row + (v << 1), <u16>(category + <i32>load<u16>(EXTRA_COST + (v << 1))))
  }
}
