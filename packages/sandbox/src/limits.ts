import type { MemoryBudget } from './memory/budget.js'

/** What one instance may cost. Both are hard: the instance traps, it does not warn. */
export interface Limits {
  /** Ceiling of the instance's memory, in bytes; rounded down to pages of 64 KiB. */
  readonly memoryBytes: number
  /** Loop iterations and function calls, a whole number. The module traps below zero. */
  readonly fuel: number
  /**
   * What the image that the instance serves may still spend, a whole number: asked before each call. Default:
   * all of `fuel`.
   */
  readonly left?: () => number
  /** What it will take about, where that is known: a memory that served before and fits is used again. */
  readonly likelyBytes?: number
  /** Of the image that the instance serves: the ceiling is of all that it holds. Without one, the instance is alone. */
  readonly memory?: MemoryBudget | undefined
  /**
   * Told of the fuel that each call has used, and of the milliseconds since it began or was last told of: 0 where the
   * runtime's clock stands still during computation.
   */
  readonly onFuel?: (used: number, ms: number) => void
}

/** What an image did cost. */
export interface Cost {
  /** Fuel used. The same on every run and every runtime. */
  readonly fuel: number
  /** Size of the instance's memory when its work was done, in bytes. Memory never shrinks, so this is the peak. */
  readonly memoryBytes: number
}
