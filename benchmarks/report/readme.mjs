#!/usr/bin/env node
// Writes what the stored results say into the texts that tell it: README.md, with a chart, and benchmarks/README.md.
//
//   npm start --silent > docs/first-run.txt
//   node benchmarks/report/readme.mjs
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readRows } from '../flood/rows.mjs'
import { ceilingsText } from './ceilings.mjs'
import { floodSummary } from './flood-summary.mjs'
import { ratioText } from './headline.mjs'
import { kindsText } from './kinds.mjs'
import { speedBars, speedSvg } from './speed-svg.mjs'
import { uploadsText } from './uploads.mjs'

/** @import { KindMean, KindsResult, Result, Row, Summary } from '../types.js' */

/** @param {string} path */
const at = path => new URL(`../../${path}`, import.meta.url)
const stored = 'benchmarks/results/full.json'
/** Absent until `npm run bench:kinds` has run to its end; it writes the texts too. */
const ofKinds = 'benchmarks/results/kinds.json'
const chart = 'docs/speed.svg'
/** @param {string} part */
const marksOf = part => [`<!-- ${part}: written by benchmarks/report/readme.mjs -->`, `<!-- /${part} -->`]

/**
 * What the README says of speed: nothing that is not in the results. The scenes first, and at once that they are scenes.
 * @param {Result} result @param {KindsResult} [kinds] if it was measured
 */
export function speedText(result, kinds) {
  const { machine, job } = result
  /**
   * A line of the table: title, ours, the yardstick's, ratio.
   * @template {Row} Measured
   * @param {string} title
   * @param {readonly Measured[]} rows
   * @param {string | undefined} input
   * @param {(row: Measured) => string} show
   */
  const line = (title, rows, input, show) => {
    const [own, yard] = [result.focus, result.yardstick].map(id =>
      rows.find(row => (input === undefined || row.input === input) && row.contender === id),
    )
    if (!own || !yard) throw new Error(`not measured: ${title}`)
    return `| ${title} | ${show(own)} | ${show(yard)} | ${ratioText(own)} |`
  }
  /** @param {{ ms?: Summary | undefined }} row */
  const time = ({ ms }) => `${(ms?.median ?? Number.NaN).toFixed(0)} ms`
  const sharp = result.contenders.find(({ id }) => id === result.yardstick)
  const { latency, throughput, memory, coldStart } = result
  const lines = [
    line('time, 12-megapixel JPEG', latency, 'photo-12', time),
    line('time, 48-megapixel JPEG', latency, 'photo-48', time),
    line('time, 2560x1440 screenshot, PNG', latency, 'screenshot', time),
    line('time, animated GIF of 24 frames', latency, 'animation', time),
    line('12-megapixel photos a second, all cores', throughput, 'photo-12', ({ perSecond }) =>
      perSecond.median.toFixed(1),
    ),
    line(
      'peak memory of the process, 12 megapixels',
      memory,
      'photo-12',
      ({ peak }) => `${((peak?.median ?? Number.NaN) / 2 ** 20).toFixed(0)} MiB`,
    ),
    line('start of Node to the first image', coldStart, undefined, time),
  ]
  const photo = latency.find(row => row.input === 'photo-12' && row.contender === result.focus)
  if (!photo) throw new Error('no scene of 12 megapixels was measured')
  return `![${speedBars(result, kinds).title}](${chart})

Our whole pipeline, every check included, against bare codecs: decode, orient, fit ${job.maxWidth}x${job.maxHeight}, WebP quality ${job.quality},
effort ${job.effort}.${kinds ? ' The chart is of the run of the second table, one thread each.' : ''} Each row of the first is one generated scene: the ${ratioText(photo)} of its first row
holds for that picture, not for every upload${meansText(kinds)}.

| | Sluice | sharp ${sharp?.version} | ratio |
|---|---:|---:|---:|
${lines.join('\n')}

Measured on ${result.date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, Node ${machine.node} ([result](${stored})). \`npm run bench\` measures it on
your machine, with wasm-vips, jimp, photon, jSquash and Pillow; [benchmarks/](benchmarks) says how, and why it is fair.${kinds ? `\n\n${kindsText(kinds)}` : ''}`
}

