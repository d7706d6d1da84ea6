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
