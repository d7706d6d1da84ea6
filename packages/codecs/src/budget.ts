import type { Budget, RenderStep, StepCost } from '@sluice/core'
import { type Allocation, type Limits, MemoryBudget, SandboxError, TimeBudget } from '@sluice/sandbox'

/** What one image may cost, and what it has cost so far. Everything that serves the image shares it. */
export class ImageBudget implements Budget {
  readonly timeMs: number
  readonly headroom: number
  readonly memoryMb: number
  readonly isPart: boolean
  /** Of `memoryMb`, what is held now. */
  readonly memory: MemoryBudget
  /** Of `timeMs`, what was spent. */
  readonly time: TimeBudget
  readonly #costs = new Map<RenderStep, StepCost>()

  constructor({ timeMs, headroom, memoryMb, isPart = false }: Budget) {
    this.timeMs = timeMs
    this.headroom = headroom
    this.memoryMb = memoryMb
    this.isPart = isPart
    this.memory = new MemoryBudget(memoryMb * 2 ** 20)
    this.time = new TimeBudget(timeMs)
  }

  /** What each step has taken so far, in the order in which they began. */
  get costs(): readonly StepCost[] {
    return [...this.#costs.values()]
  }

  /** Adds to what a step has taken: work that was done, in milliseconds, and fuel where it is metered. */
  spend(step: RenderStep, ms: number, fuel = 0): void {
    const spent = this.#costs.get(step)
    this.#costs.set(step, {
      step,
      ms: (spent?.ms ?? 0) + ms,
      fuel: (spent?.fuel ?? 0) + fuel,
      memoryBytes: Math.max(spent?.memoryBytes ?? 0, this.memory.held),
    })
  }

  /** Does work that is not metered, and counts how long it took. */
  timed<Value>(step: RenderStep, work: () => Value): Value {
    const start = performance.now()
    const value = work()
    this.spend(step, performance.now() - start)
    return value
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
  /** What it is the price of. */
  readonly step: RenderStep
  /**
   * What an honest image of this size takes at most; the policy's `headroom` comes on top. Infinite where the
   * operator chose how much there is to do: then the time alone is the limit.
   */
  readonly fuel: number
  /**
   * For each millisecond of the policy's `timeMs`, whatever the price: fuel per millisecond on a machine
   * slower by `slack` (prices.ts) than the one that it was measured on. So the time holds where no thread can
   * be ended, and does not depend on a header.
   */
  readonly perMs: number
}

/**
 * What one instance may cost.
 * @param likelyBytes of memory that it will take about, where that is known
 */
export function limitsOf(budget: ImageBudget, { step, fuel, perMs }: Price, likelyBytes = 0): Limits {
  const { memoryMb, headroom, memory, time } = budget
  return {
    memoryBytes: memoryMb * 2 ** 20,
    fuel: Math.ceil(Math.min(headroom * fuel, time.leftMs * perMs)),
    left: () => Math.ceil(time.leftMs * perMs),
    likelyBytes,
    memory,
    onFuel: (used, ms) => {
      time.charge(used / perMs)
      budget.spend(step, ms, used)
    },
  }
}

/**
 * The same for an attempt that may fail: half of it, so that another way can be gone after it.
 * @param pictures that have to be encoded in the time that is left, this one among them
 */
export function halfOf(limits: Limits, pictures = 1): Limits {
  return { ...limits, fuel: Math.floor(limits.fuel / 2 / pictures) }
}

/** Whether an attempt ended for lack of fuel or memory, and a cheaper one may do. */
export function isTooMuch(thrown: unknown, { isPart }: ImageBudget): boolean {
  if (!(thrown instanceof SandboxError)) return false
  return thrown.kind === 'out-of-fuel' || (thrown.kind === 'out-of-memory' && !isPart)
}

/** What an attempt gives; undefined where it ended as above. Traps and faults of ours are no answer. */
export async function ifItFits<Value>(
  budget: ImageBudget,
  attempt: Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await attempt
  } catch (thrown) {
    if (isTooMuch(thrown, budget)) return undefined
    throw thrown
  }
}
