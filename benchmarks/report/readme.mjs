#!/usr/bin/env node
// Writes what the stored results say into the texts that tell it: README.md, with a chart, and benchmarks/README.md.
//
//   node benchmarks/report/readme.mjs
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { ceilingsText } from './ceilings.mjs'
import { barChart } from './charts.mjs'
import { ratioText } from './headline.mjs'

const at = path => new URL(`../../${path}`, import.meta.url)
const stored = 'benchmarks/results/full.json'
const chart = 'docs/speed.svg'
const marksOf = part => [`<!-- ${part}: written by benchmarks/report/readme.mjs -->`, `<!-- /${part} -->`]

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
      row => `${(row.peak.median / 2 ** 20).toFixed(0)} MiB`,
    ],
    ['start of Node to the first image', 'coldStart', undefined, row => `${row.ms.median.toFixed(0)} ms`],
  ]
  const lines = rows.map(
    ([title, measure, input, show]) =>
      `| ${title} | ${show(of(result[measure], input))} | ${show(yard(result[measure], input))} | ${ratioText(of(result[measure], input))} |`,
  )
  return `![Time for a 12-megapixel photo](${chart})

The whole road with every check against the bare codecs of others: decode, orient, fit ${job.maxWidth}x${job.maxHeight}, WebP quality ${job.quality},
effort ${job.effort}.

| | Sluice | sharp ${sharp.version} | ratio |
|---|---:|---:|---:|
${lines.join('\n')}

Measured on ${result.date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, Node ${machine.node} ([result](${stored})). \`npm run bench\` measures it on
your machine, with wasm-vips, jimp, photon, jSquash and Pillow; [benchmarks/](benchmarks) says how and why it is fair.`
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

/** A text with the part between its marks replaced. */
function withPart(text, part, replacement) {
  const [before, after] = marksOf(part)
  const [start, end] = [text.indexOf(before), text.indexOf(after)]
  if (start < 0 || end < start) throw new Error(`no part between ${before} and ${after}`)
  return `${text.slice(0, start)}${before}\n${replacement}\n${text.slice(end)}`
}

export const read = async path => readFile(at(path), 'utf8')

/** Every file that tells results, as it should be: pairs of path and text. */
export async function texts() {
  const [full, ceilings] = await Promise.all(
    [stored, 'benchmarks/results/ceilings.json'].map(async path => JSON.parse(await read(path))),
  )
  return [
    [chart, `${speedChart(full)}\n`],
    ['README.md', withPart(await read('README.md'), 'speed', speedText(full))],
    [
      'benchmarks/README.md',
      withPart(await read('benchmarks/README.md'), 'ceilings', ceilingsText(full, ceilings)),
    ],
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(at('docs'), { recursive: true })
  for (const [path, text] of await texts()) await writeFile(at(path), text)
}
