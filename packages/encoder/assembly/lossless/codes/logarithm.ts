// log2 of counts, from a table: what entropies are computed of.

const ENTRIES: u32 = 1024
const TABLE: usize = memory.data(4 * 1024, 16)
const LOG2_E: f32 = 1.4426950408889634
let filled: bool = false

export function openLogarithms(): void {
  if (filled) return
  for (let i: u32 = 1; i < ENTRIES; i++) store<f32>(TABLE + (<usize>i << 2), <f32>Math.log2(i))
  filled = true
}

/** log2(n), 0 for 0. Beyond the table: that of the leading ten bits and the slope there. */
@inline export function log2(n: u32): f32 {
  if (n < ENTRIES) return load<f32>(TABLE + (<usize>n << 2))
  const shift = 22 - clz(n), head = n >> shift
  return <f32>shift + load<f32>(TABLE + (<usize>head << 2)) + <f32>(n - (head << shift)) / <f32>n * LOG2_E
}

/** n log2(n): the entropy of counts is that of their sum less the sum of theirs. */
@inline export function nLogN(n: u32): f32 {
  return <f32>n * log2(n)
}

/**
 * Bits that so many counts take. It is their entropy, but no symbol takes less than a bit where there are
 * others: one that is more than half of all takes one, and the others half of the code.
 */
export function entropyOf(counts: usize, n: i32): f32 {
  let sum: u32 = 0, most: u32 = 0, bits: f32 = 0
  for (let i = 0; i < n; i++) {
    const k = load<u32>(counts + (<usize>i << 2))
    if (!k) continue
    sum += k
    most = max(most, k)
    bits -= nLogN(k)
  }
  return bits + wholeOf(sum, most)
}

/** What entropy is taken from: n log n of the sum, or as said above. */
@inline export function wholeOf(sum: u32, most: u32): f32 {
  if (most == sum || most << 1 <= sum) return nLogN(sum)
  return <f32>sum + nLogN(most) + nLogN(sum - most)
}
