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
import { median } from './lib/stats.mjs'
import { open as openSharp } from './peers/sharp.mjs'

/** What ours may lose: SSIM, and the share by which its bytes may differ. */
const limits = { ssim: 0.003, bytes: 0.05 }
const results = new URL('results/photographs.json', import.meta.url)
const reference = openReference()
const contenders = { ours: await openOurs(), sharp: openSharp() }

async function measure({ name, path }) {
  const bytes = new Uint8Array(await readFile(path))
  const row = { name }
  let source
  for (const [id, contender] of Object.entries(contenders)) {
    const output = await contender.run(bytes, { kind: 'photo' })
    const { width, height } = output
    if (source?.width !== width || source.height !== height)
      source = await reference.at(path, { width, height })
    const file = Uint8Array.from(output.bytes)
    const { rgba } = await decodeWebp(file.buffer)
    const { ssim, ssimulacra2, luma } = compare(source.rgba, rgba, width, height)
    row[id] = { width, height, bytes: file.length, ssim: 1 - 10 ** (-ssim / 10), ssimulacra2, luma }
  }
  row.bytes = row.ours.bytes / row.sharp.bytes - 1
  row.ssim = row.ours.ssim - row.sharp.ssim
  row.outside = [
    ...(row.ssim < -limits.ssim ? ['ssim'] : []),
    ...(Math.abs(row.bytes) > limits.bytes ? ['bytes'] : []),
  ]
  return row
}

function print(row) {
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
const wanted = ({ name }) => prefixes.length === 0 || prefixes.some(prefix => name.startsWith(prefix))
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
