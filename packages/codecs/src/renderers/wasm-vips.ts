import { type Renderer, UploadError } from '@sluice/core'
import type { Decoder, Resizer, StillEncoder } from '../codec.js'
import { composeRenderer } from '../compose/compose-renderer.js'
import { stillFrames } from '../compose/still.js'
import { gifEncoder } from '../formats/gif/encoder.js'
import { animatedWebpDecoder } from '../formats/webp/animated-decoder.js'
import { animatedWebpEncoder } from '../formats/webp/animated-encoder.js'
import { wholePixels } from '../pixels/whole-pixels.js'
import { alreadySrgb } from './already-srgb.js'

/** Its declarations want a name of their own enumerations, whose values are plain text. */
type Enum = never
const UCHAR = 'uchar' as Enum

/** The part of wasm-vips (0.0.19) that is used: what `await Vips()` gives. */
export interface Vips {
  readonly Image: {
    thumbnailBuffer(bytes: Uint8Array, width: number, options: object): VipsImage
    newFromMemory(pixels: Uint8Array, width: number, height: number, bands: number, format: Enum): VipsImage
  }
}
interface VipsImage {
  hasAlpha(): boolean
  copy(options: object): VipsImage
  crop(left: number, top: number, width: number, height: number): VipsImage
  addalpha(): VipsImage
  cast(format: Enum): VipsImage
  thumbnailImage(width: number, options: object): VipsImage
  writeToMemory(): ArrayBufferView
  webpsaveBuffer(options: object): Uint8Array
  delete(): void
}

/**
 * Stills and animated WebP by wasm-vips, which is libvips with threads and shared memory: one instance for all pictures, not
 * in the sandbox. For comparison. Needs `SharedArrayBuffer` and workers.
 */
export function wasmVipsRenderer(vips: Vips): Renderer {
  const open = ({ pixels, width, height }: { pixels: Uint8Array; width: number; height: number }) => [
    vips.Image.newFromMemory(pixels, width, height, 4, UCHAR),
  ]
  const decoder = (format: 'jpeg' | 'png' | 'gif' | 'webp'): Decoder => ({
    format,
    async decode({ bytes }, { target: { width, height }, animated }) {
      if (animated) throw new UploadError('unsupported-kind', { kind: 'animation' }, { stage: 'render' })
      const pixels = finish(
        [
          vips.Image.thumbnailBuffer(bytes, width, {
            height,
            size: 'force',
            export_profile: 'srgb',
            option_string: '[fail_on=warning]',
          }),
        ],
        image => image.cast(UCHAR),
        image => (image.hasAlpha() ? image.copy({}) : image.addalpha()),
      )
      return stillFrames({ width, height, pixels }, { upright: true, model: 'rgba' })
    },
  })
  const resizer: Resizer = {
    async resize(picture, { crop, width, height }) {
      const { x, y, ...shown } = wholePixels(crop ?? { x: 0, y: 0, ...picture }, picture)
      const pixels = finish(
        open(picture),
        image => image.copy({ interpretation: 'srgb' }),
        image => image.crop(x, y, shown.width, shown.height),
        image => image.thumbnailImage(width, { height, size: 'force', no_rotate: true }),
      )
      return { width, height, pixels }
    },
  }
  const webp: StillEncoder = async (frame, { quality, effort }) => {
    const [raw] = open(frame)
    const image = raw?.copy({ interpretation: 'srgb' })
    try {
      return image?.webpsaveBuffer({ Q: Math.round(quality), effort, keep: 'none' }) ?? new Uint8Array()
    } finally {
      image?.delete()
      raw?.delete()
    }
  }
  return composeRenderer({
    name: 'wasm-vips',
    decoders: [decoder('jpeg'), decoder('png'), decoder('gif'), animatedWebpDecoder(decoder('webp'))],
    resizer,
    colour: alreadySrgb,
    encoders: [animatedWebpEncoder(webp), gifEncoder],
  })
}

/** Applies steps to an image, takes the pixels, and frees every image on the way: nothing else does. */
function finish(images: VipsImage[], ...steps: readonly ((image: VipsImage) => VipsImage)[]): Uint8Array {
  try {
    for (const step of steps) {
      const last = images.at(-1)
      if (last) images.push(step(last))
    }
    const memory = images.at(-1)?.writeToMemory()
    return memory ? new Uint8Array(memory.buffer, memory.byteOffset, memory.byteLength) : new Uint8Array()
  } finally {
    for (const image of images) image.delete()
  }
}
