/*
 * (npm pack, unpacked in DIR), beside AVIF by `@jsquash/avif`. Writes results/jxl.json; decision 136 reads it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { harden } from '@sluice/sandbox/harden'
import { generator, mutateBytes } from '@sluice/testkit/mutate/bytes'
import { drawScene } from '../fixtures/make/scene.mjs'

const { values } = parseArgs({ options: { package: { type: 'string' }, mutants: { type: 'string' } } })
if (!values.package) throw new Error('--package DIR is missing')
const avifFolder = join(
  createRequire(new URL('../packages/codecs/package.json', import.meta.url)).resolve(
    '@jsquash/avif/package.json',
  ),
  '..',
)
const MUTANTS = Number(values.mutants ?? 400)
const SLOW_MS = 5000

if (!('ImageData' in globalThis)) {
  const ImageData = class {
    /** @param {Uint8ClampedArray} data @param {number} width @param {number} height */
    constructor(data, width, height) {
      Object.assign(this, { data, width, height })
    }
  }
  Object.assign(globalThis, { ImageData })
}

/**
 * @typedef {{ decode(...given: readonly unknown[]): unknown, encode(...given: readonly unknown[]): ArrayLike<number> }} Codec
 * @typedef {{ bytes: Uint8Array<ArrayBuffer>, glue: string, create: () => Promise<Codec>, memoryBytes: () => number }} Loaded
 * @typedef {{ decoder: Loaded, encoder: Loaded }} Pair
 */

/**
 * @param {string} folder @param {string} decoder @param {string} encoder paths of modules below codec/
 * @returns {Promise<Pair>}
 */
async function open(folder, decoder, encoder) {
  /** @param {string} path @returns {Promise<Loaded>} */
  const load = async path => {
    const file = join(folder, 'codec', path)
    const { default: factory } = await import(pathToFileURL(`${file}.js`).href)
    const bytes = new Uint8Array(readFileSync(`${file}.wasm`))
    const module = new WebAssembly.Module(bytes)
    /** @type {WebAssembly.Memory | undefined} */
    let memory
    const create = () =>
      factory({
        noInitialRun: true,
        print: () => {},
        printErr: () => {},
        /** @param {WebAssembly.Imports} imports @param {(instance: WebAssembly.Instance) => void} done */
        instantiateWasm(imports, done) {
          const instance = new WebAssembly.Instance(module, imports)
          memory = Object.values(instance.exports).find(value => value instanceof WebAssembly.Memory)
          done(instance)
          return instance.exports
        },
      })
    return {
      bytes,
      create,
      glue: readFileSync(`${file}.js`, 'latin1'),
      memoryBytes: () => memory?.buffer.byteLength ?? 0,
    }
  }
  return { decoder: await load(decoder), encoder: await load(encoder) }
}

/** @param {readonly number[]} list */
const median = list => [...list].sort((a, b) => a - b)[list.length >> 1]
/** @template Value @param {number} times @param {() => Promise<Value>} work */
async function timed(times, work) {
  const taken = []
  /** @type {Value | undefined} */
  let last
  for (let n = 0; n < times; n++) {
    const started = performance.now()
    last = await work()
    taken.push(performance.now() - started)
  }
  return { ms: Math.round(median(taken) ?? 0), last }
}

/** @param {Loaded} codec */
function hardened({ bytes, glue }) {
  try {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes))
    const names = new Map(imports.map(({ module, name }) => [`${module}.${name}`, name]))
    const made = harden(bytes, {
      metered: true,
      imports: ['env.memory', ...imports.map(({ module, name }) => `${module}.${name}`)],
      exports: Object.fromEntries(
        WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => [name, name]),
      ),
      names: undefined,
    })
    return { ok: WebAssembly.validate(made), bytes: made.length, imports: names.size, glue: glue.length }
  } catch (thrown) {
    return { ok: false, why: String(thrown).split('\n')[0] }
  }
}

const jxl = await open(values.package, 'dec/jxl_dec', 'enc/jxl_enc')
const avif = await open(avifFolder, 'dec/avif_dec', 'enc/avif_enc')
/** @param {number} effort */
const jxlOptions = effort => ({
  effort, quality: 75, progressive: false, epf: -1, lossyPalette: false, decodingSpeedTier: 0,
  photonNoiseIso: 0, lossyModular: false, lossless: false,
}) // biome-ignore format: one table
/** @param {number} speed */
const avifOptions = speed => ({
  quality: 60, qualityAlpha: -1, denoiseLevel: 0, tileRowsLog2: 0, tileColsLog2: 0, speed, subsample: 1,
  chromaDeltaQ: false, sharpness: 0, enableSharpYUV: false, tune: 0, bitDepth: 8, lossless: false,
}) // biome-ignore format: one table

