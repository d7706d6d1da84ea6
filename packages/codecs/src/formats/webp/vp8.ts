import { encodeLossy, instantiate } from '@sluice/encoder'
import { openGuest } from '@sluice/sandbox'
import { loadModule } from '#modules'
import { limitsOf } from '../../budget.js'
import type { Picture, StillOptions } from '../../codec.js'
import { pixelPrice } from '../../prices.js'

/** About what it takes. */
const bytesPerPixel = 16

/**
 * Lossy WebP by our own encoder; undefined for what does not fit it: some 25 megapixels and more.
 * @throws SandboxError 'out-of-fuel' when what is left of the image's time is not enough
 */
export async function tryVp8(
  { pixels, width, height }: Picture,
  options: StillOptions,
): Promise<Uint8Array | undefined> {
  const module = await loadModule('encoder')
  const limits = limitsOf(options.budget, pixelPrice('vp8'), bytesPerPixel * width * height)
  const { run, close } = openGuest(module, limits, free => instantiate(module, free))
  try {
    const file = run(encoder => encodeLossy(encoder, pixels, width, height, options))
    return typeof file === 'string' ? undefined : file
  } finally {
    close()
  }
}
