import { encodeLossy, instantiate } from '@sluice/encoder'
import { loadModule } from '#modules'
import type { Encoder } from '../codec.js'
import { only, stillEncoder } from '../jsquash/webp-encoder.js'
import { limitsOf } from '../limits.js'
import { InstanceMemory } from '../sandbox/instance-memory.js'

/** Below this many pixels the other encoder keeps colours better, and takes no time. */
const SMALL = 65_536

/** About what it takes. */
const BYTES_PER_PIXEL = 16

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
    try {
      const instance = instantiate(module, memory.memory)
      memory.attach(instance.exports as unknown as WebAssembly.Exports)
      memory.ready()
      const bytes = encodeLossy(instance, pixels, width, height, options)
      if (typeof bytes !== 'string') return bytes
    } finally {
      memory.close()
    }
    return other.encode(only(frame), options)
  })
}
