#!/usr/bin/env node
// JPEG and PNG of ours beside sharp's, by bytes: JPEG at equal SSIM against `jpeg({ mozjpeg: true })` over
// photographs, PNG against `png({ compressionLevel: 9 })` over the still PNG and GIF of the corpus. Sharp reads
// both for the comparison. node outputs.bench.mjs [--files 40] writes results/outputs.json.
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { kernelRenderer } from '@sluice/codecs'
import { jpeg } from '@sluice/codecs/jpeg'
import { png } from '@sluice/codecs/png'
import { definePolicy, sanitize, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { bytesOf, cases, isAccepted } from '@sluice/testkit/corpus'
import { bdRate } from './encoder/bd-rate.mjs'
import { compare } from './encoder/metrics/metrics.mjs'
import { photographFiles } from './lib/photograph-files.mjs'
import { median } from './lib/stats.mjs'

/** @import { PolicyInput } from '@sluice/core' */

const { values } = parseArgs({ options: { files: { type: 'string', default: '40' } } })
const most = Number(values.files)
const sharp = createRequire(new URL('./rivals/package.json', import.meta.url))('sharp')
const renderer = kernelRenderer({ codecs: [jpeg(), png()] })
const qualities = [50, 70, 82, 93]

/** @param {Uint8Array} body @param {NonNullable<PolicyInput['output']>} output */
async function draw(body, output) {
  const store = memoryStore()
  const policy = definePolicy({ maxBytes: '1 GiB', animated: 'refuse', output })
  const { key } = await sanitize({ body }, { policy, renderer, store })
  const bytes = await store.get(key)
  if (!bytes) throw new Error(`${key} is not there`)
  return bytes
}

/** @param {Uint8Array} bytes @returns {Promise<{ data: Uint8Array, info: { width: number, height: number, channels: number } }>} */
const pixelsOf = bytes => sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true })

/** @param {Uint8Array} body */
async function jpegRow(body) {
  const exact = await draw(body, { format: 'png', effort: 0 })
  const { data, info } = await pixelsOf(exact)
  /** @param {Uint8Array} bytes */
  const point = async bytes => [
    bytes.length,
    compare(data, (await pixelsOf(bytes)).data, info.width, info.height).ssim,
  ]
  const ours = []
  const theirs = []
  for (const quality of qualities) {
    ours.push(await point(await draw(exact, { format: 'jpeg', quality })))
    theirs.push(await point(await sharp(exact).jpeg({ mozjpeg: true, quality }).toBuffer()))
  }
  return { ...info, bytesAtEqualSsim: bdRate(theirs, ours) }
}

/** @param {Uint8Array} body */
async function pngRow(body) {
  const ours = await draw(body, { format: 'png' })
  const { data, info } = await pixelsOf(ours)
  const quick = await pixelsOf(await draw(body, { format: 'png', effort: 0 }))
  if (Buffer.compare(data, quick.data) !== 0) throw new Error('two efforts are not the same picture')
  const { width, height, channels } = info
  const theirs = await sharp(data, { raw: { width, height, channels } })
    .png({ compressionLevel: 9 })
    .toBuffer()
  return { width, height, ours: ours.length, sharp: theirs.length, ratio: ours.length / theirs.length }
}

/**
 * @template Row
 * @param {readonly { name: string, read: () => Promise<Uint8Array> | Uint8Array }[]} files
 * @param {(body: Uint8Array) => Promise<Row>} measure
 */
async function rows(files, measure) {
  const measured = []
  for (const { name, read } of files)
    try {
      measured.push({ name, ...(await measure(await read())) })
      console.error(JSON.stringify(measured.at(-1)))
    } catch (thrown) {
      if (!(thrown instanceof UploadError)) throw thrown
    }
  return measured
}

const photographs = (await photographFiles())
  .slice(0, most)
  .map(({ name, path }) => ({ name, read: async () => new Uint8Array(await readFile(path)) }))
const graphics = cases
  .filter(each => isAccepted(each) && /\.(png|gif)$/.test(each.file) && each.frames === 1)
  .map(each => ({ name: each.file, read: () => bytesOf(each) }))
const every = Math.max(1, Math.floor(graphics.length / (3 * most)))
const jpegs = await rows(photographs, jpegRow)
const pngs = await rows(
  graphics.filter((_, index) => index % every === 0),
  pngRow,
)
const result = {
  date: new Date().toISOString(),
  sharp: sharp.versions,
  jpeg: { files: jpegs.length, median: median(jpegs.map(row => row.bytesAtEqualSsim)), rows: jpegs },
  png: { files: pngs.length, median: median(pngs.map(({ ratio }) => ratio)), rows: pngs },
}
await writeFile(new URL('./results/outputs.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
console.log(result.jpeg.median, result.png.median)
