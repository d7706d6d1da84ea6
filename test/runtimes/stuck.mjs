// A decode that does not end, on Node, Deno and Bun, on the built packages: stuck.mjs metered|endless. `metered` is a good
// picture of 4 gigapixels in the default pool; `endless` a renderer that is no hardened module, and loops for ever.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker as NodeWorker } from 'node:worker_threads'
import { workerPool, workers } from '@sluice/codecs'
import { definePolicy, planRendering, readHeader } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { makeFlatPng } from '../../fixtures/make/hostile/png.mjs'

/** Enough for the first picture, modules and all, on a machine that is busy with other tests. */
const timeMs = 4000
const ends = []
const options = { size: 1, maxQueue: 2, timeMs, onEnd: ({ code }) => ends.push(code) }
const endlessWorker = () => {
  const url = new URL('./endless-worker.mjs', import.meta.url)
  return typeof Worker === 'undefined' ? new NodeWorker(url) : new Worker(url, { type: 'module' })
}
const pools = { metered: () => workerPool(options), endless: () => workers(endlessWorker, options) }

/** Fuel for thrice what the pool waits on a slow machine: still too much on a fast one, and not for ever. */
const policy = definePolicy({ timeMs: 60_000 })

/** Draws without a probe before it. */
async function render(pool, bytes, name) {
  const header = readHeader('png', new ByteReader(bytes), { maxPixels: Number.MAX_SAFE_INTEGER })
  const image = { bytes, name, format: 'png', extension: 'png', notes: [], header }
  return await pool.render(image, planRendering(header, policy)).then(
    () => 'drawn',
    error => error.code,
  )
}

/** Processor time of all threads, in milliseconds: Linux counts in hundredths of a second. */
function processorMs() {
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1].split(' ')
  return 10 * (Number(fields[11]) + Number(fields[12]))
}

/** How long somebody still computes, looked at for a while; undefined when it does not end. */
async function busyMs() {
  const start = performance.now()
  // A busy machine may leave a thread waiting for a while: two quiet seconds in a row are an end.
  for (let quiet = 0; performance.now() - start < 30_000; ) {
    const before = processorMs()
    await sleep(500)
    quiet = processorMs() - before < 50 ? quiet + 1 : 0
    if (quiet === 4) return Math.round(performance.now() - start) - 2000
  }
  return undefined
}

const large = new Uint8Array(makeFlatPng(65_528, 512, { depth: 1, colour: 0, interlaced: false }))
const small = new Uint8Array(readFileSync(new URL('../../fixtures/files/png/palette.png', import.meta.url)))
const pool = pools[process.argv[2]]()
const first = await render(pool, small, 'small.png')
const stuck = await render(pool, large, 'large.png')
const busy = await busyMs()
const next = await render(pool, small, 'small.png')
console.log(JSON.stringify({ first, stuck, next, ends, busyMs: busy ?? 'for ever' }))
// Where the loop goes on, only this ends it.
process.exit(0)
