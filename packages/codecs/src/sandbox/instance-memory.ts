import { Ledger } from './ledger.js'
import type { Limits } from './limits.js'
import { giveBack, PAGE, takeMemory } from './memories.js'
import { startingPages } from './starting-pages.js'

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
  readonly #ledger: Ledger
  readonly #leave: () => void
  #gauges: MemoryGauges | undefined

  /** @throws SandboxError 'out-of-memory' when the module starts with more than is left */
  constructor(module: WebAssembly.Module, { memoryBytes, likelyBytes = 0, ledger }: Limits) {
    this.#startingPages = startingPages(module)
    this.#maximumPages = Math.min(65_536, Math.floor(memoryBytes / PAGE))
    this.#ledger = ledger ?? new Ledger(memoryBytes)
    this.#leave = this.#ledger.hold(this)
    this.memory = takeMemory(this.#startingPages, this.#maximumPages, likelyBytes / PAGE)
  }

  /** @param exports of the instance that runs in this memory */
  attach(exports: WebAssembly.Exports): void {
    this.#gauges = exports as unknown as MemoryGauges
  }

  /** What the module has asked for so far: the memory itself may have served before, and be larger. */
  get bytes(): number {
    return (this.#gauges?.pages.value ?? this.#startingPages) * PAGE
  }

  /** Bytes that the last refused growth asked for; 0 if none was refused. */
  get refusedBytes(): number {
    return ((this.#gauges?.refused.value ?? 0) >>> 0) * PAGE
  }

  get limitBytes(): number {
    const pages = Math.floor((this.bytes + this.#ledger.left) / PAGE)
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
    const missing = wanted - this.memory.buffer.byteLength / PAGE
    try {
      if (wanted > limit.value) throw new RangeError('beyond the limit')
      if (missing > 0) this.memory.grow(missing)
      pages.value = Math.max(pages.value, wanted)
      return true
    } catch {
      refused.value = wanted - pages.value
      return false
    }
  }

  /** Gives the memory back: every view on it is empty after this. */
  close(): void {
    this.#leave()
    this.#gauges = undefined
    giveBack(this.memory)
  }
}
