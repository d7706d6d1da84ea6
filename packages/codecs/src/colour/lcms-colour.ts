import { UploadError } from '@sluice/core'
import { SandboxError } from '@sluice/sandbox'
import { type ImageBudget, limitsOf } from '../budget.js'
import type { Colour, Conversion, PixelModel, Source } from '../codec.js'
import { colourPrice } from '../prices.js'
import { codePointConversion, isHighDynamicRange } from './code-points.js'
import { BrokenProfile, type Embedded, embeddedProfile } from './embedded-profile.js'
import { inkToRgb } from './ink.js'
import { isSrgb } from './is-srgb.js'
import { createTransform, type Transform } from './lcms.js'

/** Embedded ICC profiles by Little CMS, in a fresh instance for each image; code points by a matrix. */
export const lcmsColour: Colour = {
  async prepare(source, model, budget) {
    let embedded: Embedded
    try {
      embedded = await embeddedProfile(source)
    } catch (thrown) {
      if (thrown instanceof BrokenProfile) return broken(model)
      throw thrown
    }
    if (!embedded) return plain(model)
    if ('cicp' in embedded) {
      if (isHighDynamicRange(embedded.cicp) || model !== 'rgba')
        throw new UploadError('unsupported-kind', { kind: 'high dynamic range' }, { stage: 'render' })
      const convert = codePointConversion(embedded.cicp)
      return convert ? inPlace(convert) : noted(model, 'colours of an unknown kind were taken for sRGB')
    }
    if (model === 'rgba' && isSrgb(embedded.icc)) return plain(model)
    return (await byProfile(source, embedded.icc, model, budget)) ?? broken(model)
  },
}

/** Undefined where Little CMS declines the profile, or where it is for other pixels than these. */
async function byProfile(
  { header }: Source,
  icc: Uint8Array,
  model: PixelModel,
  budget: ImageBudget,
): Promise<Conversion | undefined> {
  let transform: Transform
  try {
    transform = await createTransform(icc, limitsOf(budget, colourPrice(header)))
  } catch (thrown) {
    if (thrown instanceof SandboxError && thrown.kind === 'refused') return undefined
    throw thrown
  }
  if ((transform.space === 'cmyk') === (model === 'cmyk'))
    return { ...inPlace(transform.apply), close: transform.close }
  transform.close()
  return undefined
}

/** What is done with pixels that say nothing about their colours. */
const plain = (model: PixelModel) => inPlace(model === 'cmyk' ? inkToRgb : () => {})

const broken = (model: PixelModel) => noted(model, 'a broken colour profile was ignored')

const noted = (model: PixelModel, note: string): Conversion => ({ ...plain(model), note })

function inPlace(change: (pixels: Uint8Array) => void): Conversion {
  return {
    convert(picture) {
      change(picture.pixels)
      return picture
    },
    close() {},
  }
}
