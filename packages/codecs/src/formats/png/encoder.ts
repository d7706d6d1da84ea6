import { limitsOf } from '../../budget.js'
import type { StillEncoder } from '../../codec.js'
import { firstFrameEncoder } from '../../compose/still.js'
import { packPrice } from '../../encoder-prices.js'
import { encodeOxipng } from './encode-oxipng.js'

/** OxiPNG's, by effort, 0 to 6. Higher ones take several times as long for a few percent of the bytes. */
const levels = [0, 1, 1, 2, 2, 2, 3]

const encode: StillEncoder = async ({ pixels, width, height }, { effort, budget }) => {
  const level = levels[effort] ?? 2
  return (await encodeOxipng(pixels, width, height, level, limitsOf(budget, packPrice('oxipng')))).bytes
}

/** Stills as PNG, exact. Of an animation the first frame. */
export const pngEncoder = firstFrameEncoder('png', encode)
