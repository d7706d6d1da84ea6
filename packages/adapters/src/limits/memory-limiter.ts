import type { Limiter, LimiterState } from './limiter.js'

export interface Rate {
  readonly points: number
  /** Of the window, in seconds. */
  readonly duration: number
}

/** Addresses are cheap in IPv6: what is remembered of them must not grow with them. */
const maxKeys = 10_000

/**
 * Counts in fixed windows, in this process alone. Of more keys than `maxKeys`, those that came least
 * recently are forgotten (LRU).
 */
export function memoryLimiter({ points, duration }: Rate, keys = maxKeys): Limiter {
  /** Least recently used first: a Map keeps the order of insertion. */
  const windows = new Map<string, { readonly end: number; taken: number }>()

  async function consume(key: string, amount = 1): Promise<LimiterState> {
    const now = Date.now()
    const last = windows.get(key)
    const window = last && last.end > now ? last : { end: now + duration * 1000, taken: 0 }
    windows.delete(key)
    windows.set(key, window)
    const [oldest] = windows.keys()
    if (windows.size > keys && oldest !== undefined) windows.delete(oldest)
    window.taken += amount
    const state = { msBeforeNext: window.end - now, remainingPoints: Math.max(0, points - window.taken) }
    if (window.taken > points) throw state
    return state
  }
  return { points, duration, consume }
}
