// What differences of pixels cost: by their size at first, then by how often they occurred.
import { log2 } from '../codes/logarithm'

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

@inline export function residueCost(d: u32): u32 {
  return <u32>load<u16>(COSTS + (<usize>(d & 255) << 1)) + load<u16>(COSTS + (<usize>(d >> 8 & 255) << 1), 512)
    + load<u16>(COSTS + (<usize>(d >> 16 & 255) << 1), 1024) + load<u16>(COSTS + (<usize>(d >> 24) << 1), 1536)
}

/** Of one channel: 0 blue, 1 green, 2 red. */
@inline export function channelCost(channel: i32, v: i32): u32 {
  return load<u16>(COSTS + (<usize>(channel * 256 + (v & 255)) << 1))
}
