import type { UploadError } from '@sluice/core'
import { FairQueue } from './fair-queue.js'
import type { Slot } from './slot.js'

/** When somebody does not want to wait any more. */
export interface Patience {
  readonly signal: AbortSignal | undefined
  /** In milliseconds. Default: without end. */
  readonly maxWaitMs?: number
  readonly aborted: () => UploadError
  readonly late?: () => UploadError
}

/** Who wants all slots, and those that it has so far. */
interface Gathering {
  readonly slots: Slot[]
  readonly complete: () => void
}

/** The slots of a pool: one for each that waits, in turn, or all of them for one. */
export class Slots {
  readonly #all: readonly Slot[]
  readonly #free: Slot[]
  readonly #queue = new FairQueue<(slot: Slot) => void>()
  readonly #gatherings: Gathering[] = []
  #taken = 0
  #whenIdle: () => void = () => {}

  constructor(all: readonly Slot[]) {
    this.#all = all
    this.#free = [...all]
  }

  /** How many wait. */
  get waiting(): number {
    return this.#queue.length + this.#gatherings.length
  }

  get anyFree(): boolean {
    return this.#free.length > 0
  }

  /** How long no slot takes a job, in milliseconds. */
  get restMs(): number {
    return Math.min(...this.#all.map(slot => slot.restMs))
  }

  /** Those of one key in the order in which they came, all keys in turn. */
  take(key: string, patience: Patience): Promise<Slot> {
    let start: ((slot: Slot) => void) | undefined
    return this.#wait(patience, {
      come: complete => {
        start = slot => complete(slot)
        this.#queue.push(key, start)
      },
      leave: () => start && this.#queue.remove(key, start),
    })
  }

  /** All slots, each as soon as it is free: before anybody who wants one. One after the other. */
  takeAll(patience: Patience): Promise<readonly Slot[]> {
    let gathering: Gathering | undefined
    return this.#wait<readonly Slot[]>(patience, {
      come: complete => {
        const slots: Slot[] = []
        gathering = { slots, complete: () => complete(slots) }
        this.#gatherings.push(gathering)
      },
      leave: () => {
        if (!gathering) return
        this.#gatherings.splice(this.#gatherings.indexOf(gathering), 1)
        this.#taken -= gathering.slots.length
        this.#free.push(...gathering.slots)
      },
    })
  }

  /** A slot whose worker ended too often is left empty for a while. */
  release(slot: Slot): void {
    this.#taken--
    const back = () => {
      this.#free.push(slot)
      this.#next()
    }
    if (slot.restMs === 0) back()
    else {
      later(back, slot.restMs)
      this.#next()
    }
  }

  /** Resolves when nobody has a slot or waits for one. */
  idle(): Promise<void> {
    return new Promise(resolve => {
      this.#whenIdle = resolve
      this.#next()
    })
  }

  #wait<Value>(
    { signal, maxWaitMs = Number.POSITIVE_INFINITY, aborted, late = aborted }: Patience,
    { come, leave }: { come(complete: (value: Value) => void): void; leave(): void },
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
      }
      const giveUp = (error: UploadError) => {
        end()
        leave()
        reject(error)
        this.#next()
      }
      const onAbort = () => giveUp(aborted())
      const timer = Number.isFinite(maxWaitMs) ? setTimeout(() => giveUp(late()), maxWaitMs) : undefined
      signal?.addEventListener('abort', onAbort, { once: true })
      come(value => {
        end()
        resolve(value)
      })
      this.#next()
    })
  }

  #next(): void {
    for (let slot = this.#free[0]; slot && this.waiting > 0; slot = this.#free[0]) {
      this.#free.shift()
      this.#taken++
      const [gathering] = this.#gatherings
      if (!gathering) this.#queue.shift()?.(slot)
      else if (gathering.slots.push(slot) === this.#all.length) {
        this.#gatherings.shift()
        gathering.complete()
      }
    }
    if (this.#taken + this.waiting === 0) this.#whenIdle()
  }
}

/** Does not keep a process alive, where timers can do that. */
function later(work: () => void, ms: number): void {
  const timer: unknown = setTimeout(work, ms)
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function')
    timer.unref()
}