/** @param {KindsResult | undefined} kinds */
function meansText(kinds) {
  if (!kinds) return ''
  const { photographs, all } = kinds.means
  if (!photographs || !all) throw new Error('no photographs were measured by kind and size')
  /** @param {KindMean} mean */
  const pair = ({ time }) =>
    `${time.sharp.toFixed(2)} (${time['sharp-default'].toFixed(2)} beside sharp at its default effort)`
  return `.
The geometric mean is ${pair(photographs)} over ${photographs.files} real photographs above
half a megapixel, and ${pair(all)} over all ${all.files} real files, tiny ones and
animations included (second table)`
}

/** Lines of a first run that show each kind of thing once. */
const telling = [
  'photos/valley.jpg',
  'photos/phone-portrait.jpg',
  'orientation/exif-8.png',
  'png/rgb-16-bit.png',
  'gif/animated.gif',
  'webp/lossless-alpha.webp',
  'odd/polyglot.jpg',
  'bad/cut.jpg',
  'bad/bomb-10000x10000.png',
  'bad/bomb-101-scans.jpg',
  'bad/jpeg-inside.png',
  'bad/document.jpg',
  'bad/photo.jpg.php',
]

/** What the README shows of docs/first-run.txt. @param {string} printed */
export function firstRunText(printed) {
  const lines = ['file', ...telling].map(name => {
    const line = printed.split('\n').find(line => line.startsWith(`${name} `))
    if (line === undefined) throw new Error(`a first run has no ${name}`)
    return line
  })
  return `\`\`\`\n${lines.join('\n')}\n\`\`\``
}

/**
 * A text with the part between its marks replaced.
 * @param {string} text @param {string} part @param {string} replacement
 */
function withPart(text, part, replacement) {
  const [before, after] = marksOf(part)
  const [start, end] = [text.indexOf(before), text.indexOf(after)]
  if (start < 0 || end < start) throw new Error(`no part between ${before} and ${after}`)
  return `${text.slice(0, start)}${before}\n${replacement}\n${text.slice(end)}`
}

/** @param {string} path */
export const read = async path => readFile(at(path), 'utf8')

/**
 * Every file that tells results, as it should be: pairs of path and text.
 * @returns {Promise<[path: string, text: string][]>}
 */
export async function texts() {
  const [full, ceilings, uploads] = await Promise.all(
    [stored, 'benchmarks/results/ceilings.json', 'benchmarks/results/uploads.json'].map(async path =>
      JSON.parse(await read(path)),
    ),
  )
  /** @type {KindsResult | undefined} */
  const kinds = existsSync(at(ofKinds)) ? JSON.parse(await read(ofKinds)) : undefined
  const flood = floodSummary(readRows(at('benchmarks/results/flood.json')))
  const firstRun = firstRunText(await read('docs/first-run.txt'))
  const withSpeed = withPart(await read('README.md'), 'speed', speedText(full, kinds))
  return [
    [chart, speedSvg(speedBars(full, kinds))],
    [
      'README.md',
      [
        { part: 'uploads', told: uploadsText(uploads) },
        { part: 'first-run', told: firstRun },
        { part: 'flood', told: flood },
      ].reduce((text, { part, told }) => withPart(text, part, told), withSpeed),
    ],
    [
      'benchmarks/README.md',
      withPart(await read('benchmarks/README.md'), 'ceilings', ceilingsText(full, ceilings)),
    ],
  ]
}

export async function writeTexts() {
  await mkdir(at('docs'), { recursive: true })
  for (const [path, text] of await texts()) await writeFile(at(path), text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeTexts()
