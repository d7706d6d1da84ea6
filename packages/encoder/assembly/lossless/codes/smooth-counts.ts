// Counts that make a shorter header: neighbours that are nearly alike become alike, so that lengths come in
// runs.

/** Neighbours join a stretch while they are within this of its mean, or within an eighth of it. */
const NEAR: i32 = 2
const SHORTEST: i32 = 4

/**
 * A symbol that is used stays so. With `fill`, one that is not is used too where those beside it hardly are: it costs
 * them little, and the stretch is not cut.
 */
export function smoothCounts(counts: usize, symbols: i32, fill: bool): void {
  let start = 0, sum: u64 = 0
  for (let i = 0; i <= symbols; i++) {
    const n = i - start, count = i < symbols ? load<u32>(counts + (<usize>i << 2)) : 0
    if (n > 0 && (i == symbols || !belongs(count, sum, n, fill))) {
      if (sum && n >= SHORTEST) level(counts, start, i, <u32>max((sum + (n >> 1)) / n, 1))
      start = i
      sum = 0
    }
    sum += count
  }
}

/** Else zeros stay among themselves: a code for what does not occur is a waste. */
@inline function belongs(count: u32, sum: u64, n: i32, fill: bool): bool {
  if (!fill && (!count || !sum)) return !count && !sum
  const mean = <i64>(sum / n)
  const distance = <i64>count - mean
  return (distance < 0 ? -distance : distance) <= max(<i64>NEAR, mean >> 3)
}

function level(counts: usize, from: i32, to: i32, mean: u32): void {
  for (let i = from; i < to; i++) store<u32>(counts + (<usize>i << 2), mean)
}
