// jimp writes no WebP of its own, so it is paired with @jsquash/webp here.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import encodeWebp, { init } from '@jsquash/webp/encode.js'
import { Jimp, ResizeStrategy } from 'jimp'
import { fitInside, job } from '../lib/job.mjs'

const require = createRequire(import.meta.url)

export async function open() {
  await init(
    await WebAssembly.compile(await readFile(require.resolve('@jsquash/webp/codec/enc/webp_enc_simd.wasm'))),
  )
  return {
    version: `${require('jimp/package.json').version} (WebP by @jsquash/webp)`,
    async run(bytes) {
      const image = await Jimp.fromBuffer(Buffer.from(bytes), {
        'image/jpeg': { maxMemoryUsageInMB: 8192, maxResolutionInMP: 1000 },
      })
      const size = fitInside(image.width, image.height)
      image.resize({ w: size.width, h: size.height, mode: ResizeStrategy.BICUBIC })
      const { data, width, height } = image.bitmap
      const pixels = { data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb' }
      return {
        bytes: new Uint8Array(await encodeWebp(pixels, { quality: job.quality, method: job.effort })),
        width,
        height,
      }
    },
  }
}
