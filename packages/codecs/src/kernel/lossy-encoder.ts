import { classify, encodeLossy, instantiate } from '@sluice/encoder'
import { loadModule } from '#modules'
import type { EncodeOptions, Encoder, Frame } from '../codec.js'
import { only, rawAlphaEncoder, stillEncoder, webpEncoder } from '../jsquash/webp-encoder.js'
import { limitsOf } from '../limits.js'
import { isOpaque } from '../pixels/alpha.js'
import { InstanceMemory } from '../sandbox/instance-memory.js'
import { withAlpha } from './alpha-plane.js'

/** Below this many pixels the other encoder keeps colours and smooth shades better, and takes no time. */
const SMALL = 100_000

/** About what it takes. */
const BYTES_PER_PIXEL = 16

/**
 * Lossy WebP by our own encoder, one frame. Libwebp encodes small pictures, graphics, and those that do not fit ours (some 25
 * megapixels and more).
 */
export const lossyEncoder: Encoder = stillEncoder(async (frame, options) => {
  const { pixels, width, height } = frame
  if (width * height < SMALL) return webpEncoder.encode(only(frame), options)
  const graphic = classify(pixels, width, height) === 'graphic'
  const opaque = isOpaque(pixels)
  const drawn = graphic && (await encodeGraphic(frame, options, opaque))
  if (drawn && opaque) return drawn
  const own = await encodePhotograph(frame, options)
  if (typeof own === 'string') return webpEncoder.encode(only(frame), options)
  return withAlpha(drawn ? [own, drawn] : [own], frame, options)
})

/**
 * Text, lines, charts: at equal bytes libwebp keeps their edges and shades better (benchmarks/encoder/graphics.mjs). It takes several times
 * the memory; undefined where there is not enough, since ours is good.
 */
async function encodeGraphic(frame: Frame, options: EncodeOptions, opaque: boolean) {
  try {
    return await (opaque ? webpEncoder : rawAlphaEncoder).encode(only(frame), options)
  } catch {
    return undefined
  }
}

async function encodePhotograph({ pixels, width, height }: Frame, options: EncodeOptions) {
  const module = await loadModule('encoder')
  const memory = new InstanceMemory(
    module,
    limitsOf(options.budget, undefined, BYTES_PER_PIXEL * width * height),
  )
  try {
    const instance = instantiate(module, memory.memory)
    memory.attach(instance.exports as unknown as WebAssembly.Exports)
    memory.ready()
    return encodeLossy(instance, pixels, width, height, options)
  } finally {
    memory.close()
  }
}
