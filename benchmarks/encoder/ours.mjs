// The encoder as built, with its tuning constants open to be set.
import { readFileSync } from 'node:fs'
import { riff } from './riff.mjs'

/** @import { Picture } from '../types.js' */

const module = new WebAssembly.Module(
  readFileSync(new URL('../../packages/encoder/dist/encoder.wasm', import.meta.url)),
)

/**
 * What is used of its exports.
 * @typedef {{ begin(width: number, height: number, effort: number): number, band: { value: number }, survey(): void,
 *   flatShare(): number, plan(index: number): number, encodeBand(): number, finish(): number,
 *   partAddress(part: number): number, partBytes(part: number): number }} EncoderModule
 */

/**
 * Encodes at a quantiser index (0 to 127) instead of a quality. `settings` are exported globals by name.
 * Returns { bytes, pages, flat }.
 * @param {Picture} picture
 * @param {{ index: number, effort?: number, settings?: Record<string, number> }} options
 */
export function encodeAtIndex({ rgba, width, height }, { index, effort = 6, settings = {} }) {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536 })
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  const x = /** @type {EncoderModule} */ (/** @type {unknown} */ (exports))
  /** @param {number} status */
  const check = status => {
    if (status) throw new Error(`status ${status}`)
  }
  check(x.begin(width, height, effort))
  for (const [name, value] of Object.entries(settings)) {
    const setting = exports[name]
    if (!(setting instanceof WebAssembly.Global)) throw new Error(`no setting is called ${name}`)
    setting.value = value
  }
  const rows = Math.ceil(height / 16)
  /** @param {number} row */
  const push = row => {
    const pixels = rgba.subarray(row * 64 * width, (row + 1) * 64 * width)
    new Uint8Array(memory.buffer, x.band.value, pixels.length).set(pixels)
  }
  for (let row = 0; row < rows; row++) {
    push(row)
    x.survey()
  }
  const flat = x.flatShare()
  check(x.plan(index))
  for (let row = 0; row < rows; row++) {
    push(row)
    check(x.encodeBand())
  }
  check(x.finish())
  const parts = [0, 1, 2].map(i => new Uint8Array(memory.buffer, x.partAddress(i), x.partBytes(i)))
  return { bytes: riff('VP8 ', parts), pages: memory.buffer.byteLength >> 16, flat }
}
