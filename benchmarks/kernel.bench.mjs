// File to pixels: the kernel against sharp, wasm-vips and stock jSquash, taking turns in one process. No encoder here,
// but for the last lines. node benchmarks/kernel.bench.mjs [--rounds 15]; writes results/kernel.json.
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { defaultRenderer } from '@sluice/codecs'
import { definePolicy, sanitize } from '@sluice/core'
import { compileKernel, decodeJpeg, decodePng, instantiate, kernelMemory, resize } from '@sluice/kernel'
import { memoryStore } from '@sluice/stores'
import { makeInputs } from './inputs/make.mjs'
import { photo } from './inputs/scene.mjs'
import { fitInside, job } from './lib/job.mjs'
import { openRival } from './lib/rival.mjs'
import { pairedRatio, summarise } from './lib/stats.mjs'
import { table } from './report/terminal.mjs'

/** @import { Contender, Scene, Size } from './types.js' */

/** @typedef {Size & { id: string, bytes: Uint8Array }} File */
/** @typedef {typeof decodeJpeg | typeof decodePng} Decode */

const rounds = Number(parseArgs({ options: { rounds: { type: 'string', default: '15' } } }).values.rounds)
const rivals = createRequire(new URL('./rivals/package.json', import.meta.url))
const sharp = rivals('sharp')
sharp.cache(false)
/** @type {Contender & { pixels(bytes: Uint8Array): Promise<ImageData> }} */
const jsquash = await openRival('jsquash')
/** @type {Contender & { pixels(bytes: Uint8Array): Uint8Array }} */
const vips = await openRival('wasm-vips')
const wasm = createRequire(import.meta.url).resolve('@sluice/kernel/kernel.wasm')
const module = await compileKernel(await readFile(wasm))

/** @param {string} text */
const log = text => console.error(text)
const inputs = new Map((await makeInputs({ quick: false, log })).map(input => [input.id, input]))
/** @type {Record<string, number>} */
const turned = { 'photo-12': 6 }
let wasmBytes = 0

/**
 * A fresh instance for each picture, as in the sandbox.
 * @param {Decode} decode @param {number} minOversampling @returns {(file: File) => number}
 */
function kernel(decode, minOversampling) {
  return ({ bytes, id, width, height }) => {
    const instance = instantiate(module, kernelMemory())
    const orientation = turned[id] ?? 1
    /** @type {[number, number]} */
    const upright = orientation >= 5 ? [height, width] : [width, height]
    const { pixels } = decode(instance, bytes, { ...fitInside(...upright), orientation, minOversampling })
    wasmBytes = instance.memory.buffer.byteLength
    return pixels.length
  }
}

/** @param {number} threads @returns {(file: File) => Promise<number>} */
const sharpRaw =
  threads =>
  async ({ bytes }) => {
    sharp.concurrency(threads)
    const picture = sharp(bytes, { limitInputPixels: false }).autoOrient()
    const { width, height } = { width: job.maxWidth, height: job.maxHeight }
    return (
      await picture
        .resize({ width, height, fit: 'inside', withoutEnlargement: true })
        .ensureAlpha()
        .raw()
        .toBuffer()
    ).length
  }

/** @param {Decode} decode @returns {Record<string, (file: File) => unknown>} */
const toPixels = decode => ({
  'kernel, oversampling 2': kernel(decode, 2),
  'kernel, oversampling 1': kernel(decode, 1),
  'sharp, 1 thread': sharpRaw(1),
  sharp: sharpRaw(0),
  'wasm-vips': async ({ bytes }) => (await vips.pixels(bytes)).length,
  jSquash: async ({ bytes }) => (await jsquash.pixels(bytes)).data.length,
})

/** @type {Record<string, (image: Scene) => unknown>} */
const resizeOnly = {
  kernel: image => {
    const { width, height } = image
    const plan = fitInside(width, height)
    const instance = instantiate(module, kernelMemory())
    const { pixels } = resize(
      instance,
      { pixels: new Uint8Array(image.data.buffer), width, height },
      { ...plan, opaque: true },
    )
    wasmBytes = instance.memory.buffer.byteLength
    return pixels.length
  },
  'sharp, 1 thread': async image => {
    const { width, height } = image
    sharp.concurrency(1)
    const size = fitInside(width, height)
    return (
      await sharp(image.data, { raw: { width, height, channels: 4 } })
        .resize(size.width, size.height)
        .raw()
        .toBuffer()
    ).length
  },
}

