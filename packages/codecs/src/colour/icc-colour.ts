import { type Header, type NoteCode, note, UploadError } from '@sluice/core'
import { SandboxError } from '@sluice/sandbox'
import { type ImageBudget, limitsOf } from '../budget.js'
import type { Colour, Conversion, PixelModel, Source } from '../codec.js'
import { colourPrice, matrixMs } from '../prices.js'
import { BrokenProfile } from './broken-profile.js'
import { codePointConversion, isHighDynamicRange } from './code-points.js'
import { type Embedded, embeddedProfile, type Inflate } from './embedded-profile.js'
import { isIccProfile, readSimpleProfile, type SimpleProfile } from './icc-profile.js'
import { inflateProfile } from './inflate-profile.js'
import { inkToRgb } from './ink.js'
import { isSrgb } from './is-srgb.js'
import { createTransform, type ProfileSpace, type Transform } from './lcms.js'
import { simpleConversion } from './simple-conversion.js'

/**
 * Embedded ICC profiles and code points. Matrix and curves are read and applied here; only profiles of tables,
 * those of inks and unusual ones go to Little CMS, in a fresh instance for each image.
 */
export const iccColourBy = (inflate: Inflate): Colour => ({
  async prepare(source, model, budget) {
    let embedded: Embedded
    try {
      embedded = await embeddedProfile(source, inflate, budget)
    } catch (thrown) {
      if (thrown instanceof BrokenProfile) return broken(model)
      throw thrown
    }
    if (!embedded) return plain(model)
    if ('cicp' in embedded) {
      if (isHighDynamicRange(embedded.cicp) || model !== 'rgba')
        throw new UploadError('unsupported-kind', { kind: 'high dynamic range' }, { stage: 'render' })
      const convert = codePointConversion(embedded.cicp)
      return convert ? charged(convert, budget) : noted(model, 'colours-unknown')
    }
    if (!isIccProfile(embedded.icc)) return broken(model)
    const profile = readSimpleProfile(embedded.icc)
    return profile
      ? bySimpleProfile(source, profile, model, budget)
      : byLittleCms(source, embedded.icc, model, budget)
  },
})

/** For runtimes where the kernel can run. */
export const iccColour = /* @__PURE__ */ iccColourBy(inflateProfile)

/** A profile for another colour model than the image's is ignored. */
function bySimpleProfile(
  { header }: Source,
  profile: SimpleProfile,
  model: PixelModel,
  budget: ImageBudget,
): Conversion {
  if (!isFor(header, profile.space, model)) return noted(model, 'profile-of-another-model')
  return isSrgb(profile) ? plain(model) : charged(simpleConversion(profile), budget)
}

/** A profile that Little CMS declines, or that is for another colour model than the image's, is ignored. */
async function byLittleCms(
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
const plain = (model: PixelModel): Conversion =>
  model === 'cmyk' ? inPlace(inkToRgb) : { convert: picture => picture, changesNothing: true, close() {} }

const broken = (model: PixelModel) => noted(model, 'profile-broken')

const noted = (model: PixelModel, code: NoteCode): Conversion => ({ ...plain(model), note: note(code) })

function charged(change: (pixels: Uint8Array) => void, budget: ImageBudget): Conversion {
  return inPlace(pixels => {
    budget.time.charge(matrixMs(pixels.length / 4))
    budget.timed('colour', () => change(pixels))
  })
}

function inPlace(change: (pixels: Uint8Array) => void): Conversion {
  return {
    convert(picture) {
      change(picture.pixels)
      return picture
    },
    close() {},
  }
}
