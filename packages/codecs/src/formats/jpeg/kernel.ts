import { decodeJpeg } from '@sluice/kernel'
import type { Decoder } from '../../codec.js'
import { makeInkTable } from '../../colour/ink-table.js'
import { stillFrames } from '../../compose/still.js'
import { jpegPrice } from '../../prices.js'
import { withKernel } from '../../wasm/with-kernel.js'
import { decoderBytes } from '../decoder-bytes.js'

/** Baseline and progressive JPEG of both codings and every colour model, scaled while it is decoded, upright. Inks are converted before. */
export const jpegDecoder: Decoder = {
  format: 'jpeg',
  async decode(source, { budget, inks, target }) {
    const { bytes, header } = source
    const { width, height } = target
    const plan = { width, height, orientation: header.orientation, source: header }
    const price = jpegPrice(header, bytes.length)
    const { pixels, space } = await withKernel(budget, price, decoderBytes(source, target), kernel =>
      decodeJpeg(kernel, bytes, plan, inks && makeInkTable(inks)),
    )
    const model = space === 'cmyk' ? 'cmyk' : inks ? 'srgb' : 'rgba'
    const release = budget.memory.reserve({ bytes: pixels.length })
    return stillFrames({ width, height, pixels }, { upright: true, model, lasting: true }, release)
  },
}
