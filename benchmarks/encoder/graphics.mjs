// Screenshots, drawings, small pictures: what decision 051 gave to libwebp (fewer than 100,000 pixels, at most 255 colours,
// or graphics) of every PNG, GIF and WebP of the corpus that is accepted and the reported
// screenshots, as they come to the encoder at the default settings, by this library's choice (decision 131) and by
// libwebp's: lossless where that is smaller for at most 255 colours, else lossy. What comes out lossy of both is
// compared at equal bytes too.
//
//   node encoder/graphics.mjs            # writes results/graphics.json; 15 minutes
//   node encoder/graphics.mjs gif/ ...   # those whose name holds one of the words, nothing written
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kernelRenderer, ownWebp } from '@sluice/codecs'
import { libwebp } from '@sluice/codecs/jsquash'
import { definePolicy, sanitize, UploadError } from '@sluice/core'
import { encodeLossy, instantiate } from '@sluice/encoder'
import { memoryStore } from '@sluice/stores'
import { cases, isAccepted, pathOf } from '@sluice/testkit/corpus'
import { findCases } from '@sluice/testkit/find-corpus'
import { classify } from './classify.mjs'
import { decodeWebp } from './libwebp.mjs'
import { mean } from './measure.mjs'
import { compare } from './metrics/metrics.mjs'

/** @typedef {Parameters<import('../types.js').StillEncoder>[0]} Drawn */
/** @typedef {Parameters<import('../types.js').StillEncoder>[1]} Options */

const policy = definePolicy({ animated: 'first-frame', timeMs: 600_000, memoryMb: 2048 })
const module = new WebAssembly.Module(
  readFileSync(new URL('../../packages/encoder/dist/encoder.wasm', import.meta.url)),
)
const METRICS = /** @type {const} */ (['rgb', 'edges', 'ssim', 'ssimulacra2'])

/**
 * Over the colour that browsers show behind pictures: what is invisible does not count.
 * @param {Uint8Array} rgba
 */
function onWhite(rgba) {
  const opaque = new Uint8Array(rgba.length)
  for (let i = 0; i < rgba.length; i++) {
    const alpha = rgba[i | 3]
    opaque[i] = (i & 3) === 3 ? 255 : Math.round((rgba[i] * alpha + 255 * (255 - alpha)) / 255)
  }
  return opaque
}

/** A leap of so much in a channel is an edge of ink. */
const LEAP = 64

/**
 * PSNR of RGB where there are edges of coloured ink: pixels whose neighbour to the right or below differs in two
 * channels by amounts that are far from each other. @param {Uint8Array} source @param {Uint8Array} drawn
 * @param {number} width
 */
function colouredEdges(source, drawn, width) {
  let error = 0
  let count = 0
  for (let at = 0; at < source.length - 4 * width; at += 4) {
    const isEdge = [at + 4, at + 4 * width].some(other => {
      const far = [0, 1, 2].map(c => source[at + c] - source[other + c])
      return Math.max(...far) - Math.min(...far) > LEAP
    })
    if (!isEdge) continue
    count++
    for (const pixel of [at, at + 4])
      for (let c = 0; c < 3; c++) error += (source[pixel + c] - drawn[pixel + c]) ** 2 / 6
  }
  return count < 64 ? Number.NaN : 10 * Math.log10(255 ** 2 / Math.max(error / count, 1e-3))
}

/** @param {Drawn} drawn */
function wasLibwebps({ pixels, width, height }) {
  if (width * height < 100_000 || classify(pixels, width, height) === 'graphic') return true
  return new Set(new Uint32Array(pixels.buffer, pixels.byteOffset, width * height)).size <= 255
}

/** @param {Uint8Array} file */
const isLossless = file => Buffer.from(file.subarray(0, 256)).includes('VP8L')

/** @param {Drawn} drawn @param {Uint8Array} file */
async function looks({ pixels, width, height }, file) {
  const [source, shown] = [onWhite(pixels), onWhite((await decodeWebp(file)).rgba)]
  const { rgb, ssim, ssimulacra2 } = compare(source, shown, width, height)
  return { bytes: file.length, rgb, edges: colouredEdges(source, shown, width), ssim, ssimulacra2 }
}

/** Of our lossy encoder, alpha included. @param {Drawn} drawn @param {number} quality @param {number} effort */
function ours({ pixels, width, height }, quality, effort) {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 16384 })
  const file = encodeLossy(instantiate(module, memory), pixels, width, height, { quality, effort })
  if (typeof file === 'string') throw new Error(file)
  return file
}

/**
 * The quality at which ours has as many bytes. The alpha plane is exact at any: what the choice saves of it beside
 * the lossy encoder alone is no reason for fewer bytes of colour.
 * @param {Drawn} drawn @param {number} bytes @param {number} saved
 */
function atEqualBytes(drawn, bytes, saved) {
  let [low, high] = [10, 100]
  for (let i = 0; i < 8; i++) {
    const middle = (low + high) / 2
    if (ours(drawn, middle, 6).length - saved > bytes) high = middle
    else low = middle
  }
  return ours(drawn, low, 6)
}

