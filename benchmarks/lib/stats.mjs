/** @import { Summary } from '../types.js' */

/**
 * Between the two values around it where it falls on none; NaN of none.
 * @param {readonly number[]} sorted ascending @param {number} share 0 to 1
 */
export function quantile(sorted, share) {
  const place = share * (sorted.length - 1)
  const low = Math.floor(place)
  return sorted[low] + (sorted[Math.ceil(place)] - sorted[low]) * (place - low)
}

/**
 * Median with the quartiles around it: the spread that bars show.
 * @param {readonly number[]} values @returns {Summary}
 */
export function summarise(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const [median, low, high] = [0.5, 0.25, 0.75].map(share => quantile(sorted, share))
  return { median, low, high, rounds: sorted.length }
}

/** @param {readonly number[]} values */
export const median = values => summarise(values).median

/**
 * Ratio of two interleaved series, maps of round to milliseconds: median of the ratios round by round, which slow drift of
 * the machine leaves alone.
 * @param {ReadonlyMap<number, number>} times
 * @param {ReadonlyMap<number, number>} yardstick
 */
export function ratioOf(times, yardstick) {
  return summarise([...times].map(([round, ms]) => ms / (yardstick.get(round) ?? Number.NaN)))
}

/**
 * The same of two series in which nobody left out a round.
 * @param {readonly number[]} times @param {readonly number[]} yardstick
 */
export function pairedRatio(times, yardstick) {
  return ratioOf(new Map(times.entries()), new Map(yardstick.entries()))
}
