// Gives mutants of still WebP files to the kernel and to dwebp, and compares what they say and draw. Every
// difference is counted under its explanation; one without is printed, and the run fails. Needs Debian's
// package webp.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bytesOf, cases } from '@sluice/testkit/corpus'
import { generator } from '@sluice/testkit/mutate/bytes'
import { mutateImage } from '@sluice/testkit/mutate/mutate-image'
import { MOST_PIXELS } from './plans.mjs'

const MOST_SEED_BYTES = 40_000
const MOST_PAGES = 4096
const PRINTED_CODES = { '-2': 'corrupt', '-3': 'truncated' }

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } })
const runs = Number(values.runs ?? 10_000)
const firstSeed = Number(values.seed ?? 1)
const debugModule = new WebAssembly.Module(
  readFileSync(new URL('../dist/kernel.debug.wasm', import.meta.url)),
)

/** @param {Uint8Array} bytes */
const text = bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
const seeds = cases
  .filter(entry => entry.bytes <= MOST_SEED_BYTES)
  .map(bytesOf)
  .filter(bytes => text(bytes.subarray(8, 12)) === 'WEBP' && !text(bytes).includes('ANMF'))
if (seeds.length === 0) throw new Error('no file of the corpus can be used')

/** @typedef {{ code: number, animated: boolean, large: boolean, pixels?: Uint8Array }} Outcome */

/** @param {Uint8Array} bytes @returns {Outcome} */
function ours(bytes) {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: MOST_PAGES })
  const instance = new WebAssembly.Instance(debugModule, { env: { memory } })
  const exports = /** @type {import('./driver.mjs').DebugExports} */ (
    /** @type {unknown} */ (instance.exports)
  )
  const pointer = exports.alloc(BigInt(bytes.length)) >>> 0
  new Uint8Array(memory.buffer, pointer, bytes.length).set(bytes)
  const opened = exports.openWebp(pointer, bytes.length)
  const [width, height] = [exports.webpWidth.value, exports.webpHeight.value]
  const large = opened === 0 && width * height > MOST_PIXELS
  const animated = exports.webpFrameCount.value > 0
  if (opened !== 0 || large || animated) return { code: opened, animated, large }
  exports.setPlan(width, height, 1, 1, 0, 0, 0, 0)
  const code = exports.decodeWebp()
  if (code !== 0) return { code, animated, large }
  return {
    code,
    animated,
    large,
    pixels: new Uint8Array(memory.buffer, exports.outputPointer() >>> 0, width * height * 4),
  }
}

const file = join(tmpdir(), `webp-differential-${process.pid}.webp`)

/** @param {Uint8Array} bytes @param {readonly string[]} flags @returns {Uint8Array | undefined} RGBA */
function theirs(bytes, flags = []) {
  writeFileSync(file, bytes)
  const all = ['-quiet', '-nodither', ...flags, file, '-pam', '-o', '-']
  const { status, stdout } = spawnSync('dwebp', all, { maxBuffer: 2 ** 28 })
  return status === 0 ? stdout.subarray(stdout.indexOf('ENDHDR\n') + 7) : undefined
}

/**
 * The file up to the end of its picture's data: dwebp reads on into whatever follows.
 * @param {Uint8Array} bytes
 */
function upToPicture(bytes) {
  const copy = Buffer.from(bytes)
  for (let at = 12; at + 8 <= copy.length; ) {
    const end = at + 8 + copy.readUInt32LE(at + 4)
    if (/^VP8[ L]$/.test(text(copy.subarray(at, at + 4)))) {
      copy.writeUInt32LE(Math.min(end, copy.length) - 8, 4)
      return copy.subarray(0, end)
    }
    at = end + (end & 1)
  }
  return copy
}

/**
 * Whether a partition of a lossy picture begins with a byte that no coder writes: 255 is as large as the
 * range, and what decoders make of it depends on the width of their registers. The number of partitions is
 * not looked up.
 * @param {Uint8Array} bytes
 */
function hasImpossiblePartition(bytes) {
  const file = Buffer.from(bytes)
  for (let at = 12; at + 18 <= file.length; ) {
    const start = at + 18
    if (text(file.subarray(at, at + 4)) === 'VP8 ') {
      const tokens = start + (file.readUIntLE(at + 8, 3) >> 5)
      return [start, ...[1, 2, 4, 8].flatMap(count => partitionStarts(file, tokens, count))].some(
        p => file[p] === 255,
      )
    }
    const length = file.readUInt32LE(at + 4)
    at += 8 + length + (length & 1)
  }
  return false
}

/** RFC 6386, 9.5. @param {Buffer} file @param {number} tokens @param {number} count */
function partitionStarts(file, tokens, count) {
  const starts = [tokens + 3 * (count - 1)]
  for (let i = 0; i < count - 1 && tokens + 3 * i + 3 <= file.length; i++) {
    starts.push((starts.at(-1) ?? 0) + file.readUIntLE(tokens + 3 * i, 3))
  }
  return starts
}

/** @param {Uint8Array} bytes @returns {string} */
function compare(bytes) {
  const own = ours(bytes)
  if (own.animated) return 'animated: dwebp does not decode it'
  if (own.large) return 'too large to compare'
  const other = theirs(bytes)
  if (own.pixels && other) {
    if (Buffer.compare(own.pixels, other) === 0) return 'same pixels'
    const exact = theirs(bytes, ['-noasm'])
    return exact && Buffer.compare(own.pixels, exact) === 0
      ? 'same pixels without the overflows of dwebp in 16 bits (-noasm)'
      : 'DIFFERENT PIXELS'
  }
  if (!own.pixels && !other) return 'both refuse'
  if (own.pixels) return 'ONLY WE ACCEPT'
  if (own.code === -3 && !theirs(upToPicture(bytes))) return 'dwebp reads past the end of the chunk'
  if (own.code === -2 && hasImpossiblePartition(bytes)) return 'dwebp draws what no coder writes'
  return `ONLY DWEBP ACCEPTS: ${PRINTED_CODES[/** @type {'-2' | '-3'} */ (`${own.code}`)] ?? own.code}`
}

/** @type {Record<string, number>} */
const ends = {}
let unexplained = 0
for (let i = 0; i < runs; i++) {
  const seed = firstSeed + i
  const random = generator(Math.imul(seed, 0x9e3779b1))
  const bytes = mutateImage(random.pick(seeds), random, seeds)
  const end = compare(bytes)
  ends[end] = (ends[end] ?? 0) + 1
  if (!/^[A-Z]{2}/.test(end)) continue
  unexplained++
  const finding = join(tmpdir(), `webp-${seed}.webp`)
  writeFileSync(finding, bytes)
  console.log(`${end} at seed ${seed}: ${finding}`)
}
console.log(`webp against dwebp: ${seeds.length} files, ${runs} mutants from seed ${firstSeed}`, ends)
if (unexplained > 0) process.exitCode = 1
