import type { Header } from '@sluice/core'
import type { Animation, Kernel, Pixels, Plan } from '@sluice/kernel'
import type { Price } from '../budget.js'
import type { Decoder, Frame, Frames } from '../codec.js'
import { stillFrames } from '../compose/still.js'
import { type OpenKernel, openKernel, withKernel } from '../wasm/with-kernel.js'
import { decoderBytes } from './decoder-bytes.js'

type Draw<Result> = (kernel: Kernel, bytes: Uint8Array, plan: Plan) => Result

/** Stills and animations by the kernel, scaled while they are decoded, upright; an animation one frame at a time. */
export function frameDecoder(
  format: 'png' | 'gif' | 'webp',
  price: (header: Header, bytes: number) => Price,
  drawStill: Draw<Pixels>,
  openAnimation: Draw<Animation & { readonly defaultImageIsHidden?: boolean }>,
): Decoder {
  return {
    format,
    async decode(source, { budget, target }) {
      const { bytes, header } = source
      const { orientation, frames } = header
      const plan = { width: target.width, height: target.height, orientation, source: header }
      const fuel = price(header, bytes.length)
      const likelyBytes = decoderBytes(source, target)
      const still = () => withKernel(budget, fuel, likelyBytes, kernel => drawStill(kernel, bytes, plan))
      if (frames === 1) {
        const picture = await still()
        const release = budget.memory.reserve({ bytes: picture.pixels.length })
        return stillFrames(picture, { upright: true, model: 'rgba', lasting: true }, release)
      }
      const open = await openKernel(budget, fuel, likelyBytes)
      try {
        const animation = open.run(kernel => openAnimation(kernel, bytes, plan))
        const defaultImage = animation.defaultImageIsHidden ? still : undefined
        return animationFrames(open, animation, defaultImage)
      } catch (thrown) {
        open.close()
        throw thrown
      }
    },
  }
}

/** @param defaultImage of a PNG that is no frame of its animation: the probe counts it as a first frame of no duration */
function animationFrames(
  { run, close }: OpenKernel,
  animation: Animation,
  defaultImage?: () => Promise<Pixels>,
): Frames {
  const { width, height } = animation
  const frames = animation[Symbol.iterator]()
  return {
    width,
    height,
    upright: true,
    model: 'rgba',
    lasting: true,
    close,
    async *[Symbol.asyncIterator](): AsyncGenerator<Frame> {
      if (defaultImage) yield { ...(await defaultImage()), durationMs: 0 }
      for (;;) {
        const { done, value } = run(() => frames.next())
        if (done) return
        yield { width, height, pixels: value.pixels, durationMs: value.delayMs }
      }
    },
  }
}
