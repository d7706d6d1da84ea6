import { decodeJpeg } from '@sluice/kernel'
import type { Decoder } from '../../codec.js'
import { makeInkTable } from '../../colour/ink-table.js'
import { stillFrames } from '../../compose/still.js'
import { jpegPrice } from '../../prices.js'
import { withKernel } from '../../wasm/with-kernel.js'

/** Baseline and progressive JPEG of both codings and every colour model, scaled while it is decoded, upright. Inks are converted before. */
export const jpegDecoder: Decoder = {
  format: 'jpeg',
  async decode({ bytes, header }, { budget, inks, target: { width, height } }) {
    const plan = { width, height, orientation: header.orientation, source: header }
    const { pixels, space } = await withKernel(budget, jpegPrice(header, bytes.length), kernel =>
      decodeJpeg(kernel, bytes, plan, inks && makeInkTable(inks)),
    )
    const model = space === 'cmyk' ? 'cmyk' : inks ? 'srgb' : 'rgba'
    const release = budget.memory.reserve({ bytes: pixels.length })
    return stillFrames({ width, height, pixels }, { upright: true, model, lasting: true }, release)
  },
}
