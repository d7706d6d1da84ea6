import Vips from 'wasm-vips'
import { job } from '../lib/job.mjs'

export async function open() {
  const vips = await Vips({ dynamicLibraries: [] })
  vips.Cache.max(0)
  return {
    version: `libvips ${vips.version()}`,
    pixels(bytes) {
      const image = vips.Image.thumbnailBuffer(bytes, job.maxWidth, { height: job.maxHeight, size: 'down' })
      const pixels = image.writeToMemory()
      image.delete()
      return pixels
    },
    async run(bytes, { kind }) {
      const animated = kind === 'animation'
      const options = {
        height: job.maxHeight,
        size: 'down',
        ...(animated ? { option_string: '[n=-1]' } : {}),
      }
      const image = vips.Image.thumbnailBuffer(bytes, job.maxWidth, options)
      const output = animated
        ? image.writeToBuffer('.gif')
        : image.webpsaveBuffer({ Q: job.quality, effort: job.effort, keep: 'none' })
      const size = { width: image.width, height: animated ? image.pageHeight : image.height }
      image.delete()
      return { bytes: output, ...size }
    },
    close: () => vips.shutdown(),
  }
}
