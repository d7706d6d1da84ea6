import sharp from 'sharp'
import { job } from '../lib/job.mjs'

export function open({ threads } = {}) {
  if (threads) sharp.concurrency(threads)
  sharp.cache(false)
  return {
    version: `${sharp.versions.sharp} (libvips ${sharp.versions.vips})`,
    async run(bytes, { kind }) {
      const animated = kind === 'animation'
      const picture = sharp(bytes, { animated, limitInputPixels: false })
        .autoOrient()
        .resize({ width: job.maxWidth, height: job.maxHeight, fit: 'inside', withoutEnlargement: true })
      const encoded = animated ? picture.gif() : picture.webp({ quality: job.quality, effort: job.effort })
      const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
      return { bytes: data, width: info.width, height: info.pageHeight ?? info.height }
    },
  }
}
