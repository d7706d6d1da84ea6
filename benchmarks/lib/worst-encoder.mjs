import { defaultRenderer } from '@sluice/codecs'
import { avif } from '@sluice/codecs/avif'
import { definePolicy, sanitize, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { changedPattern, drawPattern, randomPattern } from '../inputs/patterns.mjs'
import { encodePngFrames } from '../inputs/png.mjs'

/**
 * @typedef {import('../inputs/patterns.mjs').Pattern} Pattern
 *
 * @typedef {object} Job
 * @property {import('@sluice/core').Policy} policy
 * @property {readonly (readonly [width: number, height: number, frames: number])[]} sizes
 *
 * @typedef {object} Outcome
 * @property {number} processorMs of the thread, for the whole pipeline
 * @property {number} timeMs of the policy
 * @property {string} verdict `accepted`, or the code of the refusal
 * @property {number} bytes of the upload
 */

const renderer = defaultRenderer({ codecs: [avif()] })
const stills = /** @type {const} */ ([
  [800, 800, 1],
  [1600, 1600, 1],
  [300, 300, 1],
])
const animations = /** @type {const} */ ([
  [320, 320, 60],
  [160, 160, 300],
  [800, 800, 20],
])

/**
 * What README shows, and for each the largest outputs and some smaller. @type {Readonly<Record<string, Job>>}
 */
export const searches = {
  webp: { policy: definePolicy({}), sizes: stills },
  'webp animation': { policy: definePolicy({ animated: 'webp' }), sizes: animations },
  gif: { policy: definePolicy({ animated: 'gif' }), sizes: animations },
  avif: {
    policy: definePolicy({
      extensions: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'avif'],
      variants: { small: { maxWidth: 800, format: 'avif', quality: 60 } },
    }),
    sizes: [...stills, [800, 1600, 1]],
  },
}

/** @typedef {{ pattern: Pattern, size: Job['sizes'][number] }} Candidate */

/**
 * One upload through the pipeline.
 * @param {Job} job @param {Candidate} candidate
 * @returns {Promise<Outcome>}
 */
export async function measure({ policy }, { pattern, size: [width, height, count] }) {
  const frames = Array.from({ length: count }, (_, frame) => drawPattern(pattern, width, height, frame))
  const body = encodePngFrames(frames, width, height)
  const { timeMs } = policy
  const start = process.cpuUsage()
  const verdict = await withStillClock(() =>
    verdictOf(sanitize({ body }, { policy, renderer, store: memoryStore() })),
  )
  const { user, system } = process.cpuUsage(start)
  return { processorMs: Math.round((user + system) / 1000), timeMs, verdict, bytes: body.length }
}

/** @param {Promise<unknown>} work */
async function verdictOf(work) {
  try {
    await work
    return 'accepted'
  } catch (thrown) {
    if (thrown instanceof UploadError && thrown.status < 500) return thrown.code
    throw thrown
  }
}

/**
 * As on a runtime whose clock stands still during computation: what is counted decides alone, however busy
 * the machine is.
 * @template Value
 * @param {() => Promise<Value>} work
 */
async function withStillClock(work) {
  const { now } = performance
  performance.now = () => 0
  try {
    return await work()
  } finally {
    performance.now = now
  }
}

/**
 * Random patterns in the first half of the time; then the dearest so far with a number or two changed.
 * @param {Job} job
 * @param {{ next: () => number, until: number, most?: number }} bounds `until` on the clock of `performance`
 * @returns {Promise<Outcome & Candidate & { tried: number, refused: number }>}
 */
export async function search(job, { next, until, most = Number.POSITIVE_INFINITY }) {
  const begin = performance.now()
  /** @type {Outcome & Candidate | undefined} */
  let worst
  let tried = 0
  let refused = 0
  while (!worst || (tried < most && performance.now() < until)) {
    const isEarly = performance.now() - begin < (until - begin) / 2
    const pattern = worst && !isEarly ? changedPattern(worst.pattern, next) : randomPattern(next)
    const size =
      worst && !isEarly && next() < 0.7 ? worst.size : job.sizes[Math.floor(next() * job.sizes.length)]
    const candidate = { pattern, size }
    const outcome = await measure(job, candidate)
    tried += 1
    if (outcome.verdict !== 'accepted') refused += 1
    if (!worst || outcome.processorMs > worst.processorMs) worst = { ...outcome, ...candidate }
  }
  return { ...worst, tried, refused }
}
