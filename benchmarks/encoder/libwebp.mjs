// @jsquash/webp in Node: its glue wants the compiled modules.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import decode, { init as initDecoder } from '@jsquash/webp/decode.js'
import encode, { init as initEncoder } from '@jsquash/webp/encode.js'

/** @import { Picture } from '../types.js' */

const require = createRequire(import.meta.url)
/** @param {string} name */
const compile = name => new WebAssembly.Module(readFileSync(require.resolve(`@jsquash/webp/codec/${name}`)))
await initEncoder(compile('enc/webp_enc_simd.wasm'))
await initDecoder(compile('dec/webp_dec.wasm'))
if (!globalThis.ImageData)
  Object.assign(globalThis, {
    ImageData: class {
      /** @param {Uint8ClampedArray} data @param {number} width @param {number} height */
      constructor(data, width, height) {
        Object.assign(this, { data, width, height })
      }
    },
  })

/** @param {Picture} picture @param {Partial<import('@jsquash/webp/meta.js').EncodeOptions>} options */
export async function encodeLibwebp({ rgba, width, height }, options) {
  const data = new Uint8ClampedArray(/** @type {ArrayBuffer} */ (rgba.buffer), rgba.byteOffset, rgba.length)
  return new Uint8Array(await encode({ data, width, height, colorSpace: 'srgb' }, options))
}

/** @param {Uint8Array} bytes @returns {Promise<Picture>} */
export async function decodeWebp(bytes) {
  const { data, width, height } = await decode(Uint8Array.from(bytes).buffer)
  return { rgba: new Uint8Array(data.buffer, data.byteOffset, data.length), width, height }
}
