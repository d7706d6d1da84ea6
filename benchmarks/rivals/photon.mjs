// photon's WebP is lossless, so its bytes cannot be compared, and it does not read EXIF orientation: the table says so.
import { createRequire } from 'node:module'
import { PhotonImage, resize, SamplingFilter } from '@cf-wasm/photon'
import { fitInside } from '../lib/job.mjs'

export function open() {
  return {
    version: `${createRequire(import.meta.url)('@cf-wasm/photon/package.json').version} (lossless WebP, no orientation)`,
    async run(bytes) {
      const image = PhotonImage.new_from_byteslice(bytes)
      const size = fitInside(image.get_width(), image.get_height())
      const small = resize(image, size.width, size.height, SamplingFilter.Lanczos3)
      image.free()
      const output = small.get_bytes_webp()
      small.free()
      return { bytes: output, ...size }
    },
  }
}