const rows = []
let sample = new Uint8Array()
for (const [width, height] of /** @type {const} */ ([
  [320, 240],
  [1600, 1200],
])) {
  const { data } = drawScene(61, width, height)
  const pixels = new Uint8Array(data.buffer)
  /** @type {[name: string, codec: Pair, options: object][]} */
  const contenders = [
    ['jxl effort 3', jxl, jxlOptions(3)],
    ['jxl effort 7', jxl, jxlOptions(7)],
    ['avif speed 8', avif, avifOptions(8)],
    ['avif speed 6', avif, avifOptions(6)],
  ]
  for (const [name, codec, options] of contenders) {
    const encode = async () => (await codec.encoder.create()).encode(pixels, width, height, options)
    const { ms: encodeMs, last } = await timed(3, encode)
    const file = new Uint8Array(last ?? [])
    const encodeMiB = Math.round(codec.encoder.memoryBytes() / 2 ** 20)
    const { ms: decodeMs } = await timed(3, async () =>
      (await codec.decoder.create()).decode(file, ...(codec === avif ? [8] : [])),
    )
    const decodeMiB = Math.round(codec.decoder.memoryBytes() / 2 ** 20)
    rows.push({
      name,
      size: `${width}x${height}`,
      bytes: file.length,
      encodeMs,
      decodeMs,
      encodeMiB,
      decodeMiB,
    })
    if (name === 'jxl effort 3' && width === 320) sample = file
  }
}

/** Files with three to eight bytes changed, each in an instance of its own. */
/** @type {Record<string, number>} */
const ends = {}
let slowest = 0
let most = 0
for (let seed = 1; seed <= MUTANTS; seed++) {
  const changed = mutateBytes(Buffer.from(sample), generator(seed))
  const started = performance.now()
  let end
  try {
    const picture = (await jxl.decoder.create()).decode(new Uint8Array(changed))
    end = picture ? 'a picture' : 'no picture'
  } catch (thrown) {
    end =
      thrown instanceof WebAssembly.RuntimeError
        ? `trap: ${thrown.message}`.slice(0, 60)
        : `thrown: ${typeof thrown === 'number' ? 'C++' : thrown instanceof Error ? thrown.name : 'something'}`
  }
  const ms = performance.now() - started
  slowest = Math.max(slowest, ms)
  most = Math.max(most, jxl.decoder.memoryBytes())
  if (ms > SLOW_MS) ends.slow = (ends.slow ?? 0) + 1
  ends[end] = (ends[end] ?? 0) + 1
}

/** A flat picture is a small file of any size: what a header that says little costs. */
/** @param {number} side */
const flat = async side => {
  const pixels = new Uint8Array(4 * side * side).fill(200)
  const file = new Uint8Array((await jxl.encoder.create()).encode(pixels, side, side, jxlOptions(3)))
  const { ms } = await timed(1, async () => (await jxl.decoder.create()).decode(file))
  return {
    side,
    bytes: file.length,
    decodeMs: ms,
    decodeMiB: Math.round(jxl.decoder.memoryBytes() / 2 ** 20),
  }
}

/** @param {Loaded} codec */
const sizeOf = ({ bytes }) => ({ bytes: bytes.length, gzip: gzipSync(bytes).length })
const result = {
  machine: cpus()[0]?.model,
  node: process.version,
  package: JSON.parse(readFileSync(join(values.package, 'package.json'), 'utf8')).version,
  modules: {
    'jxl-dec': { ...sizeOf(jxl.decoder), hardened: hardened(jxl.decoder) },
    'jxl-enc': { ...sizeOf(jxl.encoder), hardened: hardened(jxl.encoder) },
    'avif-dec': sizeOf(avif.decoder),
    'avif-enc': sizeOf(avif.encoder),
  },
  rows,
  mutants: { files: MUTANTS, ends, slowestMs: Math.round(slowest), mostMiB: Math.round(most / 2 ** 20) },
  flat: [await flat(1000), await flat(4000)],
}
writeFileSync(new URL('results/jxl.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
console.log(JSON.stringify(result, null, 1))