/** @typedef {Awaited<ReturnType<typeof looks>>} Looks */
/**
 * @typedef {{ name: string, size: number[], lossless: boolean[], ms: number[], bytes: number[],
 *   looks?: { ours: Looks, libwebp: Looks, equal: Looks } }} Row
 */

/** @type {Row[]} */
const rows = []
const seen = new Set()
let name = ''

/** @param {() => Promise<Uint8Array>} work @returns {Promise<readonly [Uint8Array, number]>} */
async function timed(work) {
  const start = process.cpuUsage()
  const file = await work()
  const { user, system } = process.cpuUsage(start)
  return [file, (user + system) / 1000]
}

/** @param {Drawn} drawn @param {Options} options */
async function measure(drawn, options) {
  const { pixels, width, height } = drawn
  const key = createHash('sha256').update(`${width} `).update(pixels).digest('hex')
  const [own, ownMs] = await timed(() => ownWebp()(drawn, options))
  if (seen.has(key) || !wasLibwebps(drawn)) return own
  seen.add(key)
  const [theirs, theirMs] = await timed(() => libwebp()(drawn, options))
  const files = [own, theirs]
  const lossless = files.map(isLossless)
  /** @type {Row} */
  const row = {
    name,
    size: [width, height],
    lossless: files.map(isLossless),
    ms: [ownMs, theirMs].map(ms => Math.round(10 * ms) / 10),
    bytes: files.map(({ length }) => length),
  }
  if (lossless.every(each => !each)) {
    const saved = ours(drawn, options.quality, options.effort).length - own.length
    const equal = await looks(drawn, atEqualBytes(drawn, theirs.length, saved))
    equal.bytes -= saved
    row.looks = { ours: await looks(drawn, own), libwebp: await looks(drawn, theirs), equal }
  }
  rows.push(row)
  return own
}

const renderer = kernelRenderer({ encoder: measure })
const words = process.argv.slice(2)
const reported = findCases()
if (!reported) throw new Error('the reported screenshots are missing')
const files = [
  ...cases.filter(isAccepted).map(entry => ({ file: entry.file, path: pathOf(entry) })),
  ...readdirSync(join(reported, 'pictures')).map(file => ({
    file: `cases/${file}`,
    path: join(reported, 'pictures', file),
  })),
].filter(({ file }) => /\.(png|gif|webp)$/i.test(file))
const refused = []
for (const { file, path } of files) {
  if (words.length && !words.some(word => file.includes(word))) continue
  name = file
  try {
    await sanitize({ body: new Uint8Array(readFileSync(path)) }, { policy, renderer, store: memoryStore() })
  } catch (error) {
    refused.push({ file, code: error instanceof UploadError ? error.code : String(error) })
  }
  const row = rows.at(-1)
  if (words.length && row?.name === file) console.log(JSON.stringify(row))
}

/** @param {readonly number[]} values */
const sum = values => values.reduce((a, b) => a + b, 0)
/** @param {readonly Row[]} some */
function summaryOf(some) {
  const ratios = some.map(({ bytes: [own = 0, theirs = 1] }) => own / theirs)
  const blurred = some.flatMap(({ looks }) => (looks ? [looks] : []))
  return {
    count: some.length,
    bytes: sum(some.map(({ bytes }) => bytes[0] ?? 0)) / sum(some.map(({ bytes }) => bytes[1] ?? 0)),
    meanRatio: mean(ratios),
    time: sum(some.map(({ ms }) => ms[0] ?? 0)) / sum(some.map(({ ms }) => ms[1] ?? 0)),
    atEqualBytes: Object.fromEntries(
      METRICS.map(metric => {
        const gains = blurred.map(({ equal, libwebp }) => equal[metric] - libwebp[metric])
        const known = gains.filter(gain => !Number.isNaN(gain))
        return [metric, { mean: mean(known), least: Math.min(...known), of: known.length }]
      }),
    ),
  }
}
const kinds = {
  'exact of both': rows.filter(({ lossless: [own, theirs] }) => own && theirs),
  'exact of ours alone': rows.filter(({ lossless: [own, theirs] }) => own && !theirs),
  'exact of libwebp alone': rows.filter(({ lossless: [own, theirs] }) => !own && theirs),
  'lossy, below 100,000 pixels': rows.filter(({ looks, size: [w = 0, h = 0] }) => looks && w * h < 100_000),
  'lossy, larger': rows.filter(({ looks, size: [w = 0, h = 0] }) => looks && w * h >= 100_000),
}
const summary = Object.fromEntries(Object.entries(kinds).map(([kind, some]) => [kind, summaryOf(some)]))
console.log(JSON.stringify(summary, null, 1), refused.length)
if (words.length === 0)
  writeFileSync(
    new URL('../results/graphics.json', import.meta.url),
    `${JSON.stringify({ pictures: rows.length, refused, summary, rows })}\n`,
  )
