import { ascii, be16, be32 } from '../testing/images/bytes.js'

/** Primaries adapted to D50, as profiles hold them. */
const primaries = {
  srgb: [
    [0.4361, 0.2225, 0.0139],
    [0.3851, 0.7169, 0.0971],
    [0.1431, 0.0606, 0.7141],
  ],
  p3: [
    [0.5151, 0.2412, -0.0011],
    [0.292, 0.6922, 0.0419],
    [0.1571, 0.0666, 0.7841],
  ],
} as const

const fixed = (value: number) => be32(Math.round(value * 65_536) >>> 0)
const xyz = (values: readonly number[]) => [...ascii('XYZ '), ...be32(0), ...values.flatMap(fixed)]

/** The curve of sRGB as a parametric one, or a plain gamma. */
const curve = (gamma: number | undefined) =>
  gamma === undefined
    ? [
        ...ascii('para'),
        ...be32(0),
        ...be16(3),
        ...be16(0),
        ...[2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].flatMap(fixed),
      ]
    : [...ascii('curv'), ...be32(0), ...be32(1), ...be16(Math.round(gamma * 256)), ...be16(0)]

/** A display profile of a matrix and one curve (ICC.1:2022). */
export function matrixProfile(of: keyof typeof primaries, gamma?: number): Uint8Array {
  const [r, g, b] = primaries[of]
  const tags: readonly (readonly [string, readonly number[]])[] = [
    ['wtpt', xyz([0.9642, 1, 0.8249])],
    ['rXYZ', xyz(r)],
    ['gXYZ', xyz(g)],
    ['bXYZ', xyz(b)],
    ['rTRC', curve(gamma)],
    ['gTRC', curve(gamma)],
    ['bTRC', curve(gamma)],
  ]
  let offset = 132 + 12 * tags.length
  const table: number[] = []
  for (const [name, data] of tags) {
    table.push(...ascii(name), ...be32(offset), ...be32(data.length))
    offset += data.length
  }
  const header = new Uint8Array(128)
  header.set(be32(offset))
  header.set([4, 0x40], 8)
  header.set(ascii('mntrRGB XYZ '), 12)
  header.set(ascii('acsp'), 36)
  header.set([0.9642, 1, 0.8249].flatMap(fixed), 68)
  return Uint8Array.from([...header, ...be32(tags.length), ...table, ...tags.flatMap(([, data]) => data)])
}

export const sRgb = matrixProfile('srgb')
export const displayP3 = matrixProfile('p3')
