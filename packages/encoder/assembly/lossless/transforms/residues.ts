// What differences of pixels cost: by their size at first, then by how often they occurred.
import { entropyOf, log2, nLogN } from '../codes/logarithm'

/** In 1/16 of a bit, u16: blue, green, red, alpha. */
const COSTS: usize = memory.data(2 * 4 * 256, 16)
const COUNTS: usize = memory.data(4 * 4 * 256, 16)

/** Costs that rise with the logarithm: what a distribution with heavy tails comes to. */
export function priceAtFirst(): void {
  for (let v = 0; v < 256; v++) {
    const size = v < 128 ? v : 256 - v
    const cost = size ? <u16>(<i32>(<f32>32 + <f32>28 * log2(size))) : 8
    for (let c = 0; c < 4; c++) store<u16>(COSTS + (<usize>(c * 256 + v) << 1), cost)
  }
}

export function clearResidues(): void {
  memory.fill(COUNTS, 0, 4 * 4 * 256)
}

/** Of what was counted, in bits. */
export function residuesEntropy(): f32 {
  let bits: f32 = 0
  for (let c = 0; c < 4; c++) bits += entropyOf(COUNTS + (<usize>c << 10), 256)
  return bits
}

@inline function bump(at: usize): void {
  const p = COUNTS + (at << 2)
  store<u32>(p, load<u32>(p) + 1)
}

@inline export function countResidue(d: u32): void {
  bump(d & 255)
  bump(256 + (d >> 8 & 255))
  bump(512 + (d >> 16 & 255))
  bump(768 + (d >> 24))
}

/** Costs by the counts. What did not occur costs as if it had half a time. */
export function priceResidues(): void {
  for (let c = 0; c < 4; c++) {
    let sum: u32 = 0
    for (let v = 0; v < 256; v++) sum += load<u32>(COUNTS + (<usize>(c * 256 + v) << 2))
    const whole = log2(2 * sum + 256)
    for (let v = 0; v < 256; v++) {
      const n = load<u32>(COUNTS + (<usize>(c * 256 + v) << 2))
      store<u16>(COSTS + (<usize>(c * 256 + v) << 1), <u16>(<i32>((whole - log2(2 * n + 1)) * 16)))
    }
  }
}

/** Differences of a tile of up to 16 x 16 pixels, and what a whole vector goes past its last. */
export const RESIDUES: usize = memory.data(4 * 256 + 16, 16)
/** How often each value occurs in the tile; zeros in between. */
const OCCURRING: usize = memory.data(2 * 4 * 256, 16)

/**
 * Half of what differences cost by the prices, and half of what they would cost with codes of their own: both
 * count, since tiles alike share codes.
 */
export function residuesCost(from: usize, to: usize): u32 {
  const n = <u32>(to - from) >> 2
  last = n
  let cost: u32 = 0
  for (let p = from; p < to; p += 4) {
    const d = load<u32>(p)
    cost += occur(d & 255) + occur(256 + (d >> 8 & 255))
    cost += occur(512 + (d >> 16 & 255)) + occur(768 + (d >> 24))
  }
  let own: f32 = <f32>4 * nLogN(n)
  for (let p = from; p < to; p += 4) {
    const d = load<u32>(p)
    own -= gather(d & 255) + gather(256 + (d >> 8 & 255))
    own -= gather(512 + (d >> 16 & 255)) + gather(768 + (d >> 24))
  }
  return (cost + <u32>(own * <f32>16)) >> 1
}

let last: u32 = 0
export function countResidues(): void {
  for (let i: u32 = 0; i < last; i++) countResidue(load<u32>(RESIDUES + (<usize>i << 2)))
}

@inline function occur(at: u32): u32 {
  const p = OCCURRING + (<usize>at << 1)
  store<u16>(p, load<u16>(p) + 1)
  return load<u16>(COSTS + (<usize>at << 1))
}

/** n log n of a value, once. */
@inline function gather(at: u32): f32 {
  const p = OCCURRING + (<usize>at << 1), n = <u32>load<u16>(p)
  store<u16>(p, 0)
  return nLogN(n)
}

/** Of one channel: 0 blue, 1 green, 2 red. */
@inline export function channelCost(channel: i32, v: i32): u32 {
  return load<u16>(COSTS + (<usize>(channel * 256 + (v & 255)) << 1))
}
