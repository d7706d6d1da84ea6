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
 * Per worker, this many requests may be drawn, waiting or arriving, however long images take: slow ones must not shut out
 * everybody else.
 */
const leastEach = 3
/** The same while there is no standing queue: at least `leastEach`, or what is drawn within `times` times `maxWaitMs`. */
const burst = { leastEach: 8, times: 3 }

/**
 * Admission control: who may wait for a worker. A burst is served to its end. A standing queue, in which somebody has been
 * waiting at every moment for longer than `maxWaitMs`, means overload, until the queue has been empty for as long. A longer
 * queue would then only delay everybody, so a newcomer whose turn would come later than that is refused before its body is
 * read. (After CoDel, RFC 8289: a queue is judged by how long it stands, not by how long it is.)
 */
export class Admission {
  readonly #bounds: Bounds
  readonly #slots: Slots
  /** Requests whose bodies are expected soon, by key; and when they came, oldest first. */
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

  /** Asked by every newcomer, so that no pause between two of them goes unnoticed. */
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

  /** Slow senders, of whom there may be many, are no longer counted. */
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
