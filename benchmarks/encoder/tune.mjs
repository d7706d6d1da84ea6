// Sets tuning constants of the encoder (exported globals of the module, see assembly/tuning.ts and effort.ts) and prints
// the bytes it takes for the quality of libwebp's method 6, in percent, over a set of pictures. An argument is a trial.
//
//   node tune.mjs lambdaScale=50 lambdaScale=80          # corpus and the repository's own pictures
//   node tune.mjs filterFlatPercent=30,chromaDcWeight=4 --dir photos --crop 768 --effort 4
//   node tune.mjs --half tuned ...                       # the half to tune on, or the other one (apart)
//   node tune.mjs --table                                # the present constants, picture by picture
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { difference, libwebpCurve, METRICS, mean, ourCurve, QUALITIES } from './measure.mjs'
import { crop, folderPictures, photographs } from './photographs.mjs'

/** @import { Difference, NamedPicture, Picture, RatePoint } from '../types.js' */

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string' },
    crop: { type: 'string', default: '512' },
    effort: { type: 'string', default: '6' },
    half: { type: 'string' },
    table: { type: 'boolean', default: false },
  },
})
const trials = positionals.length ? positionals : ['']
/** @param {string} trial @returns {Record<string, number>} */
const settingsOf = trial =>
  Object.fromEntries(
    trial
      .split(',')
      .filter(Boolean)
      .map(s => s.split('='))
      .map(([k, v]) => [k, Number(v)]),
  )
/**
 * libwebp's points do not change: they are kept by the hash of the pixels.
 * @param {Picture} picture @returns {Promise<RatePoint[]>}
 */
async function cachedCurve(picture) {
  const key = createHash('sha256').update(picture.rgba).digest('hex').slice(0, 24)
  const file = join(tmpdir(), `libwebp-curve-${QUALITIES.join('-')}-${key}.json`)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const points = await libwebpCurve(picture)
  writeFileSync(file, JSON.stringify(points))
  return points
}

/**
 * Without the best and the worst: near-flat pictures have curves of almost no slope.
 * @param {readonly number[]} values
 */
function withoutExtremes(values) {
  const sorted = values.filter(v => !Number.isNaN(v)).sort((a, b) => a - b)
  return sorted.length > 4 ? sorted.slice(1, -1) : sorted
}

const side = Number(options.crop)
/** @type {NamedPicture[]} */
const pictures = []
for await (const picture of options.dir ? folderPictures(options.dir) : photographs()) {
  if (options.half && picture.tuned !== (options.half === 'tuned')) continue
  pictures.push(crop(picture, side))
}
/** @type {RatePoint[][]} */
const references = []
for (const picture of pictures) references.push(await cachedCurve(picture))

/** @param {readonly number[]} numbers */
const show = numbers => numbers.map(v => v.toFixed(2).padStart(8)).join('')
console.log(
  `${pictures.length} pictures; mean without extremes, and worst, % bytes at equal ${METRICS.join(', ')}`,
)
for (const trial of trials) {
  const settings = settingsOf(trial)
  /** @type {Difference[]} */
  const rows = []
  for (const [i, picture] of pictures.entries()) {
    const row = difference(
      references[i],
      await ourCurve(picture, { effort: Number(options.effort), settings }),
    )
    rows.push(row)
    if (options.table) console.log(picture.name.slice(0, 28).padEnd(28), show(METRICS.map(m => row[m])))
  }
  const means = METRICS.map(m => mean(withoutExtremes(rows.map(r => r[m]))))
  const worst = METRICS.map(m => Math.max(...rows.map(r => r[m]).filter(v => !Number.isNaN(v))))
  console.log(show(means), ' worst', show(worst), ' ', trial || 'as built')
}
