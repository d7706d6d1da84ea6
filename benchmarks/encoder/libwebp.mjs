// @jsquash/webp in Node: its glue wants the compiled modules.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import decode, { init as initDecoder } from '@jsquash/webp/decode.js'
import encode, { init as initEncoder } from '@jsquash/webp/encode.js'

const require = createRequire(import.meta.url)
const compile = name => new WebAssembly.Module(readFileSync(require.resolve(`@jsquash/webp/codec/${name}`)))
await initEncoder(compile('enc/webp_enc_simd.wasm'))
await initDecoder(compile('dec/webp_dec.wasm'))
globalThis.ImageData ??= class ImageData {
  constructor(data, width, height) {
    Object.assign(this, { data, width, height })
  }
}

export async function encodeLibwebp({ rgba, width, height }, options) {
  const data = new Uint8ClampedArray(rgba.buffer, rgba.byteOffset, rgba.length)
  return new Uint8Array(await encode({ data, width, height }, options))
}

export async function decodeWebp(bytes) {
  const { data, width, height } = await decode(bytes)
  return { rgba: new Uint8Array(data.buffer, data.byteOffset, data.length), width, height }
}
