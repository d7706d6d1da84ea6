// One picture over another (PNG 3rd edition, 13.16; RFC 9649, 2.7.1.1): straight alpha, 8 bits, rounded.

/** Draws `n` RGBA pixels over those at `to`. */
export function blendOver(to: usize, from: usize, n: i32): void {
  for (const end = to + (<usize>n << 2); to < end; to += 4, from += 4) {
    const alpha = <u32>load<u8>(from, 3), below = <u32>load<u8>(to, 3)
    if (alpha == 255 || below == 0) {
      store<u32>(to, load<u32>(from))
      continue
    }
    if (alpha == 0) continue
    const u = alpha * 255, v = (255 - alpha) * below, sum = u + v
    store<u8>(to, mix(load<u8>(from), load<u8>(to), u, v, sum))
    store<u8>(to, mix(load<u8>(from, 1), load<u8>(to, 1), u, v, sum), 1)
    store<u8>(to, mix(load<u8>(from, 2), load<u8>(to, 2), u, v, sum), 2)
    store<u8>(to, <u8>((sum + 127) / 255), 3)
  }
}

// @ts-ignore: decorator
@inline function mix(a: u32, b: u32, u: u32, v: u32, sum: u32): u8 {
  return <u8>((a * u + b * v + (sum >> 1)) / sum)
}
