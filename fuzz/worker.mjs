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
 * @property {number} lookEvery milliseconds between two looks at the memory
 * @property {readonly Uint8Array[]} kept
 * @property {{ clock: SharedArrayBuffer, input: SharedArrayBuffer }} shared
 */

/** Executions between two looks at what was covered. */
const batchSize = 200
/**
 * Bytes that what is held may have grown by since the first look; half of it are memories that the sandbox keeps
 * for the next image.
 */
const maxGrowth = 128 * 2 ** 20

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
/** @type {WorkerData} */
const { target, seed, end, lookEvery, kept, shared } = workerData
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

/**
 * Bytes that this thread holds besides the pool: objects, array buffers and memories of WebAssembly. Not the resident
 * size, which counts what malloc has not given back and what other threads have. Array buffers are swept beside the
 * program, and what a weak reference was asked for lives as long as the turn of the event loop: only a second
 * collection, a turn later, has seen the end of both.
 */
async function heldBytes() {
  collect()
  await new Promise(resolve => setImmediate(resolve))
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external - pool.reduce((sum, { length }) => sum + length, 0)
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
  // A copy: a view of the first bytes would hold all of a mutant that may be a hundred times as long.
  const input = new Uint8Array(mutate(random.pick(pool), random, pool).subarray(0, current.length))
  await attempt(input)
  clock[2] = execution + 1
  if (batch.push(input) < batchSize) continue
  await keepWhatIsNew(batch)
  batch = []
  if (Date.now() - looked < lookEvery) continue
  looked = Date.now()
  const bytes = await heldBytes()
  baseline ??= bytes
  if (bytes - baseline > maxGrowth) report('growth', `from ${baseline} to ${bytes} bytes held`, input)
}
clock[0] = 0
