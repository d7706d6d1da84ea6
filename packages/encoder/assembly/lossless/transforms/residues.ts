// What differences of pixels cost: by their size at first, then by how often they occurred.
import { entropyOf, log2 } from '../codes/logarithm'

/** How often each value occurred: blue, green, red, alpha. */
const COUNTS: usize = memory.data(4 * 4 * 256, 16)
/**
 * Of each value a word: in its low half how often it occurs in the tile in hand, zero in between; in its high
 * half how much cheaper it is than the dearest, in 1/16 of a bit.
 */
const WORDS: usize = memory.data(4 * 4 * 256, 16)
const DEAREST: u32 = 512

/** Of tiles: 16 x 16 pixels. */
const MOST: u32 = 256
/**
 * n log n less (n - 1) log (n - 1), in 1/64 of a bit: in the high half of a word of 64 bits, to be added up
 * beside prices. And the sums of them: n log n.
 */
const GROWTHS: usize = memory.data(8 * 256, 16)
const WHOLES: usize = memory.data(4 * 257, 16)
let filled: bool = false

/** Which channels have anything but zeros. */
export let greenAlone: bool = false
let withAlpha: bool = true

export function openResidues(): void {
  if (filled) return
  let whole: u32 = 0
  for (let n: u32 = 1; n <= MOST; n++) {
    const before = <f64>(n - 1), grown = <f64>n * Math.log2(<f64>n) - (n > 1 ? before * Math.log2(before) : 0)
    const growth = <u32>(grown * 64 + 0.5)
    whole += growth
    store<u64>(GROWTHS + (<usize>(n - 1) << 3), <u64>growth << 32)
    store<u32>(WHOLES + (<usize>n << 2), whole)
  }
  filled = true
}

/** What is not there costs nothing: alpha of opaque pictures, red and blue of indices and greys less green. */
export function setChannels(px: usize, n: usize): void {
  let differing: u32 = 0
  for (let p = px; p < px + (n << 2); p += 4) differing |= load<u32>(p) ^ 0xff000000
  greenAlone = (differing & 0xffff00ff) == 0
  withAlpha = differing >> 24 != 0
}

