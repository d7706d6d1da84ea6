#!/usr/bin/env node
// JPEG and PNG of ours beside sharp's, by bytes: JPEG at equal SSIM against `jpeg({ mozjpeg: true })` over
// photographs, both decoded by djpeg (Debian's libjpeg-turbo-progs); PNG against `png({ compressionLevel: 9
// })` over the still PNG and GIF of the corpus, ours held to the pixels that libvips reads of the upload
// itself. Neither may carry metadata. node outputs.bench.mjs [--files 40] writes results/outputs.json.
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { kernelRenderer } from '@sluice/codecs'
import { jpeg } from '@sluice/codecs/jpeg'
import { png } from '@sluice/codecs/png'
import { definePolicy, sanitize, UploadError, verifyOutput } from '@sluice/core'
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
  const policy = definePolicy({ maxBytes: '1 GiB', animated: 'refuse', output, timeMs: 120_000 })
  const { key } = await sanitize({ body }, { policy, renderer, store })
  const bytes = await store.get(key)
  if (!bytes) throw new Error(`${key} is not there`)
  await checkBare(bytes)
  return bytes
}

/** By our verifier, and by libvips. @param {Uint8Array} bytes */
async function checkBare(bytes) {
  verifyOutput(bytes)
  const { exif, icc, iptc, xmp, comments, orientation } = await sharp(bytes).metadata()
  const found = [exif, icc, iptc, xmp, comments, orientation].filter(each => each !== undefined)
  if (found.length > 0) throw new Error(`metadata in an output: ${found}`)
}

/** @param {Uint8Array} bytes @returns {Promise<{ data: Buffer, info: { width: number, height: number } }>} */
const pixelsOf = bytes => sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true })

/** RGBA of a JPEG by djpeg. @param {Uint8Array} bytes */
function djpeg(bytes) {
  const pnm = execFileSync('djpeg', ['-pnm', '-rgb'], { input: bytes, maxBuffer: 2 ** 30 })
  const head = /^P6\n(\d+) (\d+)\n255\n/.exec(pnm.toString('latin1', 0, 40))
  if (!head) throw new Error('djpeg wrote no PPM')
  const pixels = pnm.subarray(head[0].length)
  return Uint8Array.from({ length: (pixels.length / 3) * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : pixels[(at >> 2) * 3 + (at & 3)],
  )
}

/** @param {Uint8Array} body */
async function jpegRow(body) {
  const exact = await draw(body, { format: 'png', effort: 0 })
  const { data, info } = await pixelsOf(exact)
  const { width, height } = info
  /** @param {Uint8Array} bytes */
  const point = bytes => [bytes.length, compare(data, djpeg(bytes), width, height).ssim]
  const ours = []
  const theirs = []
  for (const quality of qualities) {
    ours.push(point(await draw(exact, { format: 'jpeg', quality })))
    theirs.push(point(await sharp(exact).jpeg({ mozjpeg: true, quality }).toBuffer()))
  }
  return { width, height, percentAtEqualSsim: bdRate(theirs, ours) }
}

/** @param {Uint8Array} body */
async function pngRow(body) {
  const ours = await draw(body, { format: 'png' })
  const { data, info } = await pixelsOf(ours)
  const { width, height } = info
  const theirs = await sharp(data, { raw: { width, height, channels: 4 } })
    .png({ compressionLevel: 9 })
    .toBuffer()
  const exact = await isExact(body, data)
  return { width, height, ours: ours.length, sharp: theirs.length, ratio: ours.length / theirs.length, exact }
}

/**
 * Whether the output has the very pixels of the upload, both as libvips reads them: of an upload that is
 * neither resized nor converted. What is invisible has no colour. Undefined for others.
 * @param {Uint8Array} body @param {Uint8Array} data
 */
async function isExact(body, data) {
  const { width, height, depth, space, icc, orientation = 1 } = await sharp(body).metadata()
  const isPlain = depth === 'uchar' && space === 'srgb' && icc === undefined && orientation === 1
  if (!isPlain || width > 1600 || height > 1600) return undefined
  const wanted = (await pixelsOf(body)).data
  return (
    wanted.length === data.length && wanted.every((value, at) => value === data[at] || data[at | 3] === 0)
  )
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
  jpeg: { files: jpegs.length, median: median(jpegs.map(row => row.percentAtEqualSsim)), rows: jpegs },
  png: {
    files: pngs.length,
    compared: pngs.filter(({ exact }) => exact !== undefined).length,
    median: median(pngs.map(({ ratio }) => ratio)),
    rows: pngs,
  },
}
await writeFile(new URL('./results/outputs.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
console.log(result.jpeg.median, result.png.median)
