// The price of the sandbox, as ratios to stock jSquash on the same files, taking turns in one process: of an instance for
// each image, of fuel, of a worker. node benchmarks/sandbox.bench.mjs [--rounds 15]; writes results/sandbox.json.
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { defaultRenderer, workerPool } from '@sluice/codecs'
import { decodeJpeg, decodePng, decodeWebp, encodeWebp } from '@sluice/codecs/jsquash'
import { definePolicy, sanitize } from '@sluice/core'
import { harden } from '@sluice/sandbox/harden'
import { memoryStore } from '@sluice/stores'
import { encodeJpeg, encodePng } from './inputs/encode.mjs'
import { photo } from './inputs/scene.mjs'
import { openRival } from './lib/rival.mjs'
import { pairedRatio, summarise } from './lib/stats.mjs'
import { table } from './report/terminal.mjs'

/** @import { Contender, Scene } from './types.js' */

/**
 * What the build of codecs hardens, which it keeps to itself.
 * @type {{ MODULES: Record<string, { source: string, glue?: string } & import('@sluice/sandbox/harden').HardenRules> }}
 */
const { MODULES } = await import(new URL('../packages/codecs/harden/modules.mjs', import.meta.url).href)

const rounds = Number(parseArgs({ options: { rounds: { type: 'string', default: '15' } } }).values.rounds)
/** @type {Contender & { pixels(bytes: Uint8Array): Promise<ImageData> }} */
const jsquash = await openRival('jsquash')
const codecs = createRequire(new URL('../packages/codecs/package.json', import.meta.url))
const limits = { memoryBytes: 512 * 2 ** 20, fuel: 1e12 }

/**
 * @type {Record<string, { module: string, decode: typeof decodeJpeg, make(image: Scene): Promise<Uint8Array> }>}
 */
const formats = {
  jpeg: { module: 'jpeg-dec', decode: decodeJpeg, make: image => encodeJpeg(image, { quality: 85 }) },
  png: { module: 'png', decode: decodePng, make: encodePng },
  webp: {
    module: 'webp-dec',
    decode: decodeWebp,
    make: async ({ data, width, height }) =>
      (await encodeWebp(new Uint8Array(data), width, height, { quality: 82, effort: 2 }, limits)).bytes,
  },
}
/** Small pictures are drawn many times in a round, so that the clock can tell. */
const sizes = [
  { width: 160, height: 120, times: 40 },
  { width: 1600, height: 1200, times: 2 },
]

/** The hardened module with the fuel left out. @param {string} name */
async function unmetered(name) {
  const rules = { ...MODULES[name], metered: false }
  const glue = rules.glue && { glue: await readFile(codecs.resolve(rules.glue), 'latin1') }
  return WebAssembly.compile(
    Uint8Array.from(harden(await readFile(codecs.resolve(rules.source)), { ...rules, ...glue })),
  )
}

/**
 * Does the work with another module in place of the one that the sandbox compiled.
 * @param {WebAssembly.Module} module @param {() => Promise<unknown>} work
 */
async function withModule(module, work) {
  const { Instance } = WebAssembly
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (target, [, imports]) => new target(module, imports),
  })
  try {
    await work()
  } finally {
    WebAssembly.Instance = Instance
  }
}

/**
 * Milliseconds of processor time, which others on the machine disturb less than the clock.
 * @param {() => unknown} work
 */
async function processor(work) {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
/** @param {() => unknown} work */
async function clock(work) {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/**
 * Lets the contenders take turns. @returns a row for each, with its ratio to the first
 * @param {string} title @param {Record<string, () => unknown>} contenders
 * @param {{ times?: number, measure?: typeof clock }} [settings]
 */
async function race(title, contenders, { times = 1, measure = processor } = {}) {
  const names = Object.keys(contenders)
  /** @type {Record<string, number[]>} */
  const series = Object.fromEntries(names.map(name => [name, []]))
  for (let round = -3; round < rounds; round++)
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round + 3) % names.length]
      const ms = await measure(async () => {
        for (let n = 0; n < times; n++) await contenders[name]()
      })
      if (round >= 0) series[name].push(ms / times)
    }
  console.error(`measured ${title}`)
  return names.map(name => ({
    case: title,
    contender: name,
    ms: summarise(series[name]),
    ratio: pairedRatio(series[name], series[names[0]]),
  }))
}

const results = []
for (const [format, { module, decode, make }] of Object.entries(formats)) {
  const plain = await unmetered(module)
  for (const { width, height, times } of sizes) {
    const bytes = new Uint8Array(await make(photo(width, height)))
    const decodeOnce = async () => (await decode(bytes, limits)).release()
    const contenders = {
      'stock jSquash, one instance for all': () => jsquash.pixels(bytes),
      'an instance for each image': () => withModule(plain, decodeOnce),
      'and fuel': decodeOnce,
    }
    results.push(...(await race(`decode ${format} ${width}x${height}`, contenders, { times })))
  }
}

const renderer = defaultRenderer()
const pool = workerPool({ size: 1, maxQueue: 1 })
const policy = definePolicy()
for (const { width, height, times } of sizes) {
  const bytes = new Uint8Array(await formats.jpeg.make(photo(width, height)))
  /** @param {import('@sluice/core').Renderer} through */
  const pipeline = through => async () =>
    sanitize({ body: bytes }, { policy, renderer: through, store: memoryStore() })
  const contenders = {
    'stock jSquash': () => jsquash.run(bytes, { kind: 'photo' }),
    'Sluice, this thread': pipeline(renderer),
    'Sluice, a worker': pipeline(pool),
  }
  const title = `jpeg ${width}x${height} to WebP`
  results.push(...(await race(title, contenders, { times: Math.ceil(times / 4), measure: clock })))
}
await pool.close()

/** A memory as a 12-megapixel picture needs it, every page touched. */
const pages = 64 * 16
/** @param {WebAssembly.Memory} memory */
const touch = memory => {
  const bytes = new Uint8Array(memory.buffer)
  for (let at = 0; at < bytes.length; at += 4096) bytes[at] = 1
}
const kept = new WebAssembly.Memory({ initial: pages, maximum: pages })
const memories = {
  'a new one': () => touch(new WebAssembly.Memory({ initial: pages, maximum: pages })),
  'cleared and used again': () => {
    new Uint8Array(kept.buffer).fill(0)
    touch(kept)
  },
}
results.push(...(await race('memory of 64 MiB', memories)))

/** @param {string | URL} path */
const bytesOf = async path => (await readFile(path)).length
const moduleSizes = []
for (const [name, { source }] of Object.entries(MODULES)) {
  const hardened = new URL(`../packages/codecs/dist/wasm/${name}.wasm`, import.meta.url)
  moduleSizes.push({ name, stock: await bytesOf(codecs.resolve(source)), hardened: await bytesOf(hardened) })
}

const rows = results.map(({ case: title, contender, ms, ratio }) => [
  title,
  contender,
  ms.median.toFixed(2),
  ratio.median.toFixed(2),
])
console.log(table(['', '', 'ms', 'ratio'], rows))
const sizeRows = moduleSizes.map(({ name, stock, hardened }) => [
  name,
  `${hardened}`,
  (hardened / stock).toFixed(3),
])
console.log(table(['module', 'bytes', 'to stock'], sizeRows))
const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.version }
await writeFile(
  new URL('./results/sandbox.json', import.meta.url),
  `${JSON.stringify({ date: new Date().toISOString(), machine, jsquash: jsquash.version, rounds, results, moduleSizes }, null, 1)}\n`,
)
process.exit(0)
