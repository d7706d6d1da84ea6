import { alphaAsGreen, alphaBytes, encodeLossy, instantiate, withSmallerAlpha } from '@sluice/encoder'
import { loadModule } from '#modules'
import type { EncodeOptions, Encoder, Frame } from '../codec.js'
import { encodeLossless, only, stillEncoder } from '../jsquash/webp-encoder.js'
import { limitsOf } from '../limits.js'
import { InstanceMemory } from '../sandbox/instance-memory.js'

/** Below this many pixels the other encoder keeps colours better, and takes no time. */
const SMALL = 65_536

/** About what it takes. */
const BYTES_PER_PIXEL = 16

/**
 * An alpha plane that takes more than this share of a file is given to libwebp's lossless coder too: soft shadows and
 * glass shrink by a fifth to a third there, and cut-outs are small anyhow.
 */
const MUCH_ALPHA = 0.1

/**
 * Lossy WebP by our own encoder, one frame.
 * @param other encodes small pictures, and those that do not fit ours (some 25 megapixels and more)
 */
export function lossyEncoder(other: Encoder): Encoder {
  return stillEncoder(async (frame, options) => {
    const { pixels, width, height } = frame
    if (width * height < SMALL) return other.encode(only(frame), options)
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

async function shrinkAlpha(file: Uint8Array, frame: Frame, options: EncodeOptions): Promise<Uint8Array> {
  if (alphaBytes(file) <= file.length * MUCH_ALPHA) return file
  const lossless = await encodeLossless({ ...frame, pixels: alphaAsGreen(frame.pixels) }, options)
  return lossless ? withSmallerAlpha(file, lossless) : file
}
