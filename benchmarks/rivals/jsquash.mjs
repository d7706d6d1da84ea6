// As its README uses it: one shared instance of each module, default options of resize.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import decodeJpeg, { init as initJpeg } from '@jsquash/jpeg/decode.js'
import decodePng, { init as initPng } from '@jsquash/png/decode.js'
import resize, { initResize } from '@jsquash/resize'
import decodeWebp, { init as initWebpDecoder } from '@jsquash/webp/decode.js'
import encodeWebp, { init as initWebpEncoder } from '@jsquash/webp/encode.js'
import { fitInside, job } from '../lib/job.mjs'

const require = createRequire(import.meta.url)
const compile = async path => WebAssembly.compile(await readFile(require.resolve(path)))

export async function open() {
  await initJpeg(await compile('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'))
  await initPng(await compile('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))
  await initWebpDecoder(await compile('@jsquash/webp/codec/dec/webp_dec.wasm'))
  await initWebpEncoder(await compile('@jsquash/webp/codec/enc/webp_enc_simd.wasm'))
  await initResize(await compile('@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm'))
  const decoders = {
    255: buffer => decodeJpeg(buffer, { preserveOrientation: true }),
    137: decodePng,
    82: decodeWebp,
  }
  async function pixels(bytes) {
    const image = await decoders[bytes[0]](bytes.slice().buffer)
    const size = fitInside(image.width, image.height)
    return size.width === image.width && size.height === image.height ? image : resize(image, size)
  }
  return {
    version: require('@jsquash/webp/package.json').version,
    pixels,
    async run(bytes) {
      const image = await pixels(bytes)
      const encoded = await encodeWebp(image, { quality: job.quality, method: job.effort })
      return { bytes: new Uint8Array(encoded), width: image.width, height: image.height }
    },
  }
}
