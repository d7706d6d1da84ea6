// GIF's variable-length-code LZW (GIF89a, appendix F) to rows of colour indices.
//
// A string is kept as pieces of up to eight bytes, so that it is written from its last piece to its first with one
// store each, and adding a byte touches no memory of other strings.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc } from '../memory'

const MOST_BITS = 12
const MOST_CODES = 1 << MOST_BITS
const BATCH: u64 = 16384

/** By code: u16, the bytes of the string; u16, the code whose pieces come before its last; u64, that last piece. */
let lengths: usize = 0, prefixes: usize = 0, pieces: usize = 0

let input: usize = 0, inputEnd: usize = 0
let bits: u64 = 0, bitCount: i32 = 0
let minimum: i32 = 0, codeBits: i32 = 0, next: i32 = 0
/** The code before and the first byte of its string; no code after a clear. */
let previous: i32 = -1, first: u32 = 0
let buffer: usize = 0, taken: usize = 0, written: usize = 0
/** Pixels of the frame that are not yet written. What comes after them is not looked at. */
let wanted: u64 = 0
/** Why the last row could not be read. */
export let lzwError: Code = Code.Ok

/** Memory for frames of up to `width` pixels a row. */
export function allocLzw(width: i32): Code {
  buffer = alloc(<u64>width + 2 * BATCH + MOST_CODES)
  lengths = alloc(MOST_CODES * 2)
  prefixes = alloc(MOST_CODES * 2)
  pieces = alloc(MOST_CODES * 8)
  return buffer && lengths && prefixes && pieces ? Code.Ok : Code.OutOfMemory
}

/** Begins a frame of `pixels` whose codes are in [from, to). */
export function startLzw(from: usize, to: usize, minimumCodeSize: i32, pixels: u64): Code {
  // Up to 8 by the standard; more is drawn by other decoders, and wastes codes only.
  if (minimumCodeSize < 1 || minimumCodeSize >= MOST_BITS) return Code.Corrupt
  charge(to - from)
  input = from
  inputEnd = to
  bits = 0
  bitCount = 0
  minimum = minimumCodeSize
  for (let i: usize = 0; i < <usize>(1 << minimum); i++) {
    store<u16>(lengths + (i << 1), 1)
    store<u64>(pieces + (i << 3), i & 255)
  }
  codeBits = minimum + 1
  next = (1 << minimum) + 2
  previous = -1
  wanted = pixels
  taken = buffer
  written = buffer
  return Code.Ok
}

/** The next `n` indices, or 0 and `lzwError`. They stay in place until the next call. */
export function takeIndices(n: usize): usize {
  if (written - taken < n) {
    memory.copy(buffer, taken, written - taken)
    written = buffer + (written - taken)
    taken = buffer
    const missing = n - (written - buffer)
    lzwError = decode(max(<usize>min(wanted, BATCH), missing))
    if (lzwError != Code.Ok) return 0
  }
  const p = taken
  taken += n
  return p
}

/** Writes at least `n` indices. */
function decode(n: usize): Code {
  charge(n)
  const clear = 1 << minimum, end = clear + 1
  let o = written, size = codeBits, free = next, before = previous, head = first
  let buf = bits, count = bitCount, p = input
  const limit = o + n
  let error = Code.Ok
  while (o < limit) {
    if (count < size) {
      buf |= load<u64>(p) << <u64>count
      p += (63 - count) >> 3
      count |= 56
    }
    const code = <i32>buf & ((1 << size) - 1)
    buf >>= <u64>size
    count -= size
    if (p - <usize>(count >> 3) > inputEnd) { error = Code.Truncated; break }
    if (code == clear) {
      size = minimum + 1
      free = end + 1
      before = -1
      continue
    }
    if (code == end) { error = Code.Truncated; break }
    if (before < 0) {
      if (code > end) { error = Code.Corrupt; break }
      head = <u32>code
      store<u8>(o, <u8>code)
      o++
      before = code
      continue
    }
    if (code > free || (code == free && free == MOST_CODES)) { error = Code.Corrupt; break }
    // The string of a code that is just being defined begins like the one before it.
    if (code < free) head = firstByte(code, o)
    if (free < MOST_CODES) {
      define(free, before, head)
      free++
      if (free == 1 << size && size < MOST_BITS) size++
    }
    const length = <usize>load<u16>(lengths + (<usize>code << 1))
    if (code == free - 1) writeString(code, length, o)
    o += length
    before = code
  }
  bits = buf; bitCount = count; input = p
  codeBits = size; next = free; previous = before; first = head
  const done = <u64>(o - written)
  wanted = wanted > done ? wanted - done : 0
  written = o
  return error
}

/** Writes the string and says what it begins with. */
// @ts-ignore: decorator
@inline function firstByte(code: i32, o: usize): u32 {
  writeString(code, <usize>load<u16>(lengths + (<usize>code << 1)), o)
  return load<u8>(o)
}

/** May write up to 7 bytes more than the string has. */
// @ts-ignore: decorator
@inline function writeString(code: i32, length: usize, o: usize): void {
  let c = <usize>code
  let at = o + ((length - 1) & ~7)
  while (true) {
    store<u64>(at, load<u64>(pieces + (c << 3)))
    if (at == o) break
    c = load<u16>(prefixes + (c << 1))
    at -= 8
  }
}

/** Code `code` becomes the string of `before` and one more byte. */
// @ts-ignore: decorator
@inline function define(code: i32, before: i32, byte: u32): void {
  const b = <usize>before, c = <usize>code
  const length = load<u16>(lengths + (b << 1))
  store<u16>(lengths + (c << 1), length + 1)
  const used = <u64>(length & 7)
  if (used == 0) {
    store<u16>(prefixes + (c << 1), <u16>before)
    store<u64>(pieces + (c << 3), byte)
  } else {
    store<u16>(prefixes + (c << 1), load<u16>(prefixes + (b << 1)))
    store<u64>(pieces + (c << 3), load<u64>(pieces + (b << 3)) | (<u64>byte << (used << 3)))
  }
}
