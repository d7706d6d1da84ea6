// The lossless encoder against `cwebp -lossless -m 6 -q 100 -exact` (bytes; Debian's webp) and @jsquash/webp
// at the same settings (time; interleaved, both warm): graphics of the corpus as they come to the encoder,
// and the reported screenshots.
//
// node encoder/lossless.mjs            # every file, with times; writes results/lossless.json; 40 minutes
// node encoder/lossless.mjs --bytes    # bytes alone, nothing written node encoder/lossless.mjs gif/ ...   #
// those whose name holds one of the words, nothing written
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kernelRenderer } from '@sluice/codecs'
import { definePolicy, sanitize } from '@sluice/core'
import { classify, encodeLossless, instantiate } from '@sluice/encoder'
import { memoryStore } from '@sluice/stores'
import { cases, isAccepted, pathOf } from '@sluice/testkit/corpus'
import { findCases } from '@sluice/testkit/find-corpus'
import { encodeLibwebp } from './libwebp.mjs'
import { mean } from './measure.mjs'

/** @import { NamedPicture } from '../types.js' */

const EFFORTS = [6, 4, 2, 0]
/** Below this a file is mostly header, and clocks are too coarse. */
const TIMED_PIXELS = 4096
const REPEATS = 3

const module = new WebAssembly.Module(
  readFileSync(new URL('../../packages/encoder/dist/encoder.wasm', import.meta.url)),
)

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

/**
 * Every graphic once, as it comes to the encoder at the default settings. @returns
 * {AsyncGenerator<NamedPicture>}
 */
export async function* graphics() {
  const policy = definePolicy({ animated: 'first-frame', timeMs: 600_000, memoryMb: 2048 })
  /** @type {{ drawn?: Parameters<import('../types.js').StillEncoder>[0] }} */
  const watch = {}
  const renderer = kernelRenderer({
    encoder: async picture => {
      watch.drawn = { ...picture, pixels: picture.pixels.slice() }
      return ours({ ...picture, rgba: new Uint8Array(picture.pixels) }, 0)
    },
  })
  const seen = new Set()
  const reported = findCases()
  const files = [
    ...cases.filter(isAccepted).map(c => ({ name: c.file, path: pathOf(c) })),
    ...(reported ? readdirSync(join(reported, 'pictures')) : []).map(name => ({
      name: `cases/${name}`,
      path: join(reported ?? '', 'pictures', name),
    })),
  ].filter(({ name }) => /\.(png|gif)$/i.test(name))
  if (!files.some(({ name }) => name.startsWith('cases/'))) throw new Error('the reported screenshots are missing')
  for (const { name, path } of files) {
    delete watch.drawn
    await sanitize({ body: readFileSync(path) }, { policy, renderer, store: memoryStore() }).catch(() => {})
    const { drawn } = watch
    if (!drawn) continue
    const { pixels, width, height } = drawn
    const key = createHash('sha256').update(`${width} ${height} `).update(pixels).digest('hex')
    if (seen.has(key) || classify(pixels, width, height) !== 'graphic') continue
    seen.add(key)
    yield { name, width, height, rgba: new Uint8Array(pixels) }
  }
}

/** Milliseconds. @param {() => unknown} run */
async function timed(run) {
  const start = performance.now()
  await run()
  return performance.now() - start
}

/** The least of a few, taken in turns. @param {NamedPicture} picture */
async function times(picture) {
  const runs = [() => jsquash(picture), ...EFFORTS.map(effort => () => ours(picture, effort))]
  const least = runs.map(() => Number.POSITIVE_INFINITY)
  for (let i = 0; i < REPEATS; i++) {
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
  const rows = []
  for await (const picture of graphics()) {
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
    console.log(
      [(row?.ratios[0] ?? 0).toFixed(3), (row?.timeRatios?.[0] ?? 0).toFixed(2), `${width}x${height}`, reference, name].join(' '),
    )
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
    console.log(
      `effort ${s.effort}: bytes ${percent([s.meanRatio])} in the mean, at most ${percent([s.largestRatio])}, ${s.above105} above 105 %; time ${percent([s.meanTime])}, at most ${percent([s.largestTime])}`,
    )
  }
  if (words.length || bytesOnly) return
  const result = { pictures: rows.length, efforts: EFFORTS, summary, rows }
  writeFileSync(new URL('../results/lossless.json', import.meta.url), `${JSON.stringify(result, null, 1)}\n`)
}

await main()
