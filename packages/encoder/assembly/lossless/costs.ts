// What symbols cost, in 1/64 of a bit, by the counts of a group.
import { log2 } from './codes/logarithm'
import {
  CHANNEL, DISTANCES, LENGTHS_AT, alphabetSize, alphabetStart, distancesAt, imageWidth, redAt,
} from './symbols'
import { extraBits, prefixSymbol } from './codes/values'
import { codeOfDistance } from './copies/distances'
import { NEAR_TRIED, nearDistance } from './copies/near'

export const ONE: i32 = 64
/** What a symbol costs that did not occur, beyond one that occurred once, in bits. */
const UNSEEN: f32 = 5
/** What a symbol costs in the header, to be shared by all that occur. */
const HEADER: f32 = 3
const LENGTHS: i32 = 24

// Of a group: u16 a symbol, then a length's symbol with its extra bits, the least of those, and the near
// distances.
export const LENGTH_COSTS: usize = 2 * 2112
export const LEAST_LENGTH_COST: usize = LENGTH_COSTS + 48
export const NEAR_COSTS: usize = LEAST_LENGTH_COST + 4
export const COST_BYTES: usize = NEAR_COSTS + 2 * 32

export function fillCosts(costs: usize, counts: usize): void {
  for (let a = 0; a < 5; a++) {
    const start = alphabetStart(a), end = start + alphabetSize(a)
    let sum: u32 = 0
    for (let i = start; i < end; i++) sum += load<u32>(counts + (<usize>i << 2))
    const whole = log2(sum)
    for (let i = start; i < end; i++) {
      const n = load<u32>(counts + (<usize>i << 2))
      const bits = n ? n == sum ? <f32>0 : max<f32>(whole - log2(n), 1) + HEADER / <f32>n : whole + UNSEEN
      store<u16>(costs + (<usize>i << 1), <u16>(<i32>(bits * <f32>ONE)))
    }
  }
  let least = 0xffff
  for (let i = 0; i < LENGTHS; i++) {
    const cost = <i32>load<u16>(costs + (<usize>(LENGTHS_AT + i) << 1)) + extraBits(i) * ONE
    store<u16>(costs + LENGTH_COSTS + (<usize>i << 1), <u16>cost)
    least = min(least, cost)
  }
  store<u16>(costs + LEAST_LENGTH_COST, <u16>least)
  for (let k = 0; k < NEAR_TRIED; k++) {
    store<u16>(costs + NEAR_COSTS + (<usize>k << 1), <u16>distanceCost(costs, nearDistance(k)))
  }
}

@inline export function distanceCost(costs: usize, distance: i32): i32 {
  const symbol = prefixSymbol(codeOfDistance(distance, imageWidth))
  return <i32>load<u16>(costs + (<usize>(distancesAt + symbol) << 1)) + extraBits(symbol) * ONE
}

@inline export function literalCost(costs: usize, pixel: u32): i32 {
  return <i32>load<u16>(costs + (<usize>(pixel >> 8 & 255) << 1))
    + <i32>load<u16>(costs + (<usize>(redAt + (pixel >> 16 & 255)) << 1))
    + <i32>load<u16>(costs + (<usize>(redAt + CHANNEL + (pixel & 255)) << 1))
    + <i32>load<u16>(costs + (<usize>(redAt + 2 * CHANNEL + (pixel >> 24)) << 1))
}

/** Counts as if copies of all lengths and from everywhere occurred. */
export function supposeCopies(counts: usize, ofEachLength: u32): void {
  for (let i = 0; i < LENGTHS; i++) store<u32>(counts + (<usize>(LENGTHS_AT + i) << 2), ofEachLength)
  for (let i = 0; i < DISTANCES; i++) store<u32>(counts + (<usize>(distancesAt + i) << 2), 1)
}
