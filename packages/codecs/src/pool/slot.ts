import { type Probed, type Rendering, type RenderPlan, UploadError } from '@sluice/core'
import { type AnyWorker, Thread } from './thread.js'

export interface Job {
  readonly image: Probed
  readonly plan: RenderPlan
  readonly signal: AbortSignal | undefined
  /** From the start of the decode, in milliseconds. */
  readonly timeMs: number
}

/** Why and after how many milliseconds a worker was ended before its work was done. */
export type OnEnd = (error: UploadError, milliseconds: number) => void

/** A place for one worker. A worker that is stuck or broken is ended, and the place filled again. */
export class Slot {
  readonly #create: () => AnyWorker
  readonly #onEnd: OnEnd
  #thread: Promise<Thread> | undefined

  constructor(create: () => AnyWorker, onEnd: OnEnd) {
    this.#create = create
    this.#onEnd = onEnd
  }

  /** @throws UploadError */
  async run(job: Job): Promise<Rendering> {
    const thread = await this.#ready()
    if (job.signal?.aborted) throw aborted(job.signal)
    const started = performance.now()
    const end = (error: UploadError) => {
      this.#onEnd(error, Math.round(performance.now() - started))
      this.#thread = thread.end().then(() => Thread.start(this.#create))
      // The next job will see the error.
      this.#thread.catch(() => {})
    }
    return await perform(thread, job, end)
  }

  async #ready(): Promise<Thread> {
    this.#thread ??= Thread.start(this.#create)
    try {
      return await this.#thread
    } catch (cause) {
      this.#thread = undefined
      throw UploadError.from(cause, 'render-failed')
    }
  }

  async close(): Promise<void> {
    const thread = await this.#thread?.catch(() => undefined)
    this.#thread = undefined
    await thread?.end()
  }
}

/** One job on a ready worker. @param end ends the worker: nothing else stops one that is computing */
function perform(
  thread: Thread,
  { image, plan, signal, timeMs }: Job,
  end: (error: UploadError) => void,
): Promise<Rendering> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      act()
    }
    const stop = (error: UploadError) =>
      settle(() => {
        end(error)
        reject(error)
      })
    const abort = () => signal && stop(aborted(signal))
    const timer = setTimeout(() => stop(new UploadError('timed-out', { timeMs })), timeMs)
    signal?.addEventListener('abort', abort, { once: true })

    thread.onFailure = detail => stop(new UploadError('render-failed', {}, { detail }))
    thread.onReply = reply =>
      settle(() => {
        thread.idle()
        if ('rendering' in reply) resolve(reply.rendering)
        else if ('refusal' in reply) reject(UploadError.fromRecord(reply.refusal))
      })
    // One copy: the caller still hashes its bytes afterwards.
    const bytes = image.bytes.slice()
    thread.post({ image: { ...image, bytes }, plan }, [bytes.buffer])
  })
}

const aborted = (signal: AbortSignal) => new UploadError('aborted', {}, { cause: signal.reason })
