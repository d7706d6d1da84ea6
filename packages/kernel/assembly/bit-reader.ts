// Bits of a stream that is packed from the lowest bit of each byte on (RFC 1951, 3.1.1; RFC 9649, 3.2), read
// ahead eight bytes at a time. 64 readable bytes must follow the input; bits past its end are noticed by
// inputPosition().

export let input: usize = 0
export let inputEnd: usize = 0
/** Bits read ahead; those above `bitCount` repeat what follows. */
export let bits: u64 = 0
export let bitCount: i32 = 0

/** Begins at `from`, or goes on there at a byte's boundary. */
export function openBits(from: usize, to: usize): void {
  input = from
  inputEnd = to
  bits = 0
  bitCount = 0
}

/** Takes over what a loop did with the reader in its own variables. */
export function resumeBits(b: u64, count: i32, at: usize): void {
  bits = b
  bitCount = count
  input = at
}

/** The first byte of input after the whole bytes that were used. */
export function inputPosition(): usize {
  return input - <usize>(bitCount >> 3)
}

/** More bits were used than there are. */
// @ts-ignore: decorator
@inline export function overran(): bool {
  return inputPosition() > inputEnd
}

/** Up to 63 bits are at hand afterwards, at least 56. */
// @ts-ignore: decorator
@inline export function refill(): void {
  bits |= load<u64>(input) << <u64>bitCount
  input += (63 - bitCount) >> 3
  bitCount |= 56
}

// @ts-ignore: decorator
@inline export function takeBits(n: i32): i32 {
  const v = <i32>bits & ((1 << n) - 1)
  bits >>= <u64>n
  bitCount -= n
  return v
}

/** A field of up to 32 bits; past the end of the stream, of what follows it. */
export function readBits(n: i32): i32 {
  refill()
  return takeBits(n)
}

/** The lowest `count` bits of a code, highest first: prefix codes are stored from their highest bit on. */
// @ts-ignore: decorator
@inline export function reversed(code: i32, count: i32): i32 {
  let r = ((code & 0x5555) << 1) | ((code >> 1) & 0x5555)
  r = ((r & 0x3333) << 2) | ((r >> 2) & 0x3333)
  r = ((r & 0x0f0f) << 4) | ((r >> 4) & 0x0f0f)
  return ((r & 0x00ff) << 8 | r >> 8) >> (16 - count)
}
