// Fifty uploads at once through the default pool, every second one hostile, in a process of its own and on the built
// packages: uploads.mjs <maxQueue>, with --expose-gc. Prints one line of JSON.
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { workerPool } from '@sluice/codecs'
import { definePolicy, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'

const files = new URL('../../fixtures/files/', import.meta.url)
const load = async path => ({
  name: path.split('/').at(-1),
  body: new Uint8Array(await readFile(new URL(path, files))),
})
const good = await Promise.all(
  ['photos/valley.jpg', 'photos/grey.jpg', 'png/photo.png', 'webp/lossy.webp'].map(load),
)
const bad = await Promise.all((await readdir(new URL('bad/', files))).map(name => load(`bad/${name}`)))

const ended = []
const policy = definePolicy()

async function upload(renderer, { name, body }) {
  const started = performance.now()
  const code = await sanitize({ name, body }, { policy, renderer, store: memoryStore() }).then(
    () => 'accepted',
    error => error.code ?? `foreign error ${error}`,
  )
  return { code, milliseconds: performance.now() - started }
}

/** Fifty at once, twice: first some of each kind, then good ones alone. The pool is closed afterwards. */
async function uploads() {
  const pool = workerPool({ size: 2, maxQueue: Number(process.argv[2]), onEnd: event => ended.push(event) })
  const fifty = kinds =>
    Promise.all(Array.from({ length: 50 }, (_, i) => upload(pool, kinds[i % kinds.length])))
  // The workers are started before, so that those who wait do not wait for that.
  await upload(pool, good[0])
  await upload(pool, good[0])
  const all = await fifty(mixed)
  const onlyGood = await fifty(good)
  await pool.close()
  return { all, onlyGood }
}

const mixed = good.flatMap((picture, i) => [
  picture,
  ...bad.filter((_, n) => n % good.length === i).slice(0, 1),
])

/**
 * Bytes of the process when it has settled. A worker's own garbage goes with the worker, so this is asked when there is
 * none; its pages come back a while later.
 */
async function resident() {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < 15; i++) {
    globalThis.gc()
    await sleep(200)
    least = Math.min(least, process.memoryUsage().rss)
  }
  return least
}

// What ended threads leave in the allocator differs by tens of MiB from pool to pool, up and down; what is kept adds up.
const rounds = []
for (let i = 0; i < 4; i++) rounds.push({ ...(await uploads()), rss: await resident() })
const [first, second, third, fourth] = rounds.map(({ rss }) => rss)
const before = Math.max(first, second)
const after = Math.min(third, fourth)
const { all, onlyGood } = rounds[3]
console.log(JSON.stringify({ mixed: mixed.map(({ name }) => name), all, onlyGood, before, after, ended }))
