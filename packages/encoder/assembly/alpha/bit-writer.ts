// Bits from the least significant up (RFC 9649, section 3.2), into a buffer of fixed size.

let at: usize = 0
let end: usize = 0
let pending: u64 = 0
let pendingBits: i32 = 0
/** Set once the buffer is full; what follows is dropped. */
export let overflowed: bool = false

export function startBits(from: usize, to: usize): void {
  at = from
  end = to
  pending = 0
  pendingBits = 0
  overflowed = false
}

/** The n (0 to 32) low bits of v. */
@inline export function writeBits(v: u32, n: i32): void {
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
