#!/usr/bin/env node
/*
 * Whether every honest file stays below its price (packages/codecs/src/prices.ts), and how fast this machine
 * burns fuel:
 *   node --single-threaded benchmarks/prices.bench.mjs
 * Draws the accepted files of the corpus and of fixtures/files with the default renderer, with the one of
 * jSquash, and with the codecs of AVIF and HEIC; writes results/prices.json. Times are of the processor, in
 * one thread.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { kernelRenderer } from '@sluice/codecs'
import { avif } from '@sluice/codecs/avif'
import { heic } from '@sluice/codecs/heic'
import { jsquashRenderer } from '@sluice/codecs/jsquash'
import { admit, definePolicy, planRendering, probe, sniff, UploadError } from '@sluice/core'
import { median } from './lib/stats.mjs'
import { watchDrawing, watchFuel } from './lib/watch-fuel.mjs'

/** @import { PolicyInput, Renderer } from '@sluice/core' */
/** @import { Drawing } from './lib/watch-fuel.mjs' */

/**
 * @typedef {{ drawings: number, greatest: number, of: string, rates: number[], perMs: Set<number> }} Measured
 */

/**
 * Below these a clock says nothing of a rate, and what is done once a drawing hides what is done for each
 * frame.
 */
const leastMs = 5
const leastFrameMs = 50
/** So much that no limit is met: what a tank is filled with, divided by it, is the price. */
const headroom = 1000
const budget = { timeMs: 1e12, headroom, memoryMb: 2048 }
/** The quickest of so many counts; of a drawing that is the slowest yet, of `looks`. */
const leastLooks = 2
const looks = 5

const checkout = fileURLToPath(new URL('..', import.meta.url))
const corpus = resolve(checkout, process.env.SLUICE_CORPUS || '../shared/corpus')
const fixtures = join(checkout, 'fixtures/files')

/** The names that prices.ts has for the modules. */
const priced = new Map([
  ['jpeg-dec', 'jsquash.jpeg'],
  ['png', 'jsquash.png'],
  ['webp-dec', 'jsquash.webp'],
  ['avif-dec', 'heif.avif'],
  ['libheif', 'heif.heic'],
])

/**
 * What works on our own pixels: there is no price for a picture, only a rate. Libwebp has three in encoder-prices.ts,
 * by what it is asked for.
 */
const onPixels = new Map([
  ['encoder.lossy', 'vp8'],
  ['encoder.lossless', 'vp8l'],
  ['resize', 'resize'],
  ['webp-enc-simd', 'libwebp'],
])

/** @type {PolicyInput} */
const settings = {
  extensions: ['jpg', 'png', 'gif', 'webp', 'avif', 'heic'],
  maxBytes: '1 GiB',
  memoryMb: 2048,
  timeMs: 600_000,
  // Encoding a still has no price.
  output: { effort: 0 },
}

/**
 * Each renderer with the policies that it is measured under.
 * @type {readonly [Renderer, readonly PolicyInput[]][]}
 */
const renderers = [
  [
    kernelRenderer({ codecs: [avif(), heic()] }),
    [settings, { ...settings, animated: 'gif' }, { ...settings, animated: 'webp' }],
  ],
  [jsquashRenderer(), [settings]],
]

/** @type {Map<string, Measured>} */
const modules = new Map()
/** Of the kernel's JPEG, those whose price has parts of its own. @type {Map<string, Measured>} */
const jpegs = new Map()
/** @type {Record<'gif' | 'webp', { clips: number, greatest: number, of: string, ratios: number[] }>} */
const frames = {
  gif: { clips: 0, greatest: 0, of: '', ratios: [] },
  webp: { clips: 0, greatest: 0, of: '', ratios: [] },
}
/** By the default policy. */
const dearest = { chargedMs: 0, of: '' }
/** @type {Map<string, number>} */
const refused = new Map()

/**
 * JPEGs whose price has parts of its own (`arithmeticByte`, `inkPixel`) are told apart too.
 * @typedef {{ name: string, body: () => Uint8Array, jpeg?: 'arithmetic' | 'inks' }} Honest
 */

/** @param {string} name @param {string} path @param {boolean} [inks] @returns {Honest} */
function stored(name, path, inks = false) {
  return { name, body: () => new Uint8Array(readFileSync(path)), ...(inks ? { jpeg: 'inks' } : {}) }
}

/**
 * The same coefficients in arithmetic coding, by jpegtran of libjpeg-turbo: the corpus has no such files.
 * @param {string} name @param {string} path @returns {Honest[]}
 */
