import { ascii, be16, be32 } from '../testing/images/bytes.js'

/** Primaries adapted to D50, as profiles hold them. */
const primaries = {
  srgb: [
    [0.4361, 0.2225, 0.0139],
    [0.3851, 0.7169, 0.0971],
    [0.1431, 0.0606, 0.7141],
  ],
  adobe: [
    [0.6097, 0.3111, 0.0195],
    [0.2053, 0.6257, 0.0609],
    [0.1492, 0.0632, 0.7446],
  ],
  p3: [
    [0.5151, 0.2412, -0.0011],
    [0.292, 0.6922, 0.0419],
    [0.1571, 0.0666, 0.7841],
  ],
} as const

const fixed = (value: number) => be32(Math.round(value * 65_536) >>> 0)
const xyz = (values: readonly number[]) => [...ascii('XYZ '), ...be32(0), ...values.flatMap(fixed)]

/** The bytes of a curve's tag. */
export type CurveTag = readonly number[]

/** The function of ICC.1:2022, table 68, of this kind. */
export const parametricCurve = (kind: number, ...values: readonly number[]): CurveTag => [
  ...ascii('para'),
  ...be32(0),
  ...be16(kind),
  ...be16(0),
  ...values.flatMap(fixed),
]
export const gammaCurve = (gamma: number): CurveTag => [
  ...ascii('curv'),
  ...be32(0),
  ...be32(1),
  ...be16(Math.round(gamma * 256)),
  ...be16(0),
]
/** @param samples 0 to 1 */
export const sampledCurve = (...samples: readonly number[]): CurveTag => [
  ...ascii('curv'),
  ...be32(0),
  ...be32(samples.length),
  ...samples.flatMap(value => be16(Math.round(65_535 * value))),
  ...(samples.length % 2 ? be16(0) : []),
]
export const srgbCurve = parametricCurve(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)

type Tags = readonly (readonly [name: string, data: readonly number[]])[]

function profileOf(space: 'RGB ' | 'GRAY', own: Tags): Uint8Array {
  const tags: Tags = [['wtpt', xyz([0.9642, 1, 0.8249])], ...own]
  let offset = 132 + 12 * tags.length
  const table: number[] = []
  for (const [name, data] of tags) {
    table.push(...ascii(name), ...be32(offset), ...be32(data.length))
    offset += data.length
  }
  const header = new Uint8Array(128)
  header.set(be32(offset))
  header.set([4, 0x40], 8)
  header.set(ascii(`mntr${space}XYZ `), 12)
  header.set(ascii('acsp'), 36)
  header.set([0.9642, 1, 0.8249].flatMap(fixed), 68)
  return Uint8Array.from([...header, ...be32(tags.length), ...table, ...tags.flatMap(([, data]) => data)])
}

/** A display profile of a matrix and a curve for each channel (ICC.1:2022). */
export function rgbProfile(
  of: keyof typeof primaries,
  [red, green, blue]: readonly [CurveTag, CurveTag, CurveTag],
  more: Tags = [],
): Uint8Array {
  const [r, g, b] = primaries[of]
  const matrix: Tags = [
    ['rXYZ', xyz(r)],
    ['gXYZ', xyz(g)],
    ['bXYZ', xyz(b)],
  ]
  return profileOf('RGB ', [...matrix, ['rTRC', red], ['gTRC', green], ['bTRC', blue], ...more])
}

/** Of a matrix and one curve, that of sRGB or a plain gamma. */
export function matrixProfile(of: keyof typeof primaries, gamma?: number): Uint8Array {
  const curve = gamma === undefined ? srgbCurve : gammaCurve(gamma)
  return rgbProfile(of, [curve, curve, curve])
}

export const greyProfile = (curve: CurveTag): Uint8Array => profileOf('GRAY', [['kTRC', curve]])

export const sRgb = matrixProfile('srgb')
export const displayP3 = matrixProfile('p3')
