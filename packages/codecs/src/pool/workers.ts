import {
  type ErrorCode,
  type Format,
  formats,
  type OutputFormat,
  outputFormats,
  type Renderer,
  type Rendering,
  UploadError,
} from '@sluice/core'
import { type Job, type OnEnd, Slot } from './slot.js'
import type { AnyWorker } from './thread.js'

export interface WorkersOptions {
  /** How many workers; each may hold the policy's `memoryMb` besides its own code. */
  readonly size: number
  /** How many images may wait; above that, `busy` at once. */
  readonly maxQueue: number
  /** From the start of a decode, not of its wait, in milliseconds; the policy's `timeMs` where that is less. */
  readonly timeMs?: number
  /** What the renderer inside reads and writes; all formats where undefined, and the renderer refuses. */
  readonly reads?: readonly Format[]
  readonly writes?: readonly OutputFormat[]
  /** Told when a worker was ended before its work was done. */
  readonly onEnd?: (event: WorkerEnd) => void
}

export interface WorkerEnd {
  readonly event: 'worker-ended'
  /** `timed-out`, `aborted`, or `render-failed` for one that broke. */
  readonly code: ErrorCode
  readonly milliseconds: number
  readonly detail?: string | undefined
}

export interface WorkerPool extends Renderer {
  /** Takes no more images, finishes those it has, and ends the workers. */
  close(): Promise<void>
}

interface Waiting {
  readonly job: Job
  start(slot: Slot): void
}

/**
 * A renderer whose images are drawn in workers, first come, first served. A decode is ended for real when its time is
 * up or its signal aborts, and the worker replaced. In Deno and Bun an ended worker computes on inside a module until its
 * fuel is used up; in Deno one whose renderer has no fuel may do so until the process ends.
 *
 * @param create starts a worker whose module calls `serveRenderer`. Written as
 * `() => new Worker(new URL('./render.js', import.meta.url), { type: 'module' })`, bundlers find it.
 */
export function workers(create: () => AnyWorker, options: WorkersOptions): WorkerPool {
  const { size, maxQueue, timeMs = Number.POSITIVE_INFINITY, onEnd } = options
  for (const [name, value, least] of [
    ['size', size, 1],
    ['maxQueue', maxQueue, 0],
    ['timeMs', timeMs, 1],
  ] as const)
    if (!(value >= least) || (name !== 'timeMs' && !Number.isInteger(value)))
      throw new TypeError(`workers: ${name} is ${value}, which is no number of at least ${least}`)

  const report: OnEnd = ({ code, detail }, milliseconds) =>
    onEnd?.({ event: 'worker-ended', code, milliseconds, detail })
  const slots = Array.from({ length: size }, () => new Slot(create, report))
  const free = [...slots]
  const queue: Waiting[] = []
  let closed = false
  let idle = () => {}
  // A moving mean, for Retry-After.
  let meanMs = 1000

  function next() {
    for (let slot = free[0]; slot && queue.length > 0; slot = free[0]) {
      free.shift()
      queue.shift()?.start(slot)
    }
    if (free.length === size && queue.length === 0) idle()
  }

  async function work(slot: Slot, job: Job): Promise<Rendering> {
    const started = performance.now()
    try {
      return await slot.run(job)
    } finally {
      meanMs += (performance.now() - started - meanMs) / 8
      free.push(slot)
      next()
    }
  }

  /** Waits for a slot. Fails at once when the queue is full, and when the signal aborts. */
  function slotFor(job: Job): Promise<Slot> {
    const { signal } = job
    if (free.length === 0 && queue.length >= maxQueue) throw busy(queue.length)
    return new Promise((resolve, reject) => {
      const leave = () => {
        queue.splice(queue.indexOf(waiting), 1)
        reject(new UploadError('aborted', {}, { cause: signal?.reason }))
        next()
      }
      const waiting: Waiting = {
        job,
        start(slot) {
          signal?.removeEventListener('abort', leave)
          resolve(slot)
        },
      }
      signal?.addEventListener('abort', leave, { once: true })
      queue.push(waiting)
      next()
    })
  }

  const busy = (waiting: number) =>
    new UploadError('busy', { retryAfter: Math.min(60, Math.ceil(((waiting + 1) * meanMs) / size / 1000)) })

  return {
    name: 'workers',
    reads: options.reads ?? formats,
    writes: options.writes ?? outputFormats,
    async render(image, plan, signal) {
      if (signal?.aborted) throw new UploadError('aborted', {}, { cause: signal.reason })
      if (closed) throw busy(0)
      const job: Job = { image, plan, signal, timeMs: Math.min(timeMs, plan.budget.timeMs) }
      return await work(await slotFor(job), job)
    },
    async close() {
      closed = true
      await new Promise<void>(resolve => {
        idle = resolve
        next()
      })
      await Promise.all(slots.map(slot => slot.close()))
    },
  }
}
