import { type Format, type Header, readHeader, UploadError } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { bytesOf, cases, corpusIsHere, isAccepted } from '@sluice/testkit/corpus'
import { expect, test } from 'vitest'
import { ImageBudget, limitsOf } from '../budget.js'
import { colourPrice } from '../prices.js'
import { embeddedProfile } from './embedded-profile.js'
import { readSimpleProfile } from './icc-profile.js'
import { inflateProfile } from './inflate-profile.js'
import { createTransform } from './lcms.js'
import {
  type CurveTag,
  gammaCurve,
  greyProfile,
  parametricCurve,
  rgbProfile,
  sampledCurve,
  srgbCurve,
} from './profiles.fixture.js'
import { simpleConversion } from './simple-conversion.js'

/** Every third value of each channel, and the ends. */
const steps = [...Array(85).keys()].map(n => 3 * n).concat(254, 255)
const colours = Uint8Array.from(
  steps.flatMap(r => steps.flatMap(g => steps.flatMap(b => [r, g, b, (r + g + b) & 255]))),
)
const greys = Uint8Array.from({ length: 1024 }, (_, at) => (at & 3 ? at & 255 : at >> 2)).map((_, at, all) =>
  (at & 3) === 3 ? 255 : (all[at & ~3] ?? 0),
)

/**
 * The largest difference in any channel of any colour, or why there is none.
 * @param theirs a profile that Little CMS converts better than this one
 */
async function differenceOf(profile: Uint8Array, theirs = profile): Promise<number | string> {
  const simple = readSimpleProfile(profile)
  if (!simple) return 'not simple'
  const budget = new ImageBudget({ timeMs: 60_000, headroom: 3, memoryMb: 128 })
  const limits = limitsOf(budget, colourPrice({ totalPixels: 1e6 }))
  // The black of inks has to be compensated for; a matrix says what it means by black.
  const transform = await createTransform(theirs, limits, 0)
  const wanted = (simple.space === 'grey' ? greys : colours).slice()
  const converted = wanted.slice()
  transform.apply(wanted)
  transform.close()
  simpleConversion(simple)(converted)
  return converted.reduce((most, value, at) => Math.max(most, Math.abs(value - (wanted[at] ?? 0))), 0)
}

const curves: Readonly<Record<string, CurveTag>> = {
  'the curve of sRGB': srgbCurve,
  'gamma 1': gammaCurve(1),
  'gamma 1.8': gammaCurve(1.8),
  'gamma 2.2': gammaCurve(2.19921875),
  'no samples': sampledCurve(),
  'two samples': sampledCurve(0, 1),
  'a curve of samples': sampledCurve(...Array.from({ length: 257 }, (_, at) => (at / 256) ** 2.1)),
  'samples that begin and end elsewhere': sampledCurve(0.1, 0.15, 0.5, 0.8),
  'function 0': parametricCurve(0, 2.4),
  'function 1': parametricCurve(1, 2.2, 1.1, -0.1),
  'function 2': parametricCurve(2, 2.2, 0.9, 0.05, 0.01),
  'function 4': parametricCurve(4, 2.4, 0.94, 0.05, 0.077, 0.04, 0.001, 0.0001),
}

test.each(Object.entries(curves))('%s, by a matrix and for grey, is that of Little CMS', async (_, curve) => {
  for (const primaries of ['srgb', 'adobe', 'p3'] as const)
    expect(await differenceOf(rgbProfile(primaries, [curve, curve, curve]))).toBeLessThanOrEqual(1)
  // Little CMS samples a grey profile at 33 points. That of three channels says the same of greys.
  const three = rgbProfile('srgb', [curve, curve, curve])
  expect(await differenceOf(greyProfile(curve), three)).toBeLessThanOrEqual(1)
})

test('each channel has a curve of its own', async () => {
  const profile = rgbProfile('p3', [gammaCurve(1), gammaCurve(1.8), srgbCurve])
  expect(await differenceOf(profile)).toBeLessThanOrEqual(1)
})

test('profiles of tables, of unknown curves and cut off ones are left to Little CMS', () => {
  const three = [srgbCurve, srgbCurve, srgbCurve] as const
  expect(readSimpleProfile(rgbProfile('p3', three))).toBeDefined()
  expect(readSimpleProfile(rgbProfile('p3', three, [['A2B0', [1, 2, 3, 4]]]))).toBeUndefined()
  const unknown = parametricCurve(5, 1)
  expect(readSimpleProfile(rgbProfile('p3', [unknown, srgbCurve, srgbCurve]))).toBeUndefined()
  const whole = rgbProfile('p3', three)
  for (let end = 0; end < whole.length; end++)
    expect(readSimpleProfile(whole.subarray(0, end)), `${end} bytes`).toBeUndefined()
})

test.runIf(corpusIsHere)('the profiles that people send are converted as Little CMS does', async () => {
  const seen = new Map<string, string>()
  const differences: [string, number | string][] = []
  for (const each of cases.filter(isAccepted)) {
    const bytes = bytesOf(each)
    const format = formatOf(bytes)
    if (!format) continue
    const header = headerOf(format, bytes)
    const budget = new ImageBudget({ timeMs: 60_000, headroom: 3, memoryMb: 128 })
    const embedded =
      header &&
      (await embeddedProfile({ bytes, format, header }, inflateProfile, budget).catch(() => undefined))
    if (!embedded || !('icc' in embedded)) continue
    const key = Buffer.from(embedded.icc).toString('latin1')
    if (seen.has(key)) continue
    seen.set(key, each.file)
    if (readSimpleProfile(embedded.icc)?.space === 'rgb')
      differences.push([each.file, await differenceOf(embedded.icc)])
  }
  expect(seen.size).toBeGreaterThan(30)
  expect(differences.length).toBeGreaterThan(20)
  expect(differences.filter(([, difference]) => !(Number(difference) <= 1))).toEqual([])
})

function formatOf(bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\xff\xd8')) return 'jpeg'
  if (head.startsWith('\x89PNG')) return 'png'
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'webp' : undefined
}

function headerOf(format: Format, bytes: Uint8Array): Header | undefined {
  try {
    return readHeader(format, new ByteReader(bytes), { maxPixels: 1e9 })
  } catch (thrown) {
    if (thrown instanceof UploadError) return undefined
    throw thrown
  }
}