/** Costs that rise with the logarithm: what a distribution with heavy tails comes to. */
export function priceAtFirst(): void {
  memory.fill(WORDS, 0, 4 * 4 * 256)
  for (let v = 0; v < 256; v++) {
    const size = v < 128 ? v : 256 - v
    const cost = size ? <i32>(<f32>32 + <f32>28 * log2(size)) : 8
    for (let c = 0; c < 4; c++) store<u16>(WORDS + (<usize>(c * 256 + v) << 2), <u16>(256 - cost), 2)
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

/** Cheaper by the weight. What did not occur costs as if it had half a time. */
function priceAs(at: usize, weight: u32): void {
  store<u16>(WORDS + (at << 2), <u16>(<i32>(log2(weight + 1) * 16)), 2)
}

@inline function price(at: usize): void {
  priceAs(at, 2 * load<u32>(COUNTS + (at << 2)))
}

export function priceResidues(): void {
  for (let at: usize = 0; at < 4 * 256; at++) price(at)
}

/** Of fewer pixels how often a value occurred is mostly chance: what lies beside it counts too, itself so many times. */
const FEW: i32 = 4096, BESIDE: i32 = 8, ITSELF: u32 = 8

/** The same for what a whole picture of n pixels leaves. */
export function priceResiduesOf(n: i32): void {
  if (n >= FEW) return priceResidues()
  for (let c = 0; c < 4; c++) {
    const channel = COUNTS + (<usize>c << 10)
    for (let v = 0; v < 256; v++) {
      let weight = (ITSELF - 1) * load<u32>(channel + (<usize>v << 2))
      for (let d = -BESIDE; d <= BESIDE; d++) weight += load<u32>(channel + (<usize>(v + d & 255) << 2))
      priceAs(c * 256 + v, weight)
    }
  }
}

/** Counts the differences of a tile, and prices what changed by that. */
export function learnResidues(from: usize, to: usize): void {
  for (let p = from; p < to; p += 4) {
    const d = load<u32>(p)
    countResidue(d)
    price(256 + (d >> 8 & 255))
    if (greenAlone) continue
    price(d & 255)
    price(512 + (d >> 16 & 255))
    price(768 + (d >> 24))
  }
}

/**
 * Half of what differences cost by the prices, and half of what they would cost with codes of their own: both
 * count, since tiles alike share codes. In 1/16 of a bit, less what is the same for all differences.
 */
export function residuesCost(from: usize, to: usize): u32 {
  const n = <u32>(to - from) >> 2
  const channels: u32 = greenAlone ? 1 : withAlpha ? 4 : 3
  const both = greenAlone ? occurGreen(from, to) : withAlpha ? occurAll(from, to) : occurColours(from, to)
  const own = channels * load<u32>(WHOLES + (<usize>n << 2)) - <u32>(both >> 32)
  return (n * channels * DEAREST - <u32>both + (own >> 2)) >> 1
}

/** One more of a value: the price in the low half, and how n log n grows in the high half. */
@inline function occur(at: u32): u64 {
  const p = WORDS + (<usize>at << 2), word = load<u32>(p)
  store<u32>(p, word + 1)
  return load<u64>(GROWTHS + (<usize>(word & 0xffff) << 3)) + <u64>(word >> 16)
}

@inline function forget(at: u32): void {
  store<u16>(WORDS + (<usize>at << 2), 0)
}

/** From so many differences on a whole channel is cleared faster than its values. */
const MANY: usize = 4 * 64

function forgetChannels(from: u32, to: u32): void {
  const prices = i32x4.splat(0xffff0000)
  for (let p = WORDS + (<usize>from << 2); p < WORDS + (<usize>to << 2); p += 16) {
    v128.store(p, v128.and(v128.load(p), prices))
  }
}

function occurGreen(from: usize, to: usize): u64 {
  let both: u64 = 0
  for (let p = from; p < to; p += 4) both += occur(<u32>load<u8>(p, 1) + 256)
  if (to - from >= MANY) forgetChannels(256, 512)
  else for (let p = from; p < to; p += 4) forget(<u32>load<u8>(p, 1) + 256)
  return both
}

function occurColours(from: usize, to: usize): u64 {
  let both: u64 = 0
  for (let p = from; p < to; p += 4) {
    const d = load<u32>(p)
    both += occur(d & 255) + occur(256 + (d >> 8 & 255)) + occur(512 + (d >> 16 & 255))
  }
  if (to - from >= MANY) forgetChannels(0, 768)
  else for (let p = from; p < to; p += 4) {
    const d = load<u32>(p)
    forget(d & 255)
    forget(256 + (d >> 8 & 255))
    forget(512 + (d >> 16 & 255))
  }
  return both
}

function occurAll(from: usize, to: usize): u64 {
  let both: u64 = 0
  for (let p = from; p < to; p += 4) {
    const d = load<u32>(p)
    both += occur(d & 255) + occur(256 + (d >> 8 & 255))
    both += occur(512 + (d >> 16 & 255)) + occur(768 + (d >> 24))
  }
  if (to - from >= MANY) forgetChannels(0, 1024)
  else for (let p = from; p < to; p += 4) {
    const d = load<u32>(p)
    forget(d & 255)
    forget(256 + (d >> 8 & 255))
    forget(512 + (d >> 16 & 255))
    forget(768 + (d >> 24))
  }
  return both
}

/** Of one channel: 0 blue, 1 green, 2 red. In 1/16 of a bit, above what is the same for all. */
@inline export function channelCost(channel: i32, v: i32): u32 {
  return DEAREST - (load<u32>(WORDS + (<usize>(channel * 256 + (v & 255)) << 2)) >> 16)
}
