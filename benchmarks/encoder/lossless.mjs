// The lossless encoder against `cwebp -lossless -m 6 -q 100 -exact` (bytes; Debian's webp) and @jsquash/webp at the same
// settings (time; interleaved): graphics of the corpus as they come to the encoder, and the reported screenshots.
//
//   node encoder/lossless.mjs            # every file, with times; writes results/lossless.json; 10 minutes
//   node encoder/lossless.mjs --bytes    # bytes alone, nothing written
//   node encoder/lossless.mjs gif/ ...   # those whose name holds one of the words, nothing written
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeLossless, instantiate } from '@sluice/encoder'
import { decodeGif, decodePng, instantiate as instantiateKernel, KernelError } from '@sluice/kernel'
import { cases, isAccepted, pathOf } from '@sluice/testkit/corpus'
import { findCases } from '@sluice/testkit/find-corpus'
import { classify } from './classify.mjs'
import { encodeLibwebp } from './libwebp.mjs'
import { mean } from './measure.mjs'

/** @import { NamedPicture } from '../types.js' */

/**
 * Of a picture: bytes and ratios by effort, times as shares of @jsquash/webp's.
 * @typedef {{ name: string, size: number[], reference: number, bytes: number[], ratios: number[],
 *   milliseconds?: number, timeRatios?: number[] }} Row
 */

const EFFORTS = [6, 4, 2]
/** Below this a file is mostly header, and clocks are too coarse. */
const TIMED_PIXELS = 4096
const REPEATS = 3
/** From this size on each is run once. */
const LARGE_PIXELS = 1 << 16

/** Of an output, by default. */
const MOST_SIDE = 1600

/** @param {string} name */
const compile = name =>
  new WebAssembly.Module(readFileSync(new URL(`../../packages/${name}/dist/${name}.wasm`, import.meta.url)))
const [module, kernel] = [compile('encoder'), compile('kernel')]

/** @param {import('../types.js').Picture} picture @param {number} effort */
function ours({ rgba, width, height }, effort) {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 32768 })
  const file = encodeLossless(instantiate(module, memory), rgba, width, height, { effort })
  if (typeof file === 'string') throw new Error(file)
  return file
}

const folder = mkdtempSync(join(tmpdir(), 'lossless-'))
process.on('exit', () => rmSync(folder, { recursive: true }))

/** Bytes of Debian's cwebp. @param {import('../types.js').Picture} picture */
function cwebp({ rgba, width, height }) {
  const [input, output] = [join(folder, 'in.pam'), join(folder, 'out.webp')]
  const header = `P7\nWIDTH ${width}\nHEIGHT ${height}\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n`
  writeFileSync(input, Buffer.concat([Buffer.from(header), rgba]))
  execFileSync('cwebp', ['-quiet', '-lossless', '-m', '6', '-q', '100', '-exact', input, '-o', output])
  return readFileSync(output).length
}

/** @param {import('../types.js').Picture} picture */
const jsquash = picture => encodeLibwebp(picture, { lossless: 1, method: 6, quality: 100, exact: 1 })

/** @param {Uint8Array} file */
const isPng = file => file[0] === 0x89

