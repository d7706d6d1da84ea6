import { encodeLossy, INITIAL_PAGES, instantiate } from '@sluice/encoder'
import { loadModule } from '#modules'
import type { Encoder } from '../codec.js'
import { only, stillEncoder } from '../jsquash/webp-encoder.js'
import { limitsOf } from '../limits.js'
import { giveBack, PAGE, takeMemory } from '../sandbox/memories.js'

/** Below this many pixels the other encoder keeps colours better, and takes no time. */
const SMALL = 65_536

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
    try {
      const bytes = encodeLossy(instantiate(module, memory), pixels, width, height, options)
      if (typeof bytes !== 'string') return bytes
    } finally {
      giveBack(memory)
    }
    return other.encode(only(frame), options)
  })
}
