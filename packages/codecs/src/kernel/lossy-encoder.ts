import { encodeLossy, INITIAL_PAGES, instantiate } from '@sluice/encoder'
import { loadModule } from '#modules'
import type { Encoder } from '../codec.js'
import { limitsOf } from '../limits.js'
import { giveBack, PAGE, takeMemory } from '../sandbox/memories.js'

/**
 * Lossy WebP by our own encoder, one frame. What does not fit it (pictures of some 25 megapixels and more) goes to another.
 * @param larger encodes what does not fit
 */
export function lossyEncoder(larger: Encoder): Encoder {
  return {
    format: 'webp',
    async encode(frames, options) {
      const module = await loadModule('encoder')
      for await (const frame of frames) {
        const { pixels, width, height } = frame
        const { quality, effort } = options
        const maximum = Math.floor(limitsOf(options.budget).memoryBytes / PAGE)
        const memory = takeMemory(INITIAL_PAGES, Math.max(INITIAL_PAGES, maximum))
        try {
          const bytes = encodeLossy(instantiate(module, memory), pixels, width, height, { quality, effort })
          if (typeof bytes !== 'string') return bytes
        } finally {
          giveBack(memory)
        }
        return larger.encode(only(frame), options)
      }
      throw new Error('no frame came')
    },
  }
}

async function* only<Item>(item: Item): AsyncGenerator<Item> {
  yield item
}
