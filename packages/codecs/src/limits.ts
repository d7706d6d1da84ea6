import type { Budget } from '@sluice/core'
import type { Ledger, Limits } from './sandbox/index.js'

/** A policy's budget for one image. */
export interface ImageBudget extends Budget {
  /** What the image holds of `memoryMb`. A part that is used without one has `memoryMb` for each of its instances. */
  readonly ledger?: Ledger
}

/**
 * What one instance may cost.
 * @param price fuel that an honest image of this size takes at most; 0 for modules that are not metered
 * @param likelyBytes of memory that it will take about, where that is known
 */
export function limitsOf({ memoryMb, headroom, ledger }: ImageBudget, price = 0, likelyBytes = 0): Limits {
  return { memoryBytes: memoryMb * 2 ** 20, fuel: Math.ceil(headroom * price), likelyBytes, ledger }
}
