import { limitsOf } from '../../budget.js'
import type { StillEncoder } from '../../codec.js'
import { firstFrameEncoder } from '../../compose/still.js'
import { packPrice } from '../../encoder-prices.js'
import { isOpaque, onWhite } from '../../pixels/alpha.js'
import { encodeMozjpeg } from './encode-mozjpeg.js'

/** From this effort on another pass of trellis quantisation is made. */
const thoroughEffort = 5

const encode: StillEncoder = async (picture, { quality, effort, budget }) => {
  const { pixels, width, height } = picture
  const options = { quality, thorough: effort >= thoroughEffort }
  const write = async (opaque: Uint8Array) =>
    (await encodeMozjpeg(opaque, width, height, options, limitsOf(budget, packPrice('mozjpeg')))).bytes
  if (isOpaque(pixels)) return write(pixels)
  const { bytes, release } = budget.allocate(pixels.length)
  try {
    return await write(onWhite(pixels, bytes))
  } finally {
    release()
  }
}

/** Stills as progressive JPEG, 4:2:0. What is transparent is white. Of an animation the first frame. */
export const jpegEncoder = firstFrameEncoder('jpeg', encode)
