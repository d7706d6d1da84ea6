import type { Limits } from '../limits.js'
import { noMemory } from '../sandbox-error.js'
import { startingPages } from '../starting-pages.js'
import { MemoryBudget } from './budget.js'
import { acquireMemory, PAGE, releaseMemory } from './pool.js'
import { bytesSpare, dropSpare } from './zeros.js'

/** What hardening adds to the exports of every module. */
export interface MemoryGauges {
  /** Pages of 64 KiB that the module believes to have. */
  readonly pages: WebAssembly.Global<'i32'>
  /** Pages that it may have. */
  readonly limit: WebAssembly.Global<'i32'>
  /** Pages it asked for last in vain. */
  readonly refused: WebAssembly.Global<'i32'>
}

/**
 * The memory of one instance, which may grow by what its image has left. Modules run one at a time, so it is enough to
 * look at that before each call.
 */
export class InstanceMemory {
  readonly memory: WebAssembly.Memory
  readonly #startingPages: number
  readonly #maximumPages: number
  readonly #budget: MemoryBudget
  readonly #release: () => void
  #gauges: MemoryGauges | undefined

  /** @throws SandboxError 'out-of-memory' when it starts with more than is left, 'no-memory' where there is none */
  constructor(module: WebAssembly.Module, { memoryBytes, likelyBytes = 0, memory }: Limits) {
    this.#startingPages = startingPages(module)
    this.#maximumPages = Math.min(65_536, Math.floor(memoryBytes / PAGE))
    this.#budget = memory ?? new MemoryBudget(memoryBytes)
    this.#release = this.#budget.reserve(this)
    // Buffers of the images before are within the ceiling too.
    if (likelyBytes > this.#budget.left - bytesSpare()) dropSpare()
    try {
      this.memory = acquireMemory(
        this.#startingPages,
        this.#maximumPages,
        Math.max(this.#startingPages, likelyBytes / PAGE),
        this.#budget.left,
      )
    } catch (thrown) {
      this.#release()
      throw noMemory(thrown, `${this.#startingPages * PAGE} bytes to start with`)
    }
  }

  /**
   * @param exports of the instance that runs in this memory
   * @throws TypeError where the module was not hardened: nothing would bound it
   */
  attach(exports: object): void {
    if (!hasGauges(exports)) throw new TypeError('the module lacks the gauges that hardening adds')
    this.#gauges = exports
  }

  /** What the module has asked for so far: the memory itself may have served before, and be larger. */
  get bytes(): number {
    return (this.#gauges?.pages.value ?? this.#startingPages) * PAGE
  }

  /** Bytes that the last refused growth asked for; 0 if none was refused. */
  get refusedBytes(): number {
    return ((this.#gauges?.refused.value ?? 0) >>> 0) * PAGE
  }

  /** What was refused was below the ceiling. */
  get refusedByRuntime(): boolean {
    if (!this.#gauges || this.refusedBytes === 0) return false
    const { pages, limit } = this.#gauges
    return pages.value * PAGE + this.refusedBytes <= limit.value * PAGE
  }

  get limitBytes(): number {
    const pages = Math.floor((this.bytes + this.#budget.left) / PAGE)
    return Math.min(pages, this.#maximumPages) * PAGE
  }

  /** Says to the module how far it may grow now. Before each call of it. */
  ready(): void {
    if (this.#gauges) this.#gauges.limit.value = this.limitBytes / PAGE
  }

  /** Grows on behalf of the module. @returns false, and leaves a note, if that is more than is left */
  grow(toBytes: number): boolean {
    if (!this.#gauges) return false
    const { pages, limit, refused } = this.#gauges
    const wanted = Math.ceil(toBytes / PAGE)
    if (wanted > limit.value || !this.#growTo(wanted)) {
      refused.value = wanted - pages.value
      return false
    }
    pages.value = Math.max(pages.value, wanted)
    return true
  }

  #growTo(pages: number): boolean {
    const missing = pages - this.memory.buffer.byteLength / PAGE
    try {
      if (missing > 0) this.memory.grow(missing)
      return true
    } catch (thrown) {
      // What the engine throws where the machine has no more.
      if (thrown instanceof RangeError) return false
      throw thrown
    }
  }

  /** Gives the memory back: every view on it is empty after this. */
  close(): void {
    this.#release()
    this.#gauges = undefined
    releaseMemory(this.memory)
  }
}

function hasGauges(exports: object): exports is MemoryGauges {
  return 'pages' in exports && 'limit' in exports && 'refused' in exports
}