function arithmeticTwins(name, path) {
  return [['-arithmetic'], ['-arithmetic', '-progressive']].map(how => ({
    name: `${name} by jpegtran ${how.join(' ')}`,
    body: () =>
      new Uint8Array(execFileSync('jpegtran', [...how, path], { maxBuffer: 1 << 28, stdio: 'pipe' })),
    jpeg: 'arithmetic',
  }))
}

/** Of so many JPEGs, those with the lowest hashes. */
const twins = 60

/** @returns {Honest[]} */
function honestFiles() {
  /** @type {{ file: string, expect?: string, group: string, sha256: string, features: string }[]} */
  const cases = JSON.parse(readFileSync(join(corpus, 'cases.json'), 'utf8'))
  const accepted = cases.filter(({ expect }) => expect === 'accept')
  const jpegs = accepted.filter(({ features }) => /\bSOF[02]\b/.test(features))
  jpegs.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
  const ours = readdirSync(fixtures, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.parentPath.startsWith(join(fixtures, 'bad')))
    .map(entry => join(entry.parentPath, entry.name))
  return [
    ...ours.map(path => stored(path.slice(checkout.length), path)),
    ...accepted.map(({ file }) => stored(`corpus/${file}`, join(corpus, file))),
    // The references read neither AVIF nor HEIC, and draw inks in other colours: we decide what is accepted.
    ...cases
      .filter(({ expect, file }) => expect !== 'accept' && /\.(avif|hei[cf])$/.test(file))
      .map(({ file }) => stored(`corpus/${file}`, join(corpus, file))),
    ...cases
      .filter(({ expect, features }) => expect === 'skip' && features.includes('4comp'))
      .map(({ file }) => stored(`corpus/${file}`, join(corpus, file), true)),
    ...jpegs.slice(0, twins).flatMap(({ file }) => arithmeticTwins(`corpus/${file}`, join(corpus, file))),
  ]
}

/** @param {Uint8Array} body @param {Renderer} renderer @param {PolicyInput} settings */
async function planOf(body, renderer, settings) {
  const policy = definePolicy(settings)
  const probed = probe(sniff(await admit({ body }, policy), policy), policy)
  const plan = { ...planRendering(probed.header, policy), budget }
  const animated = probed.header.frames > 1 && plan.outputs.some(output => output.animated)
  const reads = renderer.reads.includes(probed.format)
  return { animated, reads, draw: () => renderer.render(probed, plan) }
}

/**
 * Metered runs, summed by the name of their price: many small ones tell more than each.
 * @param {Drawing} drawing
 */
function byPrice({ runs, charges }) {
  const sums = new Map()
  for (const { module, filled, used, ms } of runs) {
    if (filled === 0 || used === 0) continue
    const name = priced.get(module) ?? module
    const sum = sums.get(name) ?? { used: 0, ms: 0, greatest: 0, perMs: new Set() }
    sum.used += used
    sum.ms += ms
    sum.greatest = Math.max(sum.greatest, used / (filled / headroom))
    for (const charge of charges)
      if (charge.module === module) sum.perMs.add(Math.round(charge.fuel / charge.ms))
    sums.set(name, sum)
  }
  return sums
}

/** @param {Drawing} drawing */
function frameRatio({ runs, frameMs, ms }) {
  return (ms - runs.reduce((sum, run) => sum + (run.filled > 0 ? run.ms : 0), 0)) / frameMs
}

/**
 * Whether this is slower than all before it.
 * @param {Drawing} drawing
 * @param {'gif' | 'webp' | undefined} format
 */
function isRecord(drawing, format) {
  const slower = [...byPrice(drawing)].some(
    ([name, { used, ms }]) => ms >= leastMs && !modules.get(name)?.rates.some(rate => rate <= used / ms),
  )
  return (
    slower || (format && drawing.frameMs >= leastFrameMs && frameRatio(drawing) > frames[format].greatest)
  )
}

/**
 * @param {Honest} file @param {Drawing} drawing @param {'gif' | 'webp' | undefined} format
 * @param {PolicyInput} policy
 */
function keep({ name, jpeg }, drawing, format, policy) {
  if (policy === settings && drawing.chargedMs > dearest.chargedMs)
    Object.assign(dearest, { chargedMs: drawing.chargedMs, of: name })
  for (const [price, sum] of byPrice(drawing)) {
    add(modules, price, sum, name)
    if (jpeg && price === 'kernel.jpeg') add(jpegs, jpeg, sum, name)
  }
  if (!format || drawing.frameMs < leastFrameMs) return
  const row = frames[format]
  const ratio = frameRatio(drawing)
  row.clips++
  row.ratios.push(ratio)
  if (ratio > row.greatest) Object.assign(row, { greatest: ratio, of: name })
}

