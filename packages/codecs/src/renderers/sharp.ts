import { type Renderer, UploadError } from '@sluice/core'
import type { Decoder, Resizer, StillEncoder } from '../codec.js'
import { composeRenderer } from '../compose/compose-renderer.js'
import { stillFrames } from '../compose/still.js'
import { gifEncoder } from '../formats/gif/encoder.js'
import { animatedWebpDecoder } from '../formats/webp/animated-decoder.js'
import { animatedWebpEncoder } from '../formats/webp/animated-encoder.js'
import { wholePixels } from '../pixels/whole-pixels.js'
import { alreadySrgb } from './already-srgb.js'

/** The part of sharp (0.33 or later) that is used: what `import sharp from 'sharp'` gives. */
export type Sharp = (input: Uint8Array, options: SharpOptions) => SharpImage

interface SharpOptions {
  readonly failOn?: 'warning'
  readonly limitInputPixels?: number
  readonly raw?: { readonly width: number; readonly height: number; readonly channels: 4 }
}
interface SharpImage {
  rotate(): SharpImage
  resize(options: { width: number; height: number; fit: 'fill' }): SharpImage
  extract(part: { left: number; top: number; width: number; height: number }): SharpImage
  toColourspace(name: 'srgb'): SharpImage
  ensureAlpha(): SharpImage
  raw(): SharpImage
  webp(options: { quality: number; effort: number }): SharpImage
  toBuffer(): Promise<Uint8Array>
}

/**
 * Stills and animated WebP by sharp, which is libvips: native code and threads, outside of the sandbox. A fault in one of its
 * decoders is a fault of the whole process, so it is for comparison, and for pictures of people you know.
 */
export function sharpRenderer(sharp: Sharp): Renderer {
  const decoder = (format: 'jpeg' | 'png' | 'gif' | 'webp'): Decoder => ({
    format,
    async decode({ bytes, header }, { target: { width, height }, animated }) {
      if (animated) throw new UploadError('unsupported-kind', { kind: 'animation' }, { stage: 'render' })
      const limitInputPixels = header.width * header.height
      const pixels = await sharp(bytes, { failOn: 'warning', limitInputPixels })
        .rotate()
        .resize({ width, height, fit: 'fill' })
        .toColourspace('srgb')
        .ensureAlpha()
        .raw()
        .toBuffer()
      return stillFrames({ width, height, pixels }, { upright: true, model: 'rgba' })
    },
  })
  const resizer: Resizer = {
    async resize(picture, { crop, width, height }) {
      const raw = { width: picture.width, height: picture.height, channels: 4 } as const
      const whole = sharp(picture.pixels, { raw })
      const shown = crop && wholePixels(crop, picture)
      const part = shown ? whole.extract({ left: shown.x, top: shown.y, ...shown }) : whole
      return { width, height, pixels: await part.resize({ width, height, fit: 'fill' }).raw().toBuffer() }
    },
  }
  const webp: StillEncoder = ({ pixels, width, height }, { quality, effort }) =>
    sharp(pixels, { raw: { width, height, channels: 4 } })
      .webp({ quality: Math.max(1, Math.round(quality)), effort })
      .toBuffer()
  return composeRenderer({
    name: 'sharp',
    decoders: [decoder('jpeg'), decoder('png'), decoder('gif'), animatedWebpDecoder(decoder('webp'))],
    resizer,
    colour: alreadySrgb,
    encoders: [animatedWebpEncoder(webp), gifEncoder],
  })
}
