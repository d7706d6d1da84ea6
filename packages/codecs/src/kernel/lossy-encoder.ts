import {
  alphaAsGreen,
  alphaBytes,
  encodeLossy,
  INITIAL_PAGES,
  instantiate,
  withSmallerAlpha,
} from '@sluice/encoder'
import { loadModule } from '#modules'
import type { EncodeOptions, Encoder, Frame } from '../codec.js'
import { encodeLossless, only, stillEncoder } from '../jsquash/webp-encoder.js'
import { limitsOf } from '../limits.js'
import { giveBack, PAGE, takeMemory } from '../sandbox/memories.js'

/** Below this many pixels the other encoder keeps colours better, and takes no time. */
const SMALL = 65_536

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
    const maximum = Math.floor(limitsOf(options.budget).memoryBytes / PAGE)
    const memory = takeMemory(INITIAL_PAGES, Math.max(INITIAL_PAGES, maximum))
    let bytes: ReturnType<typeof encodeLossy>
    try {
      bytes = encodeLossy(instantiate(module, memory), pixels, width, height, options)
    } finally {
      giveBack(memory)
    }
    return typeof bytes === 'string' ? other.encode(only(frame), options) : shrinkAlpha(bytes, frame, options)
  })
}

async function shrinkAlpha(file: Uint8Array, frame: Frame, options: EncodeOptions): Promise<Uint8Array> {
  if (alphaBytes(file) <= file.length * MUCH_ALPHA) return file
  const lossless = await encodeLossless({ ...frame, pixels: alphaAsGreen(frame.pixels) }, options)
  return lossless ? withSmallerAlpha(file, lossless) : file
}
