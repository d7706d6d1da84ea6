/** How soon a worker that ended may be replaced. */
export const restartLimits = {
  /** Ends within this time count, in milliseconds. */
  windowMs: 60_000,
  /** So many are replaced at once. */
  atOnce: 2,
  /** The next one after this wait, in milliseconds; each further one after twice the wait. */
  firstMs: 100,
  longestMs: 30_000,
} as const

/**
 * Exponential backoff with jitter, by how often the worker of one place ended within the last minute:
 * whatever makes workers end, starting new ones cannot become the load: at most 15 of one place in a minute.
 */
export class Backoff {
  #ends: number[] = []

  /**
   * @param random from 0 to 1: half of the wait is left to chance, so that places do not start all at once
   */
  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly random: () => number = Math.random,
  ) {}

  /** Counts an end. @returns how long to wait before the next start, in milliseconds */
  ended(): number {
    const { windowMs, atOnce, firstMs, longestMs } = restartLimits
    const now = this.now()
    this.#ends = [...this.#ends.filter(at => now - at < windowMs), now]
    const beyond = this.#ends.length - atOnce - 1
    if (beyond < 0) return 0
    return Math.min(longestMs, firstMs * 2 ** beyond) * (0.5 + this.random() / 2)
  }
}
