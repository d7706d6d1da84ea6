import type { Budget } from '@sluice/core'
import { type Allocation, type Limits, MemoryBudget, TimeBudget } from '@sluice/sandbox'

/** What one image may cost, and what it has cost so far. Everything that serves the image shares it. */
export class ImageBudget implements Budget {
  readonly timeMs: number
  readonly headroom: number
  readonly memoryMb: number
  /** Of `memoryMb`, what is held now. */
  readonly memory: MemoryBudget
  /** Of `timeMs`, what was spent. */
  readonly time: TimeBudget

  constructor({ timeMs, headroom, memoryMb }: Budget) {
    this.timeMs = timeMs
    this.headroom = headroom
    this.memoryMb = memoryMb
    this.memory = new MemoryBudget(memoryMb * 2 ** 20)
    this.time = new TimeBudget(timeMs)
  }

  /**
   * Bytes whose number comes from a file: counted and allocated in one act.
   * @throws SandboxError 'out-of-memory'
   */
  allocate(bytes: number): Allocation {
    return this.memory.allocate(bytes)
  }
}

/** What the work on an image may take, in fuel of the module that does it. */
export interface Price {
  /** What an honest image of this size takes at most; the policy's `headroom` comes on top. */
  readonly fuel: number
  /**
   * For each millisecond of the policy's `timeMs`, whatever the price: fuel per millisecond on a machine
   * slower by `slack` (prices.ts) than the one that it was measured on. So the time holds where no thread can
   * be ended, and does not depend on a header.
   */
  readonly perMs: number
}

/** Of modules that are not metered. */
const free: Price = { fuel: 0, perMs: 0 }

/**
 * What one instance may cost.
 * @param likelyBytes of memory that it will take about, where that is known
 */
export function limitsOf(
  { memoryMb, headroom, memory, time }: ImageBudget,
  { fuel, perMs }: Price = free,
  likelyBytes = 0,
): Limits {
  return {
    memoryBytes: memoryMb * 2 ** 20,
    fuel: Math.ceil(Math.min(headroom * fuel, time.leftMs * perMs)),
    likelyBytes,
    memory,
    onFuel: used => {
      if (perMs > 0) time.charge(used / perMs)
    },
  }
}
