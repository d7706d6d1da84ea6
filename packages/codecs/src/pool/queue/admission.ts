import { type Stage, UploadError } from '@sluice/core'
import { FairQueue } from './fair-queue.js'
import type { Slots } from './slots.js'

export interface Bounds {
  /** How many workers. */
  readonly size: number
  /** How many images may wait before one of the same key. */
  readonly maxQueue: number
  /** How many requests may have a place while their body arrives. */
  readonly maxReserved: number
  /** In milliseconds. */
  readonly maxWaitMs: number
}

/** The place of one request. */
export interface Place {
  /** Its body is here. */
  arrive(): void
  /** Idempotent. */
  leave(): void
}

/**
 * For each worker, so many may be drawn, wait or be on their way whatever images take: slow ones do not shut out all
 * others.
 */
const leastEach = 3
/** The same where nobody has waited for long: at least so many, and what is drawn in so many times `maxWaitMs`. */
const burst = { leastEach: 8, times: 3 }

/**
 * Who may wait for a worker. A burst is served to its end. Where somebody has waited at every moment for longer than
 * `maxWaitMs`, more come than can be drawn, until nobody has waited for as long: a long queue would only make all of them
 * wait, and a newcomer whose turn would come later than that is told so before the body is read. (After CoDel, RFC 8289: a queue is judged by how long it
 * stands, not by how long it is.)
 */
export class Admission {
  readonly #bounds: Bounds
  readonly #slots: Slots
  /** Those whose bodies are expected soon, by their keys; and when they came, oldest first. */
  readonly #arriving = new FairQueue<Place>()
  readonly #came = new Map<Place, { readonly key: string; readonly at: number }>()
  readonly #places = new Set<Place>()
  #isOverloaded = false
  /** A moving mean of what an image takes. */
  #meanMs: number | undefined

  constructor(bounds: Bounds, slots: Slots) {
    this.#bounds = bounds
    this.#slots = slots
  }

  /** An image took so long. */
  drew(ms: number): void {
    this.#meanMs = this.#meanMs === undefined ? ms : this.#meanMs + (ms - this.#meanMs) / 8
  }

  /** @throws UploadError `busy` where there is no room, or no worker for a while */
  check(key: string, stage: Stage): void {
    this.#judge()
    const slots = this.#slots
    const isFull = slots.mustWait && slots.before(key) >= this.#bounds.maxQueue
    if (isFull || slots.restMs > 0) throw this.busy(stage)
  }

  /** @throws UploadError `busy` */
  enter(key: string): Place {
    this.check(key, 'guard')
    const before = this.#slots.drawn + this.#slots.before(key) + this.#arrivingBefore(key)
    if (this.#places.size >= this.#bounds.maxReserved || before >= this.#mostBefore) throw this.busy('guard')
    const place = {
      arrive: () => this.#expectNoMore(place),
      leave: () => {
        place.arrive()
        this.#places.delete(place)
      },
    }
    this.#arriving.push(key, place)
    this.#came.set(place, { key, at: performance.now() })
    this.#places.add(place)
    return place
  }

  busy(stage: Stage): UploadError {
    const { size } = this.#bounds
    const turn = ((this.#slots.waiting + 1) * this.#eachMs) / size
    const seconds = Math.ceil(Math.max(turn, this.#slots.restMs) / 1000)
    return new UploadError('busy', { retryAfter: Math.min(60, seconds) }, { stage })
  }

  get #eachMs(): number {
    return this.#meanMs ?? 1000
  }

  /** Whoever comes asks first, so that no pause between two of them is missed. */
  #judge(): void {
    const { pressedMs, calmMs } = this.#slots
    if (pressedMs > this.#bounds.maxWaitMs) this.#isOverloaded = true
    else if (calmMs > this.#bounds.maxWaitMs) this.#isOverloaded = false
  }

  /** How many images may be finished before that of a request is begun. */
  get #mostBefore(): number {
    const { size, maxWaitMs } = this.#bounds
    const inTime = maxWaitMs / this.#eachMs
    const each = this.#isOverloaded
      ? Math.max(leastEach, inTime)
      : Math.max(burst.leastEach, burst.times * inTime)
    return size * each
  }

  /** Slow ones, of which there may be many, are not counted any more. */
  #arrivingBefore(key: string): number {
    const since = performance.now() - this.#bounds.maxWaitMs
    for (const [place, { at }] of this.#came) {
      if (at >= since) break
      this.#expectNoMore(place)
    }
    return this.#arriving.before(key)
  }

  #expectNoMore(place: Place): void {
    const came = this.#came.get(place)
    if (came) this.#arriving.remove(came.key, place)
    this.#came.delete(place)
  }
}
