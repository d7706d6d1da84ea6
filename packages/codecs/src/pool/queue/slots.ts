import type { UploadError } from '@sluice/core'
import type { Slot } from '../slot.js'
import { FairQueue, type Verdict } from './fair-queue.js'

/** When somebody does not want to wait any more. */
export interface Patience {
  readonly signal: AbortSignal | undefined
  readonly aborted: () => UploadError
}

/** What an attempt is about to take. */
export interface Wanted {
  /** In MiB, until the slot is released. */
  readonly memoryMb: number
  /** It is begun with less where there is not more, but not with less than this. Default: `memoryMb`. */
  readonly leastMb?: number
  /** More frames than one, which may take as long as ten photographs. */
  readonly isClip: boolean
}

export interface Taken {
  readonly slot: Slot
  readonly memoryMb: number
  readonly isClip: boolean
}

interface Waiting extends Required<Wanted> {
  readonly start: (taken: Taken) => void
}

/**
 * The slots of a pool, and the memory that they share. A first attempt waits for its key's turn; one that is repeated with
 * more memory goes before all first attempts, as soon as there is enough. Clips never have the last slot while a still waits
 * (a bulkhead), which would have to wait ten times as long as for another still.
 */
export class Slots {
  readonly #all: readonly Slot[]
  readonly #free: Slot[]
  readonly #first = new FairQueue<Waiting>()
  readonly #again: Waiting[] = []
  readonly #taken = new Set<Taken>()
  readonly #memoryMb: number
  readonly #mostClips: number
  #whenIdle: () => void = () => {}
  /** Since when there has been a queue, or none. */
  #since = performance.now()
  #isPressed = false

  /** @param memoryMb at least what any attempt asks for */
  constructor(all: readonly Slot[], memoryMb: number) {
    this.#all = all
    this.#free = [...all]
    this.#memoryMb = memoryMb
    this.#mostClips = Math.max(1, all.length - 1)
  }

  /** How many wait. */
  get waiting(): number {
    return this.#first.length + this.#again.length
  }

  /** How many are drawn. */
  get drawn(): number {
    return this.#taken.size
  }

  /** How many of them would be taken before a newcomer of this key. */
  before(key: string): number {
    return this.#first.before(key) + this.#again.length
  }

  /** For how long the queue has not been empty, in milliseconds. */
  get pressedMs(): number {
    return this.#isPressed ? performance.now() - this.#since : 0
  }

  /** For how long it has been empty. */
  get calmMs(): number {
    return this.#isPressed ? 0 : performance.now() - this.#since
  }

  /** Whether a newcomer would have to: a slot may be free and the memory for it not. */
  get mustWait(): boolean {
    return this.#free.length === 0 || this.waiting > 0
  }

  /** Summed up each time, so that fractions leave no remainder: whoever wants all of it gets it once nothing is taken. */
  get #leftMb(): number {
    let left = this.#memoryMb
    for (const { memoryMb } of this.#taken) left -= memoryMb
    return left
  }

  /** How long no slot takes a job, in milliseconds. */
  get restMs(): number {
    return Math.min(...this.#all.map(slot => slot.restMs))
  }

  /** Those of one key in the order in which they came, all keys in turn. */
  take(key: string, wanted: Wanted, patience: Patience): Promise<Taken> {
    return this.#wait(wanted, patience, waiting => {
      this.#first.push(key, waiting)
      return () => this.#first.remove(key, waiting)
    })
  }

  takeAgain(wanted: Wanted, patience: Patience): Promise<Taken> {
    return this.#wait(wanted, patience, waiting => {
      this.#again.push(waiting)
      return () => void this.#again.splice(this.#again.indexOf(waiting), 1)
    })
  }

  /** A slot whose worker ended too often is left empty for a while. */
  release(taken: Taken): void {
    const { slot } = taken
    this.#taken.delete(taken)
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

  /** @param queue puts it into a queue, and gives what takes it out */
  #wait(
    { memoryMb, leastMb = memoryMb, isClip }: Wanted,
    { signal, aborted }: Patience,
    queue: (waiting: Waiting) => () => void,
  ): Promise<Taken> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        leave()
        reject(aborted())
        this.#next()
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      const leave = queue({
        memoryMb,
        leastMb,
        isClip,
        start(taken) {
          signal?.removeEventListener('abort', onAbort)
          resolve(taken)
        },
      })
      this.#next()
    })
  }

  #next(): void {
    for (let slot = this.#free[0]; slot; slot = this.#free[0]) {
      const waiting = this.#turn()
      if (!waiting) break
      this.#free.shift()
      const taken = {
        slot,
        memoryMb: Math.min(waiting.memoryMb, this.#leftMb),
        isClip: waiting.isClip,
      }
      this.#taken.add(taken)
      waiting.start(taken)
    }
    this.#look()
    if (this.#taken.size + this.waiting === 0) this.#whenIdle()
  }

  #look(): void {
    const isPressed = this.waiting > 0
    if (isPressed !== this.#isPressed) this.#since = performance.now()
    this.#isPressed = isPressed
  }

  #turn(): Waiting | undefined {
    const leftMb = this.#leftMb
    const [again] = this.#again
    if (again) return again.leastMb <= leftMb ? this.#again.shift() : undefined
    // Nobody overtakes one that waits for memory, which would starve otherwise.
    const byMemory = ({ leastMb }: Waiting): Verdict => (leastMb <= leftMb ? 'go' : 'wait')
    if (this.#clips < this.#mostClips) return this.#first.shift(byMemory)
    const still = this.#first.shift(waiting => (waiting.isClip ? 'pass' : byMemory(waiting)))
    return still ?? this.#first.shift(byMemory)
  }

  /** How many are drawn. */
  get #clips(): number {
    let count = 0
    for (const { isClip } of this.#taken) if (isClip) count++
    return count
  }
}

/** Does not keep a process alive, where timers can do that. */
function later(work: () => void, ms: number): void {
  const timer: unknown = setTimeout(work, ms)
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function')
    timer.unref()
}
