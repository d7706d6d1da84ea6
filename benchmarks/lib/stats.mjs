/** Median with the quartiles around it: the spread that bars show. */
export function summarise(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = share => {
    const place = share * (sorted.length - 1)
    const low = Math.floor(place)
    return sorted[low] + (sorted[Math.ceil(place)] - sorted[low]) * (place - low)
  }
  return { median: at(0.5), low: at(0.25), high: at(0.75), rounds: sorted.length }
}

export const median = values => summarise(values).median

/**
 * Ratio of two interleaved series, maps of round to milliseconds: median of the ratios round by round, which slow drift of
 * the machine leaves alone.
 */
export function ratioOf(times, yardstick) {
  return summarise([...times].map(([round, ms]) => ms / yardstick.get(round)))
}

/** The same of two series in which nobody left out a round. */
export function pairedRatio(times, yardstick) {
  return ratioOf(new Map(times.entries()), new Map(yardstick.entries()))
}
