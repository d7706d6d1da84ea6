import { encodeLossy, instantiate } from '@sluice/encoder'
import { openInMemory } from '@sluice/sandbox'
import { loadModule } from '#modules'
import { limitsOf } from '../../budget.js'
import type { Picture, StillOptions } from '../../codec.js'

/** About what it takes. */
const bytesPerPixel = 16

/** Lossy WebP by our own encoder; undefined for what does not fit it: some 25 megapixels and more. */
export async function tryVp8(
  { pixels, width, height }: Picture,
  options: StillOptions,
): Promise<Uint8Array | undefined> {
  const module = await loadModule('encoder')
  const limits = limitsOf(options.budget, undefined, bytesPerPixel * width * height)
  const { instance, memory } = openInMemory(module, limits, free => instantiate(module, free))
  try {
    memory.ready()
    const file = encodeLossy(instance, pixels, width, height, options)
    return typeof file === 'string' ? undefined : file
  } finally {
    memory.close()
  }
}
