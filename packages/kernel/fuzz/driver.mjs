// Mutates whole small files of the corpus and gives them to the debug module, where every access to memory is
// checked. A trap with fuel left is a finding; so is a run that takes seconds. Findings are written to the
// folder `findings` under the system's temporary directory, and made again by their seed.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bytesOf, cases } from '@sluice/testkit/corpus'
import { findCases } from '@sluice/testkit/find-corpus'
import { generator } from '@sluice/testkit/mutate/bytes'
import { watchCoverage } from './coverage.mjs'

/**
 * The debug module has more exports: the address of a refused access, and the functions that were entered.
 * @typedef {import('../src/instance.js').KernelExports
 *   & { readonly violation: { value: number }, entered(index: number): number }} DebugExports
 */
/**
 * What is tried.
 * @typedef {object} Target
 * @property {string} name
 * @property {readonly string[]} folders of assembly/, whose coverage is printed
 * @property {(bytes: Buffer) => boolean} isSeed chooses files
 * @property {readonly Buffer[]} [more] seeds beside the corpus
 * @property {(bytes: Buffer, random: Random) => Buffer} mutate
 * @property {(exports: DebugExports, pointer: number, length: number, random: Random, bytes: Buffer) => number | string}
 *   decode calls the module and returns what it ended with
 */
/** @typedef {import('@sluice/testkit/mutate/bytes').Random} Random */

const debugModule = new URL('../dist/kernel.debug.wasm', import.meta.url)
const findings = join(tmpdir(), 'findings')

const MOST_SEED_BYTES = 8000
const FUEL = 300_000_000n
const SLOW_MS = 3000
/** Pages of memory: mostly plenty, sometimes so few that allocations fail. */
const PLENTY = 4096
const LEAST = 16

/** @param {Target['isSeed']} isSeed */
function readSeeds(isSeed) {
  const small = cases.filter(entry => entry.bytes <= MOST_SEED_BYTES)
  const seeds = [...small.map(entry => Buffer.from(bytesOf(entry))), ...readReported()].filter(isSeed)
  if (seeds.length === 0) throw new Error('no file of the corpus can be used')
  return seeds
}

/** The pictures of public reports that are small enough. */
function readReported() {
  const home = findCases()
  if (home === undefined) return []
  const folder = join(home, 'pictures')
  const files = readdirSync(folder).map(name => readFileSync(join(folder, name)))
  return files.filter(({ length }) => length <= MOST_SEED_BYTES)
}

/** @param {WebAssembly.Module} module @param {number} pages */
function instantiate(module, pages) {
  const memory = new WebAssembly.Memory({ initial: LEAST, maximum: pages })
  const instance = new WebAssembly.Instance(module, { env: { memory } })
  const exports = /** @type {DebugExports} */ (/** @type {unknown} */ (instance.exports))
  exports.fuel.value = FUEL
  return { memory, exports }
}

/**
 * Copies the file in; 0 when there is no memory for it.
 * @param {ReturnType<typeof instantiate>} kernel
 * @param {Buffer} bytes
 */
function copyIn({ memory, exports }, bytes) {
  const pointer = exports.alloc(BigInt(bytes.length)) >>> 0
  if (pointer) new Uint8Array(memory.buffer, pointer, bytes.length).set(bytes)
  return pointer
}

/**
 * `--minutes` and the first `--seed` come from the command line; with `--json` the last line is a sum for a
 * campaign.
 * @param {Target} target
 */
export function fuzz({ name, folders, isSeed, more = [], mutate, decode }) {
  const { values } = parseArgs({
    options: { minutes: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' } },
  })
  const minutes = Number(values.minutes ?? 1)
  const firstSeed = Number(values.seed ?? 1)
  const module = new WebAssembly.Module(readFileSync(debugModule))
  const seeds = [...readSeeds(isSeed), ...more]
  const covered = watchCoverage(module)
  console.log(`${name}: ${seeds.length} files, first seed ${firstSeed}, ${minutes} minutes`)
  /** @type {Record<string, number>} */
  const ends = {}
  /** @param {'trap' | 'slow'} what @param {number} seed @param {Buffer} bytes @param {string} detail */
  const report = (what, seed, bytes, detail) => {
    mkdirSync(findings, { recursive: true })
    const file = join(findings, `${name}-${what}-${seed}`)
    writeFileSync(file, bytes)
    console.log(`${what} at seed ${seed}: ${file} ${detail}`)
  }
  let runs = 0
  let found = 0
  for (const end = Date.now() + minutes * 60_000; Date.now() < end; runs++) {
    const seed = firstSeed + runs
    const random = generator(Math.imul(seed, 0x9e3779b1))
    const bytes = mutate(random.pick(seeds), random)
    const instance = instantiate(module, random.chance(0.2) ? LEAST + random.below(60) : PLENTY)
    const started = Date.now()
    /** @type {number | string} */
    let outcome
    try {
      const pointer = copyIn(instance, bytes)
      outcome = pointer ? decode(instance.exports, pointer, bytes.length, random, bytes) : 'file does not fit'
    } catch (thrown) {
      if (!(thrown instanceof WebAssembly.RuntimeError)) throw thrown
      outcome = instance.exports.fuel.value < 0n ? 'out of fuel' : 'trap'
      if (outcome === 'trap') {
        found++
        report(
          'trap',
          seed,
          bytes,
          `${thrown.message} at address ${instance.exports.violation.value}\n${thrown.stack}`,
        )
      }
    }
    covered.add(instance.exports)
    const ms = Date.now() - started
    if (ms > SLOW_MS) report('slow', seed, bytes, `${ms} ms, ended with ${outcome}`)
    ends[outcome] = (ends[outcome] ?? 0) + 1
  }
  const coverage = covered.of(folders)
  if (values.json) {
    const { user, system } = process.cpuUsage()
    const cpuSeconds = Math.round((user + system) / 1e6)
    const sum = {
      target: name,
      seed: firstSeed,
      cpuSeconds,
      executions: runs,
      findings: found,
      ends,
      coverage,
    }
    console.log(JSON.stringify(sum))
  } else {
    console.log(`${name}: ${runs} runs, ${found} findings; ended with`, ends)
    for (const [file, { all, missed }] of Object.entries(coverage))
      console.log(
        `${file} ${all - missed.length}/${all} ${missed.length ? `not reached: ${missed.join(', ')}` : ''}`,
      )
  }
  if (runs === 0 || found > 0) process.exitCode = 1
}
