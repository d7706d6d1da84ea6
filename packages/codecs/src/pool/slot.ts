import { type Probed, type Rendering, type RenderPlan, UploadError } from '@sluice/core'
import { Backoff } from './backoff.js'
import type { Reply, Task } from './messages.js'
import { pack, unpack } from './parcel.js'
import { type AnyWorker, Thread } from './thread.js'

export interface Job {
  readonly image: Probed
  readonly plan: RenderPlan
  /** From the start of the decode, in milliseconds. */
  readonly timeMs: number
}

/**
 * Why and after how many milliseconds a worker was ended before its work was done, and how long its place
 * stays empty.
 */
export type OnEnd = (error: UploadError, milliseconds: number, restMs: number) => void

/** For what an idle worker does in a few. In milliseconds. */
const TIDY_MS = 5000

/**
 * A place for one worker, which is started for the first job. One that is stuck or broken is ended, and
 * another started for the next job, after a rest where that happens often.
 */
export class Slot {
  readonly #create: () => AnyWorker
  readonly #onEnd: OnEnd
  readonly #backoff = new Backoff()
  #thread: Promise<Thread> | undefined
  #ending: Promise<void> = Promise.resolve()
  #restUntil = 0

  constructor(create: () => AnyWorker, onEnd: OnEnd) {
    this.#create = create
    this.#onEnd = onEnd
  }

  /** How long no job must come, in milliseconds. */
  get restMs(): number {
    return Math.max(0, this.#restUntil - performance.now())
  }

  /** @throws UploadError `renderer-unavailable` where no worker can be started */
  async start(): Promise<Thread> {
    const started = performance.now()
    this.#thread ??= this.#ending.then(() => Thread.start(this.#create))
    try {
      const thread = await this.#thread
      thread.onFailure = detail => {
        // It broke while nobody wanted anything of it: the next job starts another.
        this.#thread = undefined
        this.#ended(new UploadError('render-failed', {}, { detail }), started)
      }
      return thread
    } catch (cause) {
      this.#thread = undefined
      const error = UploadError.from(cause, 'renderer-unavailable')
      this.#ended(error, started)
      throw error
    }
  }

  /** @throws UploadError */
  async run({ image, plan, timeMs }: Job): Promise<Rendering> {
    const thread = await this.start()
    // One copy: the caller still hashes its bytes afterwards.
    const bytes = pack(image.bytes)
    const reply = await this.#ask(thread, { image: { ...image, bytes }, plan }, timeMs, [bytes.buffer])
    if ('rendering' in reply) return unpacked(reply.rendering)
    if ('refusal' in reply) throw UploadError.fromRecord(reply.refusal)
    throw new UploadError('render-failed', {}, { detail: 'a worker answered what it was not asked' })
  }

  /** Has its worker, if there is one, give back what it keeps for the next image. Never rejects. */
  async tidy(): Promise<void> {
    const thread = await this.#thread?.catch(() => undefined)
    // One that does not answer is ended and told of, which gives everything back.
    if (thread) await this.#ask(thread, { tidy: true }, TIDY_MS, []).catch(() => undefined)
  }

  /** Nothing but its end stops a worker that is computing. */
  #ask(thread: Thread, task: Task, timeMs: number, transfer: ArrayBuffer[]): Promise<Reply> {
    const started = performance.now()
    return new Promise((resolve, reject) => {
      const stop = (error: UploadError) => {
        clearTimeout(timer)
        this.#thread = undefined
        this.#ending = thread.end()
        this.#ended(error, started)
        reject(error)
      }
      const timer = setTimeout(() => stop(new UploadError('timed-out', { timeMs })), timeMs)
      const whenIdle = thread.onFailure
      thread.onFailure = detail => stop(new UploadError('render-failed', {}, { detail }))
      thread.onReply = reply => {
        clearTimeout(timer)
        thread.onFailure = whenIdle
        thread.idle()
        resolve(reply)
      }
      thread.post(task, transfer)
    })
  }

  #ended(error: UploadError, started: number): void {
    const now = performance.now()
    const restMs = this.#backoff.ended()
    this.#restUntil = now + restMs
    this.#onEnd(error, Math.round(now - started), Math.round(restMs))
  }

  async close(): Promise<void> {
    const thread = await this.#thread?.catch(() => undefined)
    this.#thread = undefined
    await thread?.end()
    await this.#ending
  }
}

const unpacked = ({ renditions, ...rest }: Rendering): Rendering => ({
  ...rest,
  renditions: renditions.map(each => ({ ...each, bytes: unpack(each.bytes) })),
})