/**
 * @param {Map<string, Measured>} to @param {string} price
 * @param {{ used: number, ms: number, greatest: number, perMs: Set<number> }} sum @param {string} name
 */
function add(to, price, { used, ms, greatest, perMs }, name) {
  const row = to.get(price) ?? { drawings: 0, greatest: 0, of: '', rates: [], perMs: new Set() }
  row.drawings++
  if (greatest > row.greatest) Object.assign(row, { greatest, of: name })
  if (ms >= leastMs) row.rates.push(used / ms)
  for (const each of perMs) row.perMs.add(each)
  to.set(price, row)
}

/** @param {Honest} file @param {typeof keep} use */
async function measureEveryWay(file, use) {
  const body = file.body()
  for (const [renderer, policies] of renderers)
    for (const policy of policies)
      try {
        const { animated, reads, draw } = await planOf(body, renderer, policy)
        if (!reads || (policy.animated && !animated)) continue
        const { drawing, format } = await measure(draw)
        use(file, drawing, animated ? format : undefined, policy)
      } catch (error) {
        if (!(error instanceof UploadError)) throw error
        const key = `${renderer.name}: ${error.code}`
        refused.set(key, (refused.get(key) ?? 0) + 1)
      }
}

/** The quickest of some looks. @param {() => ReturnType<Renderer['render']>} draw */
async function measure(draw) {
  for (let best, look = 1; ; look++) {
    const { drawing, drawn } = await watchDrawing(draw)
    const written = drawn.renditions[0]?.format
    const format = written === 'gif' || written === 'webp' ? written : undefined
    if (!best || drawing.ms < best.drawing.ms) best = { drawing, format }
    if (look === looks || (look >= leastLooks && !isRecord(best.drawing, best.format))) return best
  }
}

/** @param {readonly number[]} rates */
function summaryOf(rates) {
  return { median: round(median(rates)), slowest: round(Math.min(...rates)), of: rates.length }
}

/** @param {[string, Measured][]} rows */
function tableOf(rows) {
  return Object.fromEntries(
    rows
      .sort()
      .map(([name, { drawings, greatest, of, rates, perMs }]) => [
        name,
        { drawings, greatest: round(greatest), of, perMs: Math.max(...perMs), fuelPerMs: summaryOf(rates) },
      ]),
  )
}

/** @param {number} value */
const round = value => Number(value.toPrecision(3))

if (!existsSync(join(corpus, 'cases.json'))) throw new Error(`no corpus at ${corpus}: set SLUICE_CORPUS`)
watchFuel()
const files = honestFiles()
// Those that come first are drawn before as well: by then the engine has compiled what it will.
for (const file of files.slice(0, 40)) await measureEveryWay(file, () => {})
refused.clear()
for (const [index, file] of files.entries()) {
  if (index % 50 === 0) console.error(`${index} of ${files.length}`)
  await measureEveryWay(file, keep)
}

const result = {
  date: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model, node: process.version },
  files: files.length,
  dearest: { ...dearest, chargedMs: round(dearest.chargedMs) },
  refused: Object.fromEntries([...refused].sort()),
  about: {
    greatest: 'fuel used / fuel priced, of the dearest file',
    perMs: 'fuel used / milliseconds charged for it',
    fuelPerMs: `of drawings of at least ${leastMs} ms in the module`,
    jpegs: 'of kernel.jpeg, arithmetic coding and pictures of inks',
    pixels: 'the same for what works on our own pixels',
    frames: `ms measured / charged, without metered modules, of clips charged at least ${leastFrameMs} ms`,
  },
  modules: tableOf([...modules].filter(([name]) => !onPixels.has(name))),
  jpegs: tableOf([...jpegs]),
  pixels: Object.fromEntries(
    [...onPixels].map(([module, name]) => {
      const { drawings, rates, perMs } = modules.get(module) ?? { drawings: 0, rates: [], perMs: new Set() }
      return [name, { drawings, perMs: [...perMs].sort(), fuelPerMs: summaryOf(rates) }]
    }),
  ),
  frames: Object.fromEntries(
    Object.entries(frames).map(([format, { clips, greatest, of, ratios }]) => [
      format,
      { clips, greatest: round(greatest), of, median: round(median(ratios)) },
    ]),
  ),
}
const out = new URL('./results/prices.json', import.meta.url)
writeFileSync(out, `${JSON.stringify(result, null, 2)}\n`)
console.log(JSON.stringify(result, null, 2))
