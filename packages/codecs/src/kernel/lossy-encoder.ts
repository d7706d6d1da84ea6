import {
  alphaAsGreen,
  alphaBytes,
  classify,
  encodeLossy,
  instantiate,
  withSmallerAlpha,
} from '@sluice/encoder'
import { loadModule } from '#modules'
import type { EncodeOptions, Encoder, Frame } from '../codec.js'
import { encodeLossless, only, stillEncoder } from '../jsquash/webp-encoder.js'
import { limitsOf } from '../limits.js'
import { isOpaque } from '../pixels/alpha.js'
import { InstanceMemory } from '../sandbox/instance-memory.js'

/** Below this many pixels the other encoder keeps colours and smooth shades better, and takes no time. */
const SMALL = 100_000

/** About what it takes. */
const BYTES_PER_PIXEL = 16

/**
 * An alpha plane that takes more than this share of a file is given to libwebp's lossless coder too: soft shadows and
 * glass shrink by a fifth to a third there, and cut-outs are small anyhow.
 */
const MUCH_ALPHA = 0.1

/**
 * Lossy WebP by our own encoder, one frame.
 * @param other encodes small pictures, graphics, and those that do not fit ours (some 25 megapixels and more)
 */
export function lossyEncoder(other: Encoder): Encoder {
  return stillEncoder(async (frame, options) => {
    const { pixels, width, height } = frame
    if (width * height < SMALL) return other.encode(only(frame), options)
    if (isGraphic(frame)) {
      try {
        return await other.encode(only(frame), options)
      } catch {
        // It takes several times the memory: where there is not enough, ours is good.
      }
    }
    const module = await loadModule('encoder')
    const memory = new InstanceMemory(
      module,
      limitsOf(options.budget, undefined, BYTES_PER_PIXEL * width * height),
    )
    let bytes: ReturnType<typeof encodeLossy>
    try {
      const instance = instantiate(module, memory.memory)
      memory.attach(instance.exports as unknown as WebAssembly.Exports)
      memory.ready()
      bytes = encodeLossy(instance, pixels, width, height, options)
    } finally {
      memory.close()
    }
    return typeof bytes === 'string' ? other.encode(only(frame), options) : shrinkAlpha(bytes, frame, options)
  })
}

/**
 * Opaque text and lines: at equal bytes the other encoder keeps their edges better (benchmarks/encoder/graphics.mjs). With
 * alpha it would take ten times as long for as many bytes.
 */
function isGraphic({ pixels, width, height }: Frame): boolean {
  return classify(pixels, width, height) === 'graphic' && isOpaque(pixels)
}

async function shrinkAlpha(file: Uint8Array, frame: Frame, options: EncodeOptions): Promise<Uint8Array> {
  if (alphaBytes(file) <= file.length * MUCH_ALPHA) return file
  const lossless = await encodeLossless({ ...frame, pixels: alphaAsGreen(frame.pixels) }, options)
  return lossless ? withSmallerAlpha(file, lossless) : file
}
