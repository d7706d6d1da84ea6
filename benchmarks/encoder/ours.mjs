// The encoder as built, with its tuning constants open to be set.
import { readFileSync } from 'node:fs'
import { riff } from './riff.mjs'

const module = new WebAssembly.Module(
  readFileSync(new URL('../../packages/encoder/dist/encoder.wasm', import.meta.url)),
)

/**
 * Encodes at a quantiser index (0 to 127) instead of a quality. `settings` are exported globals by name.
 * Returns { bytes, pages, flat }.
 */
export function encodeAtIndex({ rgba, width, height }, { index, effort = 6, settings = {} }) {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536 })
  const x = new WebAssembly.Instance(module, { env: { memory } }).exports
  const check = status => {
    if (status) throw new Error(`status ${status}`)
  }
  check(x.begin(width, height, effort))
  for (const [name, value] of Object.entries(settings)) {
    if (!(x[name] instanceof WebAssembly.Global)) throw new Error(`no setting is called ${name}`)
    x[name].value = value
  }
  const rows = Math.ceil(height / 16)
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
