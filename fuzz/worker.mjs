import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import { generator } from '@sluice/testkit/mutate/bytes'
import { startCoverage } from './coverage.mjs'

/** @typedef {import('@sluice/testkit/mutate/bytes').Random} Random */
/**
 * What a module of targets/ exports.
 * @typedef {object} Target
 * @property {() => readonly Uint8Array[] | Promise<readonly Uint8Array[]>} seeds
 * @property {(bytes: Uint8Array, random: Random, pool: readonly Uint8Array[]) => Uint8Array} mutate
 * @property {(bytes: Uint8Array) => void | Promise<void>} run throws where something is wrong
 * @property {boolean} [guided] false where most of it is not JavaScript
 */
/**
 * @typedef {object} WorkerData
 * @property {string} target address of its module
 * @property {number} seed
 * @property {number} end when to stop, in milliseconds since 1970
 * @property {readonly Uint8Array[]} kept
 * @property {{ clock: SharedArrayBuffer, input: SharedArrayBuffer }} shared
 */

/** Executions between two looks at what was covered. */
const batchSize = 200
/** Milliseconds between two looks at the memory, and bytes that it may have grown by since the first. */
const memoryEvery = 20_000
const maxGrowth = 256 * 2 ** 20

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
/** @type {WorkerData} */
const { target, seed, end, kept, shared } = workerData
const clock = new Float64Array(shared.clock)
const current = new Uint8Array(shared.input)
/** @type {Target} */
const { seeds, mutate, run, guided = true } = await import(target)

const pool = [...(await seeds()), ...kept]
const told = new Set()
/** The built packages, and what the target itself compares. @param {string} url */
const isOurs = url => url === target || (url.includes('/packages/') && !url.includes('/fuzz/'))
const coverage = guided ? startCoverage(isOurs) : undefined

/**
 * Says each kind of fault once.
 * @param {'fault' | 'growth'} kind
 * @param {string} detail
 * @param {Uint8Array} input
 */
function report(kind, detail, input) {
  const key = `${kind} ${detail.split('\n', 2).join(' ').replaceAll(/\d+/g, '0')}`
  if (told.has(key)) return
  told.add(key)
  parentPort?.postMessage({ finding: { kind, detail, input } })
}

/** @param {Uint8Array} input */
async function attempt(input) {
  current.set(input)
  clock[1] = input.length
  clock[0] = Date.now()
  try {
    await run(input)
  } catch (thrown) {
    report('fault', thrown instanceof Error ? `${thrown.stack}` : `threw ${String(thrown)}`, input)
  }
}

/** Every input that comes by something new is one to go on from. @param {readonly Uint8Array[]} batch */
async function keepWhatIsNew(batch) {
  if (!coverage?.isNew()) return
  coverage.forget()
  for (const input of batch) {
    await attempt(input)
    if (coverage.isNew()) {
      coverage.remember()
      pool.push(input)
      parentPort?.postMessage({ kept: input })
    }
  }
}

function memory() {
  collect()
  return process.memoryUsage().rss
}

if (coverage) {
  for (const input of pool) await attempt(input)
  coverage.isNew()
  coverage.remember()
}

/** @type {number | undefined} */
let baseline
let looked = Date.now()
/** @type {Uint8Array[]} */
let batch = []
for (let execution = 0; Date.now() < end; execution++) {
  const random = generator(Math.imul(seed + execution, 0x9e3779b1))
  const input = mutate(random.pick(pool), random, pool).subarray(0, current.length)
  await attempt(input)
  clock[2] = execution + 1
  if (batch.push(input) >= batchSize) {
    await keepWhatIsNew(batch)
    batch = []
  }
  if (Date.now() - looked < memoryEvery) continue
  looked = Date.now()
  const bytes = memory()
  baseline ??= bytes
  if (bytes - baseline > maxGrowth) report('growth', `from ${baseline} to ${bytes} bytes`, input)
}
clock[0] = 0
