import { decodeJpeg } from '@sluice/kernel'
import type { Decoder } from '../codec.js'
import { stillFrames } from '../still-frames.js'
import { jpegPrice } from './price.js'
import { withKernel } from './with-kernel.js'

/** Baseline and progressive JPEG of every colour model, scaled while it is decoded, upright. CMYK stays ink. */
export const jpegDecoder: Decoder = {
  format: 'jpeg',
  async decode({ bytes, header }, { budget, target: { width, height } }) {
    const { orientation } = header
    const { pixels, space } = await withKernel(budget, jpegPrice(header, bytes.length), kernel =>
      decodeJpeg(kernel, bytes, { width, height, orientation }),
    )
    return stillFrames(
      { width, height, pixels },
      { upright: true, model: space === 'cmyk' ? 'cmyk' : 'rgba' },
    )
  },
}
