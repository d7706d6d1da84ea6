import {
  type Format,
  formats,
  type OutputFormat,
  outputFormats,
  type Probed,
  type Renderer,
  type Rendering,
  type RenderPlan,
  type Reservation,
  type Stage,
  UploadError,
} from '@sluice/core'
import { FairQueue } from './fair-queue.js'
import { type Job, Slot } from './slot.js'
import type { AnyWorker } from './thread.js'
import { type WorkerEnd, workerLog } from './worker-log.js'

export interface WorkersOptions {
  /** How many workers. */
  readonly size: number
  /** How many images may wait; above that, `busy` at once. */
  readonly maxQueue: number
  /**
   * How many requests may have a place reserved while their body arrives; above that, `busy`. Default: 1,000.
   */
  readonly maxReserved?: number
  /**
   * From the start of a decode, not of its wait, in milliseconds; the policy's `timeMs` where that is less.
   */
  readonly timeMs?: number
  /**
   * Most that one image may take in a worker, in MiB; the policy's `memoryMb` where that is less. An image
   * that the policy allows and a worker has no room for is `renderer-unavailable`. Default: the policy's
   * alone.
   */
  readonly memoryMb?: number
  /** Version of the codecs of the renderer inside, as that says it. */
  readonly codecVersion?: string | undefined
  /** What the renderer inside reads and writes; all formats where undefined, and the renderer refuses. */
  readonly reads?: readonly Format[]
  readonly writes?: readonly OutputFormat[]
  /** Told when a worker was ended before its work was done. Default: a line of JSON to `console.error`. */
  readonly onEnd?: (event: WorkerEnd) => unknown
}

export interface WorkerPool extends Renderer {
  reserve(key: string): Reservation
  /**
   * Starts a worker now, not with the first image.
   * @throws UploadError `renderer-unavailable` with the reason in `detail`
   */
  ready(): Promise<void>
  /** Takes no more images, finishes those it has, and ends the workers. */
  close(): Promise<void>
}

/**
 * A renderer whose images are drawn in workers, those of all keys in turn. A decode is ended for real when
 * its time is up, and the worker replaced, not faster than `Backoff` allows. A sender that hangs up ends
 * nothing: what is running is finished and dropped, so that nobody can make workers start. In Deno and Bun an
 * ended worker computes on inside a module until its fuel is used up; in Deno one whose renderer has no fuel
 * may do so until the process ends.
 *
 * @param create starts a worker whose module calls `serveRenderer`. Written as
 * `() => new Worker(new URL('./render.js', import.meta.url), { type: 'module' })`, bundlers find it.
 * @throws TypeError for an option that makes no sense
 */
export function workers(create: () => AnyWorker, options: WorkersOptions): WorkerPool {
  const { size, maxQueue, maxReserved = 1000 } = options
  const { timeMs = Number.POSITIVE_INFINITY, memoryMb = Number.POSITIVE_INFINITY } = options
  check('size', size, 1, Number.isInteger(size))
  check('maxQueue', maxQueue, 0, Number.isInteger(maxQueue))
  check('maxReserved', maxReserved, 1, Number.isInteger(maxReserved))
  check('timeMs', timeMs, 1)
  check('memoryMb', memoryMb, 1)

  const report = workerLog(options.onEnd)
  const slots = Array.from({ length: size }, () => new Slot(create, report))
  const free = [...slots]
  const queue = new FairQueue<(slot: Slot) => void>()
  let running = 0
  let reserved = 0
  let closed = false
  let idle = () => {}
  // A moving mean, for Retry-After.
  let meanMs = 1000

  function next() {
    for (let slot = free[0]; slot && queue.length > 0; slot = free[0]) {
      free.shift()
      queue.shift()?.(slot)
    }
    if (running + queue.length === 0) idle()
  }

  /** @throws UploadError `busy` where there is no room, or no worker for a while */
  function checkRoom(stage: Stage) {
    const full = free.length === 0 && queue.length >= maxQueue
    const restMs = Math.min(...slots.map(slot => slot.restMs))
    if (closed || full || reserved >= maxReserved || restMs > 0) throw busy(stage, restMs)
  }

  function busy(stage: Stage, restMs = 0): UploadError {
    const seconds = Math.ceil(Math.max(((queue.length + 1) * meanMs) / size, restMs) / 1000)
    return new UploadError('busy', { retryAfter: Math.min(60, seconds) }, { stage })
  }

  /** Waits for a slot. Fails at once when the signal aborts. */
  function slotFor(key: string, signal: AbortSignal | undefined): Promise<Slot> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        queue.remove(key, start)
        reject(aborted(signal))
        next()
      }
      const start = (slot: Slot) => {
        signal?.removeEventListener('abort', onAbort)
        running++
        resolve(slot)
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      queue.push(key, start)
      next()
    })
  }

  async function work(slot: Slot, job: Job): Promise<Rendering> {
    const started = performance.now()
    try {
      return await slot.run(job)
    } finally {
      meanMs += (performance.now() - started - meanMs) / 8
      running--
      const back = () => {
        free.push(slot)
        next()
      }
      if (slot.restMs === 0) back()
      else later(back, slot.restMs)
    }
  }

  async function draw(key: string, image: Probed, plan: RenderPlan, signal?: AbortSignal) {
    if (signal?.aborted) throw aborted(signal)
    if (closed) throw busy('render')
    const { budget } = plan
    const capped = { ...plan, budget: { ...budget, memoryMb: Math.min(memoryMb, budget.memoryMb) } }
    const job: Job = { image, plan: capped, timeMs: Math.min(timeMs, budget.timeMs) }
    try {
      const slot = await slotFor(key, signal)
      return await unlessAborted(work(slot, job), signal)
    } catch (thrown) {
      const isOurs = memoryMb < budget.memoryMb
      if (isOurs && thrown instanceof UploadError && thrown.code === 'too-much-memory')
        throw noRoom(memoryMb, budget.memoryMb)
      throw thrown
    }
  }

  const inside = {
    codecVersion: options.codecVersion,
    reads: options.reads ?? formats,
    writes: options.writes ?? outputFormats,
  }
  return {
    name: 'workers',
    ...inside,
    async render(image, plan, signal) {
      if (signal?.aborted) throw aborted(signal)
      checkRoom('render')
      return await draw('', image, plan, signal)
    },
    reserve(key) {
      checkRoom('guard')
      reserved++
      let held = true
      return {
        name: 'workers',
        ...inside,
        render: (image, plan, signal) => draw(key, image, plan, signal),
        release() {
          if (held) reserved--
          held = false
        },
      }
    },
    async ready() {
      await slots[0]?.start()
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

/** What the image may take is less than the policy says, because there is not more: the operator's matter. */
function noRoom(memoryMb: number, policyMb: number): UploadError {
  const detail =
    `a worker has ${memoryMb} MiB for an image, the policy allows ${policyMb}: ` +
    'give the process more memory, or lower memoryMb of the policy'
  return new UploadError('renderer-unavailable', {}, { detail })
}

/**
 * The outcome of work, unless the signal aborts before: the work goes on then, and its outcome is dropped.
 */
function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(aborted(signal))
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

const aborted = (signal?: AbortSignal) => new UploadError('aborted', {}, { cause: signal?.reason })

/** Does not keep a process alive, where timers can do that. */
function later(work: () => void, ms: number): void {
  const timer: unknown = setTimeout(work, ms)
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function')
    timer.unref()
}

function check(name: keyof WorkersOptions, value: number, least: number, fits = true): void {
  if (!(value >= least && fits))
    throw new TypeError(`workers: ${name} is ${value}, which is no number of at least ${least}`)
}
