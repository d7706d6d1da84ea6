// Sweeps one tuning constant of the encoder (an exported global of the module, see assembly/tuning.ts and effort.ts)
// and prints the bytes it takes for the quality of libwebp's method 6, in percent, over a set of pictures.
//
//   node tune.mjs lambdaScale 50 65 80            # corpus and the repository's own pictures
//   node tune.mjs filterPercent 30 50 --dir photos --crop 768 --effort 4 --set chromaDcWeight=4
//   node tune.mjs --table                         # the present constants, picture by picture
import { parseArgs } from 'node:util'
import { METRICS, difference, libwebpCurve, mean, ourCurve } from './measure.mjs'
import { corpusPaths, crop, folderPaths, load, procedural } from './photographs.mjs'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string' },
    crop: { type: 'string', default: '512' },
    effort: { type: 'string', default: '6' },
    set: { type: 'string', multiple: true, default: [] },
    table: { type: 'boolean', default: false },
  },
})
const fixed = Object.fromEntries(options.set.map(s => s.split('=')).map(([k, v]) => [k, Number(v)]))
const [name, ...values] = positionals
const side = Number(options.crop)
const pictures = []
for (const path of options.dir ? folderPaths(options.dir) : corpusPaths()) pictures.push(crop(await load(path), side))
if (!options.dir) pictures.push(...procedural(side, side))
const references = []
for (const picture of pictures) references.push(await libwebpCurve(picture))

const show = numbers => numbers.map(v => v.toFixed(2).padStart(8)).join('')
console.log(`${pictures.length} pictures; mean and worst, % bytes at equal ${METRICS.join(', ')}`)
for (const value of values.length ? values : [undefined]) {
  const settings = value === undefined ? fixed : { ...fixed, [name]: Number(value) }
  const rows = []
  for (const [i, picture] of pictures.entries()) {
    const row = difference(references[i], await ourCurve(picture, { effort: Number(options.effort), settings }))
    rows.push(row)
    if (options.table) console.log(picture.name.slice(0, 28).padEnd(28), show(METRICS.map(m => row[m])))
  }
  const means = METRICS.map(m => mean(rows.map(r => r[m])))
  const worst = METRICS.map(m => Math.max(...rows.map(r => r[m]).filter(v => !Number.isNaN(v))))
  console.log(`${value === undefined ? 'as built' : `${name} ${value}`}`.padEnd(28), show(means), ' worst', show(worst))
}
