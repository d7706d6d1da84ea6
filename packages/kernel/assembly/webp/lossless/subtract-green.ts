// The subtract-green transform (RFC 9649, 4.3).

/** Adds green to red and to blue. Up to three pixels more may be written. */
export function addGreen(from: usize, to: usize, n: usize): void {
  for (const end = from + (n << 2); from < end; from += 16, to += 16) {
    const v = v128.load(from)
    const green = i8x16.shuffle(v, i64x2.splat(0), 1, 16, 1, 16, 5, 16, 5, 16, 9, 16, 9, 16, 13, 16, 13, 16)
    v128.store(to, i8x16.add(v, green))
  }
}
