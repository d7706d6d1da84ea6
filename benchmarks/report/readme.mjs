#!/usr/bin/env node
// Writes the stored result of a full run into the README: a few lines and a chart. `node report/readme.mjs`
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { barChart } from './charts.mjs'
import { ratioText } from './headline.mjs'

const at = path => new URL(`../../${path}`, import.meta.url)
const stored = 'benchmarks/results/full.json'
const chart = 'docs/speed.svg'
const marks = ['<!-- speed: written by benchmarks/report/readme.mjs -->', '<!-- /speed -->']

/** What the README says of speed: nothing that is not in the result. */
export function speedText(result) {
  const { machine, job } = result
  const find = (rows, input, id) =>
    rows.find(row => (input === undefined || row.input === input) && row.contender === id)
  const of = (rows, input) => find(rows, input, result.focus)
  const yard = (rows, input) => find(rows, input, result.yardstick)
  const sharp = result.contenders.find(({ id }) => id === result.yardstick)
  const rows = [
    ['time, 12-megapixel JPEG', 'latency', 'photo-12', row => `${row.ms.median.toFixed(0)} ms`],
    ['time, 48-megapixel JPEG', 'latency', 'photo-48', row => `${row.ms.median.toFixed(0)} ms`],
    ['time, 2560x1440 screenshot, PNG', 'latency', 'screenshot', row => `${row.ms.median.toFixed(0)} ms`],
    ['time, animated GIF of 24 frames', 'latency', 'animation', row => `${row.ms.median.toFixed(0)} ms`],
    [
      '12-megapixel photos a second, all cores',
      'throughput',
      'photo-12',
      row => row.perSecond.median.toFixed(1),
    ],
    [
      'peak memory of the process, 12 megapixels',
      'memory',
      'photo-12',
      row => `${(row.peak / 2 ** 20).toFixed(0)} MiB`,
    ],
    ['start of Node to the first image', 'coldStart', undefined, row => `${row.ms.median.toFixed(0)} ms`],
  ]
  const lines = rows.map(
    ([title, measure, input, show]) =>
      `| ${title} | ${show(of(result[measure], input))} | ${show(yard(result[measure], input))} | ${ratioText(of(result[measure], input))} |`,
  )
  return `${marks[0]}
![Time for a 12-megapixel photo](${chart})

The whole road with every check against the bare codecs of others: decode, orient, fit ${job.maxWidth}x${job.maxHeight}, WebP quality ${job.quality},
effort ${job.effort}.

| | Sluice | sharp ${sharp.version} | ratio |
|---|---:|---:|---:|
${lines.join('\n')}

Measured on ${result.date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, Node ${machine.node} ([result](${stored})). \`npm run bench\` measures it on
your machine, with wasm-vips, jimp, photon, jSquash and Pillow; [benchmarks/](benchmarks) says how and why it is fair.
${marks[1]}`
}

export function speedChart(result) {
  const rows = result.latency.filter(row => row.input === 'photo-12' && row.ms)
  return barChart({
    unit: 'ms for a 12-megapixel photo, less is better',
    bars: rows.map(({ contender, ms }) => {
      const { label, ours } = result.contenders.find(({ id }) => id === contender)
      return {
        label,
        ours,
        yardstick: contender === result.yardstick,
        value: ms.median,
        low: ms.low,
        high: ms.high,
      }
    }),
  })
}

/** The README with its part on speed replaced. */
export function withSpeed(readme, text) {
  const [start, end] = [readme.indexOf(marks[0]), readme.indexOf(marks[1])]
  if (start < 0 || end < start) throw new Error(`the README has no part between ${marks.join(' and ')}`)
  return readme.slice(0, start) + text + readme.slice(end + marks[1].length)
}

export const read = async path => readFile(at(path), 'utf8')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = JSON.parse(await read(stored))
  await mkdir(at('docs'), { recursive: true })
  await writeFile(at(chart), `${speedChart(result)}\n`)
  await writeFile(at('README.md'), withSpeed(await read('README.md'), speedText(result)))
}
