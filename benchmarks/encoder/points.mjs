// Metrics of many files of one picture, on all cores. Never while something is timed.
import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** @import { Picture, RatePoint } from '../types.js' */

const workers = Array.from(
  { length: availableParallelism() },
  () => new Worker(new URL('point-worker.mjs', import.meta.url)),
)

/** @param {Worker} worker @returns {Promise<{ point: RatePoint }>} */
const answer = worker =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })

/**
 * The points of `files` in their order. Encoders that write the same bytes are measured once.
 * @param {Picture} picture @param {readonly Uint8Array[]} files @returns {Promise<RatePoint[]>}
 */
export async function points(picture, files) {
  const keys = files.map(bytes => createHash('sha256').update(bytes).digest('hex'))
  const waiting = [...new Map(files.map((bytes, i) => [keys[i], bytes]))]
  /** @type {Map<string, RatePoint>} */
  const found = new Map()
  await Promise.all(
    workers.map(async worker => {
      worker.postMessage({ source: picture })
      for (let job = waiting.pop(); job; job = waiting.pop()) {
        const [id, bytes] = job
        worker.postMessage({ id, bytes })
        found.set(id, (await answer(worker)).point)
      }
    }),
  )
  return keys.flatMap(key => found.get(key) ?? [])
}

export const closePoints = () => Promise.all(workers.map(worker => worker.terminate()))
