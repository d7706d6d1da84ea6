// Rate, distortion and time of the WebP encoders, interleaved in one run, on the repository's own pictures and on the
// photographs of the corpus (encoder/photographs.mjs lists them).
//
//   node encoder.bench.mjs                       # whole pictures, fitted into 1600 x 1600: 12 minutes
//   node encoder.bench.mjs --crop 448 --dir ...  # the middle of each; a folder of one's own instead
//   node encoder.bench.mjs --only 6 --out name   # ours at effort 6 against the reference alone; results under another name
//   node encoder.bench.mjs --page                # the page of the stored results, drawn again
//
// Writes results/encoder.json and, with all encoders, results/encoder.html. Needs cwebp (Debian: webp) and benchmarks/rivals (sharp).
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { ENCODERS as ALL, REFERENCE } from './encoder/encoders.mjs'
import { difference, METRICS, mean, QUALITIES } from './encoder/measure.mjs'
import { page } from './encoder/page.mjs'
import { crop, folderPictures, photographs, procedural } from './encoder/photographs.mjs'
import { closePoints, points } from './encoder/points.mjs'

/** @import { EncoderResult, EncoderSummary, MeasuredPicture, Metric, NamedPicture } from './types.js' */

const { values: options } = parseArgs({
  options: {
    crop: { type: 'string' },
    dir: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string', default: 'encoder' },
    page: { type: 'boolean', default: false },
  },
})
const ENCODERS = ALL.filter(
  ({ name }) => !options.only || name === REFERENCE || name === `ours effort ${options.only}`,
)

/** @returns {AsyncGenerator<NamedPicture>} */
async function* pictures() {
  for await (const picture of options.dir ? folderPictures(options.dir) : photographs())
    yield options.crop ? crop(picture, Number(options.crop)) : picture
}

/**
 * All encoders at all qualities; who goes first rotates.
 * @param {NamedPicture} picture @param {number} turn @returns {Promise<MeasuredPicture>}
 */
async function measurePicture(picture, turn) {
  /** @type {{ name: string, quality: number, ms: number, bytes: Uint8Array }[]} */
  const taken = []
  for (const [q, quality] of QUALITIES.entries()) {
    for (let i = 0; i < ENCODERS.length; i++) {
      const { name, encode, prepare } = ENCODERS[(i + turn + q) % ENCODERS.length]
      prepare?.(picture)
      const start = performance.now()
      const bytes = await encode(picture, quality)
      taken.push({ name, quality, ms: performance.now() - start, bytes })
    }
  }
  const found = await points(
    picture,
    taken.map(t => t.bytes),
  )
  /** @param {string} encoder */
  const curveOf = encoder =>
    taken.flatMap(({ name, quality, ms }, i) => (name === encoder ? [{ quality, ms, ...found[i] }] : []))
  const { name, width, height, tuned } = picture
  return {
    name,
    width,
    height,
    tuned,
    curves: Object.fromEntries(ENCODERS.map(e => [e.name, curveOf(e.name)])),
  }
}

/** @param {readonly number[]} values */
const sum = values => values.reduce((a, b) => a + b, 0)

/** @param {readonly MeasuredPicture[]} measured @returns {EncoderSummary[]} */
function summarise(measured) {
  return ENCODERS.map(({ name }) => {
    const rows = measured.map(({ curves }) => difference(curves[REFERENCE], curves[name]))
    const times = measured.map(
      ({ curves }) => sum(curves[name].map(p => p.ms)) / sum(curves[REFERENCE].map(p => p.ms)),
    )
    const bytes = measured.map(({ curves }) => curves[name][2].bytes / curves[REFERENCE][2].bytes)
    /** @param {Metric} metric */
    const of = metric => rows.map(r => r[metric]).filter(v => !Number.isNaN(v))
    /** @param {Metric} m */
    const told = m => ({
      mean: mean(of(m)),
      worst: Math.max(...of(m)),
      above3Percent: measured.filter((_, i) => rows[i][m] > 3).map(p => p.name),
    })
    return {
      name,
      time: mean(times),
      bytesAt82: {
        mean: mean(bytes),
        least: Math.min(...bytes),
        most: Math.max(...bytes),
        within5Percent: bytes.filter(b => Math.abs(b - 1) <= 0.05).length,
      },
      bdRate: { luma: told('luma'), rgb: told('rgb'), ssim: told('ssim'), ssimulacra2: told('ssimulacra2') },
    }
  })
}

const folder = new URL('results/', import.meta.url)
const stored = new URL(`${options.out}.json`, folder)

/** @returns {Promise<EncoderResult>} */
async function measure() {
  // The first pictures would pay for compiling.
  for (const { encode, prepare } of ENCODERS) {
    const [first] = procedural(512, 384)
    prepare?.(first)
    await encode(first, 82)
  }
  /** @type {MeasuredPicture[]} */
  const measured = []
  for await (const picture of pictures()) {
    const taken = await measurePicture(picture, measured.length)
    measured.push(taken)
    const { curves } = taken
    const bd = difference(curves[REFERENCE], curves[ENCODERS[0].name])
    console.log(picture.name.padEnd(34), METRICS.map(m => `${m} ${bd[m].toFixed(1)} %`).join('  '))
  }
  const result = {
    machine: `${cpus().length} x ${cpus()[0].model}`,
    node: process.version,
    cwebp: execFileSync('cwebp', ['-version']).toString().split('\n')[0],
    crop: options.crop ? Number(options.crop) : null,
    reference: REFERENCE,
    summary: summarise(measured),
    summaryApart: summarise(measured.filter(p => !p.tuned)),
    pictures: measured,
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(stored, `${JSON.stringify(result, null, 1)}\n`)
  return result
}

/** @type {EncoderResult} */
const result = options.page ? JSON.parse(readFileSync(stored, 'utf8')) : await measure()
await closePoints()
// The page compares all of them.
if (!options.only) writeFileSync(new URL(`${options.out}.html`, folder), await page(result, pictures()))
for (const s of result.summary) {
  const bd = METRICS.map(
    m => `${m} ${s.bdRate[m].mean.toFixed(2)} (worst ${s.bdRate[m].worst.toFixed(1)})`,
  ).join('  ')
  console.log(
    `${s.name.padEnd(24)} time ${s.time.toFixed(3)}  bytes at 82 x${s.bytesAt82.mean.toFixed(3)}  ${bd}`,
  )
}
