import sharp from 'sharp'
import { job } from '../lib/job.mjs'

/** `effort: 'default'`: what sharp takes if it is not told. */
export function open({ threads, effort = job.effort } = {}) {
  if (threads) sharp.concurrency(threads)
  sharp.cache(false)
  const webp = { quality: job.quality, ...(effort === 'default' ? {} : { effort }) }
  return {
    version: `${sharp.versions.sharp} (libvips ${sharp.versions.vips})`,
    async run(bytes, { kind }) {
      const animated = kind === 'animation' || kind === 'animated-webp'
      const picture = sharp(bytes, { animated, limitInputPixels: false })
        .autoOrient()
        .resize({ width: job.maxWidth, height: job.maxHeight, fit: 'inside', withoutEnlargement: true })
      const encoded = kind === 'animation' ? picture.gif() : picture.webp(webp)
      const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
      return { bytes: data, width: info.width, height: info.pageHeight ?? info.height }
    },
  }
}
