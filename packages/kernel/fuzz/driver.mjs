// Mutates whole small files of the corpus and gives them to the debug module, where every access to memory is
// checked. A trap with fuel left is a finding; so is a run that takes seconds. Findings are written to the
// folder `findings` under the system's temporary directory, and made again by their seed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generator } from './mutate-bytes.mjs'

const corpus = new URL('../../../../shared/corpus/', import.meta.url)
const debugModule = new URL('../dist/kernel.debug.wasm', import.meta.url)
const findings = join(tmpdir(), 'findings')

const MOST_SEED_BYTES = 8000
const FUEL = 300_000_000n
const SLOW_MS = 3000
/** Pages of memory: mostly plenty, sometimes so few that allocations fail. */
const PLENTY = 4096

function readSeeds(isSeed) {
  const cases = JSON.parse(readFileSync(new URL('cases.json', corpus)))
  const small = cases.filter(entry => entry.bytes <= MOST_SEED_BYTES)
  const seeds = small.map(entry => readFileSync(new URL(encodeURI(entry.file).replaceAll('#', '%23'), corpus))).filter(isSeed)
  if (seeds.length === 0) throw new Error('no file of the corpus can be used')
  return seeds
}

function instantiate(module, pages) {
  const memory = new WebAssembly.Memory({ initial: 3, maximum: pages })
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  exports.fuel.value = FUEL
  return { memory, exports }
}

/** Copies the file in; 0 when there is no memory for it. */
function copyIn({ memory, exports }, bytes) {
  const pointer = exports.alloc(BigInt(bytes.length)) >>> 0
  if (pointer) new Uint8Array(memory.buffer, pointer, bytes.length).set(bytes)
  return pointer
}

/**
 * `isSeed(bytes)` chooses files, `mutate(bytes, random)` changes them, and `decode(exports, pointer, length, random)`
 * calls the module and returns the code it ended with. Seconds and seed come from the command line.
 */
export function fuzz({ name, isSeed, mutate, decode }) {
  const [seconds = 60, firstSeed = Date.now() % 1_000_000_000] = process.argv.slice(2).map(Number)
  const module = new WebAssembly.Module(readFileSync(debugModule))
  const seeds = readSeeds(isSeed)
  console.log(`${name}: ${seeds.length} files, first seed ${firstSeed}, ${seconds} s`)
  const ends = {}
  const report = (what, seed, bytes, detail = '') => {
    mkdirSync(findings, { recursive: true })
    const file = join(findings, `${name}-${what}-${seed}`)
    writeFileSync(file, bytes)
    console.log(`${what} at seed ${seed}: ${file} ${detail}`)
  }
  let runs = 0
  let found = 0
  for (const end = Date.now() + seconds * 1000; Date.now() < end; runs++) {
    const seed = firstSeed + runs
    const random = generator(Math.imul(seed, 0x9e3779b1))
    const bytes = mutate(random.pick(seeds), random)
    const instance = instantiate(module, random.chance(0.2) ? 4 + random.below(60) : PLENTY)
    const started = Date.now()
    let outcome
    try {
      const pointer = copyIn(instance, bytes)
      outcome = pointer ? decode(instance.exports, pointer, bytes.length, random) : 'file does not fit'
    } catch (error) {
      outcome = instance.exports.fuel.value < 0n ? 'out of fuel' : 'trap'
      if (outcome === 'trap') {
        found++
        report('trap', seed, bytes, `${error.message} at address ${instance.exports.violation.value}\n${error.stack}`)
      }
    }
    const ms = Date.now() - started
    if (ms > SLOW_MS) report('slow', seed, bytes, `${ms} ms, ended with ${outcome}`)
    ends[outcome] = (ends[outcome] ?? 0) + 1
  }
  console.log(`${name}: ${runs} runs, ${found} findings; ended with`, ends)
  if (runs === 0 || found > 0) process.exitCode = 1
}
