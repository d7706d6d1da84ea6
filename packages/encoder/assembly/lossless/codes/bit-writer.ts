// Bits from the least significant up (RFC 9649, section 3.2), into a buffer of fixed size, or only counted.

let at: usize = 0
let end: usize = 0
let pending: u64 = 0
let pendingBits: i32 = 0
/** Set once the buffer is full; what follows is dropped. */
export let overflowed: bool = false
let counting: bool = false
let counted: u64 = 0

export function startBits(from: usize, to: usize): void {
  at = from
  end = to
  pending = 0
  pendingBits = 0
  overflowed = false
  counting = false
}

/** Until endCount, bits are counted and not written. */
export function startCount(): void {
  counting = true
  counted = 0
}
export function endCount(): u64 {
  counting = false
  return counted
}

/** The n (0 to 32) low bits of v. */
@inline export function writeBits(v: u32, n: i32): void {
  if (counting) {
    counted += n
    return
  }
  pending |= <u64>v << pendingBits
  pendingBits += n
  if (pendingBits >= 32) flush()
}

function flush(): void {
  if (at + 4 > end) overflowed = true
  else {
    store<u32>(at, <u32>pending)
    at += 4
  }
  pending >>= 32
  pendingBits -= 32
}

/** Bits written since startBits. */
export function bitsWritten(from: usize): u64 {
  return (<u64>(at - from) << 3) + pendingBits
}

/** Goes on in a larger buffer, behind what was written to `from` until now. */
export function moveBits(from: usize, to: usize, toEnd: usize): void {
  memory.copy(to, from, at - from)
  at = to + (at - from)
  end = toEnd
}

/** Address after the last byte. */
export function finishBits(): usize {
  while (pendingBits > 0 && !overflowed) {
    if (at >= end) overflowed = true
    else store<u8>(at++, <u8>pending)
    pending >>= 8
    pendingBits -= 8
  }
  return at
}
