import type { Budget } from '@sluice/core'
import type { Ledger, Limits } from './sandbox/index.js'
import type { Work } from './work.js'

/** A policy's budget for one image. */
export interface ImageBudget extends Budget {
  /** What the image holds of `memoryMb`. A part that is used without one has `memoryMb` for each of its instances. */
  readonly ledger?: Ledger
  /** What the image has taken of `timeMs`. A part that is used without one has `timeMs` for each of its instances. */
  readonly work?: Work
}

/** What the work on an image may take, in fuel of the module that does it. */
export interface Price {
  /** What an honest image of this size takes at most; the policy's `headroom` comes on top. */
  readonly fuel: number
  /**
   * For each millisecond of the policy's `timeMs`, whatever the price: about what a machine a fifth as fast as the one
   * that it was measured on does in it. So the time holds where no thread can be ended, and does not depend on a header.
   */
  readonly perMs: number
}

/** Of modules that are not metered. */
const FREE: Price = { fuel: 0, perMs: 0 }

/**
 * What one instance may cost.
 * @param likelyBytes of memory that it will take about, where that is known
 */
export function limitsOf(
  { timeMs, memoryMb, headroom, ledger, work }: ImageBudget,
  { fuel, perMs }: Price = FREE,
  likelyBytes = 0,
): Limits {
  return {
    memoryBytes: memoryMb * 2 ** 20,
    fuel: Math.ceil(Math.min(headroom * fuel, (work?.leftMs ?? timeMs) * perMs)),
    likelyBytes,
    ledger,
    onFuel: used => {
      if (perMs > 0) work?.spend(used / perMs)
    },
  }
}
