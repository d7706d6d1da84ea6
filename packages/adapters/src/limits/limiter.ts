import { type Holding, UploadError } from '@sluice/core'
import { hasMethods } from '../checks/checks.js'

/** What a limiter tells, as rate-limiter-flexible's `RateLimiterRes` does. */
export interface LimiterState {
  readonly msBeforeNext?: number
  readonly remainingPoints?: number
}

/**
 * A limiter of rate-limiter-flexible (memory, Redis and others) fits as it is: it rejects with a state when
 * it is over.
 */
export interface Limiter {
  /** Of one window, and its length in seconds: told to the client where they are known. */
  readonly points?: number
  readonly duration?: number
  consume(key: string, points?: number): Promise<LimiterState>
}

/**
 * What one user may bring in, in all windows of the limiters: usually a day; and what they may hold, which takes
 * `records`.
 */
export interface Quota extends Holding {
  /** Of bodies, as they arrive. */
  readonly bytes?: Limiter
  readonly files?: Limiter
}

/** @throws OptionError where it is given and cannot be asked */
export function checkLimiter(name: string, limiter: unknown): void {
  const what = 'a limiter with consume(key, points), such as new RateLimiterMemory({ points, duration })'
  if (limiter !== undefined) hasMethods(name, limiter, ['consume'], what)
}

/**
 * Takes points, or refuses. A limiter that fails by itself (its Redis is gone) refuses too, as `internal`.
 * @throws UploadError `code` with `retryAfter` in seconds
 */
export async function consume(
  limiter: Limiter,
  key: string,
  points: number,
  code: 'rate-limited' | 'quota-exceeded',
): Promise<LimiterState> {
  try {
    return await limiter.consume(key, points)
  } catch (thrown) {
    if (thrown instanceof Error || !isState(thrown))
      throw UploadError.from(thrown, 'internal', { stage: 'guard' })
    throw new UploadError(code, { retryAfter: Math.max(1, Math.ceil((thrown.msBeforeNext ?? 1000) / 1000)) })
  }
}

function isState(thrown: unknown): thrown is LimiterState {
  return typeof thrown === 'object' && thrown !== null && 'msBeforeNext' in thrown
}

/** RateLimit fields (draft-ietf-httpapi-ratelimit-headers-10), as far as the limiter tells. */
export function rateLimitHeaders(limiter: Limiter, state: LimiterState): Record<string, string> {
  const { points, duration } = limiter
  const { remainingPoints, msBeforeNext } = state
  if (points === undefined || remainingPoints === undefined || msBeforeNext === undefined) return {}
  const window = duration === undefined ? '' : `;w=${duration}`
  return {
    'RateLimit-Policy': `"upload";q=${points}${window}`,
    RateLimit: `"upload";r=${Math.max(0, remainingPoints)};t=${Math.ceil(msBeforeNext / 1000)}`,
  }
}
