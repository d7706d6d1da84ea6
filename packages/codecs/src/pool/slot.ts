import { type Probed, type Rendering, type RenderPlan, UploadError } from '@sluice/core'
import { Backoff } from './backoff.js'
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
  async run(job: Job): Promise<Rendering> {
    const thread = await this.start()
    const started = performance.now()
    return await perform(thread, job, error => {
      this.#thread = undefined
      this.#ending = thread.end()
      this.#ended(error, started)
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

/** One job on a ready worker. @param end ends the worker: nothing else stops one that is computing */
function perform(
  thread: Thread,
  { image, plan, timeMs }: Job,
  end: (error: UploadError) => void,
): Promise<Rendering> {
  return new Promise((resolve, reject) => {
    const stop = (error: UploadError) => {
      clearTimeout(timer)
      end(error)
      reject(error)
    }
    const timer = setTimeout(() => stop(new UploadError('timed-out', { timeMs })), timeMs)
    const whenIdle = thread.onFailure
    thread.onFailure = detail => stop(new UploadError('render-failed', {}, { detail }))
    thread.onReply = reply => {
      clearTimeout(timer)
      thread.onFailure = whenIdle
      thread.idle()
      if ('rendering' in reply) resolve(reply.rendering)
      else if ('refusal' in reply) reject(UploadError.fromRecord(reply.refusal))
    }
    // One copy: the caller still hashes its bytes afterwards.
    const bytes = image.bytes.slice()
    thread.post({ image: { ...image, bytes }, plan }, [bytes.buffer])
  })
}
