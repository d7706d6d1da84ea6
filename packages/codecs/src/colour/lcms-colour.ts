import { type Header, type NoteCode, note, UploadError } from '@sluice/core'
import { SandboxError } from '@sluice/sandbox'
import { type ImageBudget, limitsOf } from '../budget.js'
import type { Colour, Conversion, PixelModel, Source } from '../codec.js'
import { colourPrice } from '../prices.js'
import { codePointConversion, isHighDynamicRange } from './code-points.js'
import { BrokenProfile, type Embedded, embeddedProfile } from './embedded-profile.js'
import { inkToRgb } from './ink.js'
import { isSrgb } from './is-srgb.js'
import { createTransform, type ProfileSpace, type Transform } from './lcms.js'

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
      return convert ? inPlace(convert) : noted(model, 'colours-unknown')
    }
    if (model === 'rgba' && isSrgb(embedded.icc)) return plain(model)
    return byProfile(source, embedded.icc, model, budget)
  },
}

/** A profile that Little CMS declines, or that is for another colour model than the image's, is ignored. */
async function byProfile(
  { header }: Source,
  icc: Uint8Array,
  model: PixelModel,
  budget: ImageBudget,
): Promise<Conversion> {
  let transform: Transform
  try {
    transform = await createTransform(icc, limitsOf(budget, colourPrice(header)))
  } catch (thrown) {
    if (thrown instanceof SandboxError && thrown.kind === 'refused') return broken(model)
    throw thrown
  }
  if (isFor(header, transform.space, model)) return { ...inPlace(transform.apply), close: transform.close }
  transform.close()
  return noted(model, 'profile-of-another-model')
}

/** Whether a profile of this space says anything about pixels of this model. */
function isFor({ colour }: Header, space: ProfileSpace, model: PixelModel): boolean {
  if (model === 'cmyk' || space === 'cmyk') return model === space
  const isGrey = colour === 'grey' || colour === 'grey-alpha'
  return space === 'rgb' || isGrey
}

/** What is done with pixels that say nothing about their colours. */
const plain = (model: PixelModel) => inPlace(model === 'cmyk' ? inkToRgb : () => {})

const broken = (model: PixelModel) => noted(model, 'profile-broken')

const noted = (model: PixelModel, code: NoteCode): Conversion => ({ ...plain(model), note: note(code) })

function inPlace(change: (pixels: Uint8Array) => void): Conversion {
  return {
    convert(picture) {
      change(picture.pixels)
      return picture
    },
    close() {},
  }
}
