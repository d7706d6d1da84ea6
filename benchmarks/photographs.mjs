// Photographs at the job's settings, ours beside sharp's, against what no contender made: lib/reference.py.
//
//   node benchmarks/photographs.mjs              writes results/photographs.json
//   node benchmarks/photographs.mjs png made     measures what begins so again and keeps the other rows
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { corpusIsHere } from '@sluice/testkit/corpus'
import { open as openOurs } from './contenders/sluice.mjs'
import { decodeWebp } from './encoder/libwebp.mjs'
import { compare } from './encoder/metrics/metrics.mjs'
import { job } from './lib/job.mjs'
import { photographFiles } from './lib/photograph-files.mjs'
import { openReference } from './lib/reference.mjs'
import { openRival } from './lib/rival.mjs'
import { median } from './lib/stats.mjs'

/** @import { Contender, Picture, Size } from './types.js' */

/** @typedef {Awaited<ReturnType<typeof measure>>} PhotographRow */

/** What ours may lose: SSIM, and the share by which its bytes may differ. */
const limits = { ssim: 0.003, bytes: 0.05 }
const results = new URL('results/photographs.json', import.meta.url)
const reference = openReference()
const contenders = { ours: await openOurs(), sharp: await openRival('sharp') }

/** @param {{ name: string, path: string }} input */
async function measure({ name, path }) {
  const bytes = new Uint8Array(await readFile(path))
  const ours = await judge(contenders.ours, bytes, path)
  const sharp = await judge(contenders.sharp, bytes, path)
  const row = { name, ours, sharp, bytes: ours.bytes / sharp.bytes - 1, ssim: ours.ssim - sharp.ssim }
  const outside = [
    ...(row.ssim < -limits.ssim ? ['ssim'] : []),
    ...(Math.abs(row.bytes) > limits.bytes ? ['bytes'] : []),
  ]
  return { ...row, outside }
}

/** @type {{ path: string, picture: Picture } | undefined} */
let latest
/**
 * The lossless reference: both contenders mostly make the same size, and it is drawn once.
 * @param {string} path @param {Size} size @returns {Promise<Picture>}
 */
async function referenceAt(path, { width, height }) {
  if (latest?.path !== path || latest.picture.width !== width || latest.picture.height !== height)
    latest = { path, picture: await reference.at(path, { width, height }) }
  return latest.picture
}

/** @param {Contender} contender @param {Uint8Array} bytes @param {string} path */
async function judge(contender, bytes, path) {
  const output = await contender.run(bytes, { kind: 'photo' })
  const { width, height } = output
  const source = await referenceAt(path, output)
  const { rgba } = await decodeWebp(output.bytes)
  const { ssim, ssimulacra2, luma } = compare(source.rgba, rgba, width, height)
  return { width, height, bytes: output.bytes.length, ssim: 1 - 10 ** (-ssim / 10), ssimulacra2, luma }
}

/** @param {PhotographRow} row */
function print(row) {
  /** @param {number} value @param {number} digits */
  const sign = (value, digits) => `${value < 0 ? '' : '+'}${value.toFixed(digits)}`
  const columns = [
    row.name.length > 62 ? `…${row.name.slice(-61)}` : row.name.padEnd(62),
    `${row.ours.width}x${row.ours.height}`.padEnd(9),
    ...[row.ours.bytes, row.sharp.bytes].map(bytes => `${bytes}`.padStart(7)),
    `${sign(row.bytes * 100, 1)} %`.padStart(8),
    ...[row.ours.ssim, row.sharp.ssim].map(ssim => ssim.toFixed(4)),
    sign(row.ssim, 4),
    sign(row.ours.ssimulacra2 - row.sharp.ssimulacra2, 2).padStart(6),
    row.outside.join(' '),
  ]
  console.log(columns.join('  '))
}

if (!corpusIsHere) console.log('Without the corpus: made pictures alone.')
const prefixes = process.argv.slice(2)
/** @param {{ name: string }} input */
const wanted = ({ name }) => prefixes.length === 0 || prefixes.some(prefix => name.startsWith(prefix))
/** @type {PhotographRow[]} */
const before =
  prefixes.length > 0 && existsSync(results) ? JSON.parse(await readFile(results, 'utf8')).rows : []
const rows = before.filter(row => !wanted(row))
for (const input of (await photographFiles()).filter(wanted)) {
  const row = await measure(input)
  rows.push(row)
  print(row)
  await save()
}
reference.close()
console.log(summarise())

async function save() {
  rows.sort((a, b) => (a.name < b.name ? -1 : 1))
  const machine = `${cpus().length} x ${cpus()[0].model}`
  const versions = Object.fromEntries(Object.entries(contenders).map(([id, { version }]) => [id, version]))
  const result = { machine, node: process.version, versions, job, limits, summary: summarise(), rows }
  await writeFile(results, `${JSON.stringify(result, null, 1)}\n`)
}

function summarise() {
  const outside = rows.filter(row => row.outside.length > 0)
  return {
    pictures: rows.length,
    outside: outside.length,
    ssimOutside: outside.filter(row => row.outside.includes('ssim')).length,
    bytesOutside: outside.filter(row => row.outside.includes('bytes')).length,
    medianBytes: median(rows.map(row => row.bytes)),
    medianSsim: median(rows.map(row => row.ssim)),
  }
}
