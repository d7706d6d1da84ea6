import type { Limiter, LimiterState } from './limiter.js'
import { TtlMap } from './ttl-map.js'

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
  const windows = new TtlMap<{ readonly end: number; taken: number }>(keys)

  async function consume(key: string, amount = 1): Promise<LimiterState> {
    const now = Date.now()
    const window = windows.get(key) ?? { end: now + duration * 1000, taken: 0 }
    windows.set(key, window)
    window.taken += amount
    const state = { msBeforeNext: window.end - now, remainingPoints: Math.max(0, points - window.taken) }
    if (window.taken > points) throw state
    return state
  }
  return { points, duration, consume }
}
