import { isTooMuch, limitsOf } from '../../budget.js'
import type { StillEncoder } from '../../codec.js'
import { firstFrameEncoder } from '../../compose/still.js'
import { type AvifSpeed, avifFuel, packPrice } from '../../encoder-prices.js'
import { encodeAvif } from './encode-avif.js'
import { isScreenContent } from './screen-content.js'

/** By effort, 0 to 6. Slower ones take ten times as long, for a few percent of the bytes. */
const speeds: readonly AvifSpeed[] = [10, 9, 8, 7, 6, 6, 6]
/**
 * From here on libaom searches for no repetitions, and what a picture takes hardly depends on what is in it.
 */
const withoutSearch: AvifSpeed = 8
const fastest: AvifSpeed = 10

/**
 * At the speed of the effort, where that is likely to end within what is left of the image's time. If not, or
 * if it did not end, faster. How long a search for repetitions takes is not known before: an attempt leaves
 * enough for the fastest.
 * @throws SandboxError 'out-of-fuel' where that takes longer too
 */
const encodeWithinTime: StillEncoder = async (picture, { quality, effort, budget }) => {
  const { pixels, width, height } = picture
  const price = packPrice(isScreenContent(picture) ? 'avifScreen' : 'avif')
  const asked = speeds[effort] ?? fastest
  for (const speed of new Set<AvifSpeed>([asked, withoutSearch])) {
    if (speed < asked || speed === fastest) continue
    const limits = limitsOf(budget, price)
    const fuel = limits.fuel - avifFuel(fastest, picture).most
    if (fuel < avifFuel(speed, picture).likely) continue
    try {
      return (await encodeAvif(pixels, width, height, { quality, speed }, { ...limits, fuel })).bytes
    } catch (thrown) {
      if (!isTooMuch(thrown, budget)) throw thrown
    }
  }
  return (await encodeAvif(pixels, width, height, { quality, speed: fastest }, limitsOf(budget, price))).bytes
}

/** Stills as AVIF, 8 bits, 4:2:0. Of an animation the first frame. */
export const avifEncoder = firstFrameEncoder('avif', encodeWithinTime)
