// The boolean entropy decoder (RFC 6386, 7). A picture is read through several at the same time.
//
// `value` holds the stream from its highest bit on, less what the decoded bits took: its highest 8 bits are
// compared. `count` says how many bits are loaded beyond those 8; when it is below zero more are needed
// before the next bit. Loops over bits keep all of this in their own variables and write the three lines of
// bit() out.
import { alloc } from '../../memory'

// @ts-ignore: decorator
@unmanaged export class BoolDecoder {
  value: u64
  range: u32
  count: i32
  at: usize
  end: usize
  /** A byte past the end was needed. */
  exhausted: bool

  @inline save(value: u64, range: u32, count: i32): void {
    this.value = value
    this.range = range
    this.count = count
  }

  /** False for what no coder can have written: a first byte as large as the range. */
  open(from: usize, to: usize): bool {
    this.save(0, 255, -8)
    this.at = from
    this.end = to
    this.exhausted = false
    this.fill()
    return this.value >> 56 < 255
  }

  /** Loads the next 56 bits, or near the end 8. Past it there are zeros. */
  fill(): void {
    const at = this.at, end = this.end
    if (end - at >= 8) {
      this.value |= (bswap<u64>(load<u64>(at)) >> 8) << <u64>(0 - this.count)
      this.count += 56
      this.at = at + 7
      return
    }
    if (at < end) {
      this.value |= <u64>load<u8>(at) << <u64>(48 - this.count)
      this.at = at + 1
    } else this.exhausted = true
    this.count += 8
  }

  /** One event: 0 has the probability p / 256. */
  bit(p: u32): i32 {
    if (this.count < 0) this.fill()
    const split = 1 + (((this.range - 1) * p) >> 8), bigSplit = <u64>split << 56
    const one = this.value >= bigSplit
    if (one) this.value -= bigSplit
    const range = one ? this.range - split : split
    const shift = clz(range) - 24
    this.value <<= <u64>shift
    this.range = range << shift
    this.count -= shift
    return i32(one)
  }

  /** n bits at even odds, the highest first. */
  literal(n: i32): i32 {
    let v = 0
    for (; n > 0; n--) v = v << 1 | this.bit(128)
    return v
  }

  /** The same with a sign behind it, where a flag says that there is a value; else 0. */
  optional(n: i32): i32 {
    return this.bit(128) ? this.signed(n) : 0
  }

  signed(n: i32): i32 {
    const v = this.literal(n)
    return this.bit(128) ? -v : v
  }
}

/** `n` of them, or 0. */
export function allocDecoders(n: i32): usize {
  return alloc(<u64>n * offsetof<BoolDecoder>())
}

// @ts-ignore: decorator
@inline export function decoderAt(list: usize, i: usize): BoolDecoder {
  return changetype<BoolDecoder>(list + i * offsetof<BoolDecoder>())
}
