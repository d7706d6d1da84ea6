// The boolean entropy coder (RFC 6386, section 7), flushing 32 bits at a time.
//
// `low` holds 8 + count bits and a carry, where count is the number of bits shifted out of the 8-bit range so far.
// A coder's state lives in memory, so that several can run; loops load it into locals.

export const LOW: usize = 0
export const RANGE: usize = 8
export const COUNT: usize = 12
export const OUT: usize = 16
export const CODER_BYTES: usize = 32

/** A coder of the first partition and of each token partition. */
export const HEADER_CODER: usize = memory.data(32, 16)

export function startCoder(coder: usize, out: usize): void {
  store<u64>(coder, 0, LOW)
  store<u32>(coder, 255, RANGE)
  store<i32>(coder, 0, COUNT)
  store<usize>(coder, out, OUT)
}

/** Writes the 32 bits above the `count - 32` lowest of low's fraction. */
@inline export function spill(low: u64, count: i32, out: usize): void {
  const word = low >> (count - 24)
  if (word >> 32) { // carry into what was written: it always finds a byte below 255, since the code is below one
    let q = out - 1
    while (load<u8>(q) == 255) { store<u8>(q, 0); q-- }
    store<u8>(q, load<u8>(q) + 1)
  }
  store<u32>(out, bswap<u32>(<u32>word))
}

/** One event: `bit`, where a zero has the probability p / 256. */
export function putBit(bit: i32, p: i32): void {
  const c = HEADER_CODER
  let low = load<u64>(c, LOW), range = load<u32>(c, RANGE), count = load<i32>(c, COUNT)
  const split = 1 + (((range - 1) * p) >> 8)
  if (bit) { low += split; range -= split } else range = split
  const shift = clz<u32>(range) - 24
  range <<= shift
  low <<= shift
  count += shift
  if (count >= 32) {
    const out = load<usize>(c, OUT)
    spill(low, count, out)
    store<usize>(c, out + 4, OUT)
    count -= 32
    low &= (<u64>1 << (count + 8)) - 1
  }
  store<u64>(c, low, LOW)
  store<u32>(c, range, RANGE)
  store<i32>(c, count, COUNT)
}

/** The n low bits of v, high bit first, at even odds (section 7.3). */
export function putLiteral(v: i32, n: i32): void {
  while (--n >= 0) putBit((v >> n) & 1, 128)
}

/** Flushes; the address after the last byte. */
export function finishCoder(coder: usize): usize {
  const out = load<usize>(coder, OUT)
  const low = load<u64>(coder, LOW) << (32 - load<i32>(coder, COUNT)) // left-aligned: 40 bits and a carry
  spill(low, 32, out)
  store<u8>(out + 4, <u8>low)
  return out + 5
}