const renderer = defaultRenderer()
/** @param {number} effort @returns {Record<string, (file: File) => unknown>} */
const endToEnd = effort => {
  const output = { quality: job.quality, effort }
  const policy = definePolicy({ maxBytes: '1 GiB', timeMs: 600_000, output })
  return {
    Sluice: async ({ bytes }) =>
      (await sanitize({ body: bytes }, { policy, renderer, store: memoryStore() })).bytes,
    sharp: async ({ bytes }) => {
      sharp.concurrency(0)
      const size = { width: job.maxWidth, height: job.maxHeight, fit: 'inside', withoutEnlargement: true }
      return (await sharp(bytes).autoOrient().resize(size).webp(output).toBuffer()).length
    },
  }
}

/** @param {string} id @returns {Promise<File>} */
async function file(id) {
  const input = inputs.get(id)
  if (!input) throw new Error(`no input is called ${id}`)
  const { width = 0, height = 0, path } = input
  return { id, width, height, bytes: new Uint8Array(await readFile(path)) }
}
/**
 * Who does what with an input, and against whom.
 * @template Of
 * @param {string} title
 * @param {Of} input
 * @param {Record<string, (input: Of) => unknown>} contenders
 */
function caseOf(title, input, contenders, yardstick = 'sharp, 1 thread') {
  const bound = Object.entries(contenders).map(([name, run]) => [name, () => run(input)])
  return {
    title,
    yardstick,
    contenders: /** @type {Record<string, () => unknown>} */ (Object.fromEntries(bound)),
  }
}

const photo12 = await file('photo-12')
const cases = [
  caseOf('12 MP JPEG, turned', photo12, toPixels(decodeJpeg)),
  caseOf('12 MP JPEG, progressive', await file('photo-12-progressive'), toPixels(decodeJpeg)),
  caseOf('48 MP JPEG', await file('photo-48'), toPixels(decodeJpeg)),
  caseOf('screenshot, PNG', await file('screenshot'), toPixels(decodePng)),
  caseOf('5 MP photo, PNG', await file('photo-png'), toPixels(decodePng)),
  caseOf('12 MP RGBA, resize alone', photo(4000, 3000), resizeOnly),
  ...[6, 4].map(effort => caseOf(`12 MP JPEG to WebP, effort ${effort}`, photo12, endToEnd(effort), 'sharp')),
]

/** The engine compiles hot code again while it runs; so long nobody is measured. */
const warmUp = 6
const results = []
for (const { title, contenders, yardstick } of cases) {
  const names = Object.keys(contenders)
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(names.map(name => [name, []]))
  /** @type {Record<string, number>} */
  const memory = {}
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      // The slow ones need no fifteen rounds to be told apart.
      if ((name === 'jSquash' || name === 'wasm-vips') && (round >= 3 || round < -2)) continue
      wasmBytes = 0
      const start = performance.now()
      await contenders[name]()
      if (round >= 0) times[name].push(performance.now() - start)
      if (wasmBytes) memory[name] = wasmBytes
    }
  }
  for (const name of names)
    results.push({
      case: title,
      contender: name,
      ms: summarise(times[name]),
      ratio: pairedRatio(times[name], times[yardstick]),
      yardstick,
      wasmBytes: memory[name],
    })
  log(`measured ${title}`)
}

const rows = results.map(row => [
  row.case,
  row.contender,
  row.ms.median.toFixed(1),
  row.ratio.median.toFixed(2),
  row.wasmBytes ? (row.wasmBytes / 2 ** 20).toFixed(1) : '',
])
console.log(table(['', '', 'ms', 'ratio', 'WASM MiB'], rows))
const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.version }
await writeFile(
  new URL('./results/kernel.json', import.meta.url),
  `${JSON.stringify({ date: new Date().toISOString(), machine, versions: sharp.versions, rounds, results }, null, 1)}\n`,
)
process.exit(0)
