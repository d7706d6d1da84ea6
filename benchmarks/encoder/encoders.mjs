// What is compared. `encode(picture, quality)` gives the bytes of a file; only its time is measured.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeLossy, instantiate } from '@sluice/encoder'
import { encodeLibwebp } from './libwebp.mjs'

/** @import { Picture, TimedEncoder } from '../types.js' */

const sharp = createRequire(new URL('../rivals/package.json', import.meta.url))('sharp')
sharp.concurrency(1)
const module = new WebAssembly.Module(
  readFileSync(new URL('../../packages/encoder/dist/encoder.wasm', import.meta.url)),
)

/**
 * A fresh instance and memory for each picture, as in production.
 * @param {number} effort @returns {TimedEncoder['encode']}
 */
function ours(effort) {
  return ({ rgba, width, height }, quality) => {
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 16384 })
    const result = encodeLossy(instantiate(module, memory), rgba, width, height, { quality, effort })
    if (typeof result === 'string') throw new Error(result)
    return result
  }
}

/** @param {number} method @returns {TimedEncoder['encode']} */
const jsquash = method => (picture, quality) => encodeLibwebp(picture, { quality, method })

/** @param {number} effort @returns {TimedEncoder['encode']} */
const native =
  effort =>
  ({ rgba, width, height }, quality) =>
    sharp(rgba, { raw: { width, height, channels: 4 } })
      .removeAlpha()
      .webp({ quality, effort })
      .toBuffer()

const folder = mkdtempSync(join(tmpdir(), 'cwebp-'))
process.on('exit', () => rmSync(folder, { recursive: true }))

/**
 * Debian's cwebp as a process; a PPM is written before the clock starts.
 * @param {number} method @returns {Omit<TimedEncoder, 'name'>}
 */
function cwebp(method) {
  const [input, output] = [join(folder, 'in.ppm'), join(folder, 'out.webp')]
  /** @type {Picture | undefined} */
  let written
  /** @param {Picture} picture */
  const prepare = picture => {
    if (written === picture) return
    const rgb = picture.rgba.filter((_, i) => i % 4 !== 3)
    writeFileSync(input, Buffer.concat([Buffer.from(`P6\n${picture.width} ${picture.height}\n255\n`), rgb]))
    written = picture
  }
  /** @param {Picture} _ @param {number} quality */
  const encode = (_, quality) => {
    execFileSync('cwebp', ['-quiet', '-m', `${method}`, '-q', `${quality}`, input, '-o', output])
    return readFileSync(output)
  }
  return { prepare, encode }
}

/** @type {readonly TimedEncoder[]} */
export const ENCODERS = [
  { name: 'ours effort 6', encode: ours(6) },
  { name: 'ours effort 4', encode: ours(4) },
  { name: 'ours effort 2', encode: ours(2) },
  { name: 'ours effort 0', encode: ours(0) },
  { name: '@jsquash/webp method 6', encode: jsquash(6) },
  { name: '@jsquash/webp method 4', encode: jsquash(4) },
  { name: '@jsquash/webp method 2', encode: jsquash(2) },
  { name: 'sharp effort 6', encode: native(6) },
  { name: 'sharp effort 4', encode: native(4) },
  { name: 'cwebp method 6', ...cwebp(6) },
]
export const REFERENCE = '@jsquash/webp method 6'