/** The size of a PNG or GIF, shrunk into the default output. @param {Uint8Array} file */
function fitted(file) {
  const view = new DataView(file.buffer, file.byteOffset)
  const [width, height] = isPng(file)
    ? [view.getUint32(16), view.getUint32(20)]
    : [view.getUint16(6, true), view.getUint16(8, true)]
  const scale = Math.min(1, MOST_SIDE / width, MOST_SIDE / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Nothing for what the kernel refuses. @param {Uint8Array} file */
function draw(file) {
  try {
    return (isPng(file) ? decodePng : decodeGif)(instantiateKernel(kernel), file, fitted(file))
  } catch (error) {
    if (error instanceof KernelError) return undefined
    throw error
  }
}

/** Every graphic once, as it comes to the encoder. @returns {Generator<NamedPicture>} */
function* graphics() {
  const seen = new Set()
  const reported = findCases()
  if (!reported) throw new Error('the reported screenshots are missing')
  const files = [
    ...cases.filter(isAccepted).map(c => ({ name: c.file, path: pathOf(c) })),
    ...readdirSync(join(reported, 'pictures')).map(name => ({
      name: `cases/${name}`,
      path: join(reported, 'pictures', name),
    })),
  ].filter(({ name }) => /\.(png|gif)$/i.test(name))
  for (const { name, path } of files) {
    const drawn = draw(new Uint8Array(readFileSync(path)))
    if (!drawn) continue
    const { pixels, width, height } = drawn
    const key = createHash('sha256').update(`${width} ${height} `).update(pixels).digest('hex')
    if (seen.has(key) || classify(pixels, width, height) !== 'graphic') continue
    seen.add(key)
    yield { name, width, height, rgba: pixels }
  }
}

/** Milliseconds of processor: others may be at work on this machine. @param {() => unknown} run */
async function timed(run) {
  const start = process.cpuUsage()
  await run()
  return process.cpuUsage(start).user / 1000
}

/** The least of a few, taken in turns. @param {NamedPicture} picture */
async function times(picture) {
  const runs = [() => jsquash(picture), ...EFFORTS.map(effort => () => ours(picture, effort))]
  const least = runs.map(() => Number.POSITIVE_INFINITY)
  const repeats = picture.width * picture.height < LARGE_PIXELS ? REPEATS : 1
  for (let i = 0; i < repeats; i++) {
    for (const [k, run] of runs.entries()) least[k] = Math.min(least[k] ?? 0, await timed(run))
  }
  const [theirs = 1, ...own] = least
  return { theirs, own }
}

/** @param {readonly number[]} values */
const percent = values => `${(100 * mean(values)).toFixed(1)} %`

async function main() {
  const words = process.argv.slice(2).filter(a => !a.startsWith('--'))
  const bytesOnly = process.argv.includes('--bytes')
  /** @type {Row[]} */
  const rows = []
  for (const picture of graphics()) {
    const { name, width, height } = picture
    if (words.length && !words.some(word => name.includes(word))) continue
    const reference = cwebp(picture)
    const bytes = EFFORTS.map(effort => ours(picture, effort).length)
    const time = bytesOnly || width * height < TIMED_PIXELS ? undefined : await times(picture)
    rows.push({
      name,
      size: [width, height],
      reference,
      bytes,
      ratios: bytes.map(b => b / reference),
      ...(time ? { milliseconds: time.theirs, timeRatios: time.own.map(t => t / time.theirs) } : {}),
    })
    const row = rows.at(-1)
    const [ratio, timeRatio] = [row?.ratios[0] ?? 0, row?.timeRatios?.[0] ?? 0]
    console.log(ratio.toFixed(3), timeRatio.toFixed(2), `${width}x${height}`, reference, name)
  }
  const timedRows = rows.filter(r => r.timeRatios)
  const summary = EFFORTS.map((effort, i) => ({
    effort,
    meanRatio: mean(rows.map(r => r.ratios[i] ?? 0)),
    largestRatio: Math.max(...rows.map(r => r.ratios[i] ?? 0)),
    above105: rows.filter(r => (r.ratios[i] ?? 0) > 1.05).length,
    sumRatio: rows.reduce((s, r) => s + (r.bytes[i] ?? 0), 0) / rows.reduce((s, r) => s + r.reference, 0),
    meanTime: mean(timedRows.map(r => r.timeRatios?.[i] ?? 0)),
    largestTime: Math.max(...timedRows.map(r => r.timeRatios?.[i] ?? 0)),
  }))
  for (const s of summary) {
    const bytes = `${percent([s.meanRatio])} in the mean, at most ${percent([s.largestRatio])}`
    const time = `${percent([s.meanTime])}, at most ${percent([s.largestTime])}`
    console.log(`effort ${s.effort}: bytes ${bytes}, ${s.above105} above 105 %; time ${time}`)
  }
  if (words.length || bytesOnly) return
  const result = { pictures: rows.length, efforts: EFFORTS, summary, rows }
  writeFileSync(new URL('../results/lossless.json', import.meta.url), `${JSON.stringify(result, null, 1)}\n`)
}

await main()
