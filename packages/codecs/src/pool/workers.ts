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
  UploadError,
} from '@sluice/core'
import { check, checkInteger, checkNames } from './check-options.js'
import { Admission } from './queue/admission.js'
import { type Patience, Slots, type Taken } from './queue/slots.js'
import { type Job, Slot } from './slot.js'
import type { AnyWorker } from './thread.js'
import { type WorkerEnd, workerLog } from './worker-log.js'

export interface WorkersOptions {
  /** How many workers. */
  readonly size: number
  /** How many images may be ahead of a newcomer, by the turns of all keys; above that, `busy` at once. */
  readonly maxQueue: number
  /**
   * How many requests may have a place reserved while their body arrives; above that, `busy`. Default: 1,000.
   */
  readonly maxReserved?: number
  /**
   * From the start of a decode, not of its wait, in milliseconds, for each attempt; the policy's `timeMs` where that is
   * less.
   */
  readonly timeMs?: number
  /**
   * Most that images may take in all workers together, in MiB. Each is drawn with a part of it; one that needs more is
   * drawn again with a larger part, up to all of it, while others wait if need be. An image that the policy allows but that
   * does not fit even then is `renderer-unavailable`. Default: no limit but that of the policy.
   */
  readonly memoryMb?: number
  /**
   * Longest wait for a worker under overload, in milliseconds: a request that would wait longer is `busy` before its body is
   * read. Overload begins once the queue has not been empty for this long, and ends once it has been. However long images
   * take, three requests per worker are let in, and eight in a burst.
   * Images without a reservation are only held to `maxQueue`. Default: 500.
   */
  readonly maxWaitMs?: number
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
 * A renderer whose images are drawn in workers, those of all keys in turn; animations leave one of the workers to stills while
 * any wait. A decode is ended for real when its time is up, and the worker replaced, not faster than `Backoff` allows. A sender
 * that hangs up ends nothing: what is running is finished and dropped, so that nobody can make workers start. In Deno and Bun
 * an ended worker computes on inside a module until its fuel is used up; in Deno one whose renderer has no fuel may do so
 * until the process ends.
 *
 * @param create starts a worker whose module calls `serveRenderer`. Written as
 * `() => new Worker(new URL('./render.js', import.meta.url), { type: 'module' })`, bundlers find it.
 * @throws TypeError for an option that makes no sense
 */
export function workers(create: () => AnyWorker, options: WorkersOptions): WorkerPool {
  checkNames('workers', options)
  const { size, maxQueue, maxReserved = 1000 } = options
  const { timeMs = Number.POSITIVE_INFINITY, memoryMb = Number.POSITIVE_INFINITY } = options
  const { maxWaitMs = 500 } = options
  checkInteger('size', size, 1)
  checkInteger('maxQueue', maxQueue, 0)
  checkInteger('maxReserved', maxReserved, 1)
  check('timeMs', timeMs, 1)
  check('memoryMb', memoryMb, 1)
  check('maxWaitMs', maxWaitMs, 1)

  const report = workerLog(options.onEnd)
  const all = Array.from({ length: size }, () => new Slot(create, report))
  const slots = new Slots(all, memoryMb)
  const admission = new Admission({ size, maxQueue, maxReserved, maxWaitMs }, slots)
  let closed = false

  /** Of memory, in MiB. All of it is divided: what needs more waits for others, and is drawn twice. */
  const partMb = memoryMb / size
  /** Nearly all photographs are drawn in less: enough to begin beside one that was drawn again, which leaves half a part. */
  const leastMb = 0.4 * partMb

  /** Of memory, in MiB. */
  const mostOf = ({ budget }: RenderPlan) => Math.min(memoryMb, budget.memoryMb)

  function patience(signal: AbortSignal | undefined): Patience {
    return { signal, aborted: () => aborted(signal) }
  }

  async function attempt({ slot, memoryMb: mb }: Taken, job: Job, isLarge: boolean): Promise<Rendering> {
    const { plan } = job
    const budget = { ...plan.budget, memoryMb: mb, isPart: mb < mostOf(plan) }
    if (isLarge) await slot.tidy()
    try {
      return await slot.run({ ...job, plan: { ...plan, budget } })
    } finally {
      // What it keeps for its next image is as much as that may have.
      if (isLarge) await slot.tidy()
    }
  }

  /** With half a part more memory each time: of more than two workers, others then still have theirs. */
  async function attempts(first: Taken, job: Job, signal: AbortSignal | undefined): Promise<Rendering> {
    const most = mostOf(job.plan)
    for (let taken = first; ; ) {
      let more: Promise<Taken>
      try {
        return await attempt(taken, job, taken !== first)
      } catch (thrown) {
        if (!isTooMuchMemory(thrown)) throw thrown
        if (taken.memoryMb >= most) throw most < job.plan.budget.memoryMb ? noRoom(most, job.plan) : thrown
        if (signal?.aborted) throw aborted(signal)
        const memoryMb = Math.min(most, taken.memoryMb + partMb / 2)
        more = slots.takeAgain({ memoryMb, isClip: taken.isClip }, patience(signal))
      } finally {
        // Once it waits again: a pool that is closed finishes what it has.
        slots.release(taken)
      }
      taken = await more
    }
  }

  async function draw(key: string, image: Probed, plan: RenderPlan, wait: Patience) {
    const { signal } = wait
    if (signal?.aborted) throw aborted(signal)
    if (closed) throw admission.busy('render')
    const job = { image, plan, timeMs: Math.min(timeMs, plan.budget.timeMs) }
    const isClip = image.header.frames > 1 && plan.outputs.some(({ animated }) => animated)
    const wantedMb = Math.min(mostOf(plan), partMb)
    const wanted = { memoryMb: wantedMb, leastMb: Math.min(wantedMb, leastMb), isClip }
    const first = await slots.take(key, wanted, wait)
    const started = performance.now()
    // Also of what nobody waits for any more, and with the waits for more memory: others wait as well.
    const work = attempts(first, job, signal).finally(() => admission.drew(performance.now() - started))
    return await unlessAborted(work, signal)
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
      admission.check('', 'render')
      return await draw('', image, plan, patience(signal))
    },
    reserve(key) {
      if (closed) throw admission.busy('guard')
      const place = admission.enter(key)
      return {
        name: 'workers',
        ...inside,
        render(image, plan, signal) {
          place.arrive()
          return draw(key, image, plan, patience(signal))
        },
        release: place.leave,
      }
    },
    async ready() {
      await all[0]?.start()
    },
    async close() {
      closed = true
      await slots.idle()
      await Promise.all(all.map(slot => slot.close()))
    },
  }
}

const isTooMuchMemory = (thrown: unknown) =>
  thrown instanceof UploadError && thrown.code === 'too-much-memory'

/** What the image may take is less than the policy says, because there is not more: the operator's matter. */
function noRoom(memoryMb: number, { budget }: RenderPlan): UploadError {
  const detail =
    `the workers have ${memoryMb} MiB for an image, the policy allows ${budget.memoryMb}: ` +
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
