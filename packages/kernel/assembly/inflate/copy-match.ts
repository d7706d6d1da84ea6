// Matches (RFC 1951, 3.2.3): the source may overlap what is being written, which then repeats.

/** Copies a match; may write up to 15 bytes more than `length`. */
// @ts-ignore: decorator
@inline export function copyMatch(to: usize, distance: i32, length: i32): void {
  let d = to, s = to - <usize>distance
  const end = to + <usize>length
  if (distance >= 16) {
    do { v128.store(d, v128.load(s)); d += 16; s += 16; } while (d < end)
  } else if (distance == 1) {
    const v = i8x16.splat(load<i8>(s))
    do { v128.store(d, v); d += 16; } while (d < end)
  } else if (distance >= 8) {
    do { store<u64>(d, load<u64>(s)); d += 8; s += 8; } while (d < end)
  } else if (distance == 4) {
    const v = v128.load_splat<u32>(s)
    do { v128.store(d, v); d += 16; } while (d < end)
  } else {
    do { store<u8>(d, load<u8>(s)); d++; s++; } while (d < end)
  }
}
