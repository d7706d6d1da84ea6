import { deflateSync } from 'node:zlib'
import { pngChunk } from '@sluice/testkit/images/png'
import { thumbDistance } from '@sluice/testkit/thumb8'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import {
  gammaCurve,
  greyProfile,
  rgbProfile,
  srgbCurve,
} from '../../packages/codecs/src/colour/profiles.fixture.js'
import { draw } from './draw.js'

/* Profiles for another colour model than the picture's, in each format that holds profiles. */

const [width, height] = [96, 64]
const shades = Uint8Array.from({ length: 3 * width * height }, (_, at) => {
  const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)]
  return [2 * x, 3 * y, 160][at % 3] ?? 0
})
const coloured = () => sharp(shades, { raw: { width, height, channels: 3 } })
const join = (...parts: (Uint8Array | readonly number[] | string)[]) =>
  new Uint8Array(
    Buffer.concat(
      parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
    ),
  )

const carriers = {
  async jpeg(picture: Sharp, profile: Uint8Array) {
    const file = await picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()
    const length = profile.length + 16
    const head = [0xff, 0xe2, length >> 8, length & 255]
    return join(file.subarray(0, 2), head, 'ICC_PROFILE\0', [1, 1], profile, file.subarray(2))
  },
  async png(picture: Sharp, profile: Uint8Array) {
    const file = await picture.png().toBuffer()
    const chunk = pngChunk('iCCP', join('a\0\0', deflateSync(profile)))
    return join(file.subarray(0, 33), chunk, file.subarray(33))
  },
  async webp(picture: Sharp, profile: Uint8Array) {
    const file = await picture.webp({ lossless: true }).toBuffer()
    const u32 = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24]
    const chunk = (type: string, body: Uint8Array) =>
      join(type, u32(body.length), body, new Uint8Array(body.length % 2))
    const vp8x = chunk('VP8X', Uint8Array.from([0x20, 0, 0, 0, width - 1, 0, 0, height - 1, 0, 0]))
    const body = join('WEBP', vp8x, chunk('ICCP', profile), file.subarray(12))
    return join('RIFF', u32(body.length), body)
  },
}

/** Far from what the eye expects: where it is applied, shades become much lighter. */
const linearGrey = greyProfile(gammaCurve(1))
const note = 'profile-of-another-model'

test.each(Object.entries(carriers))(
  '%s: a grey profile is for grey pictures, and ignored with a note for others',
  async (_, carry) => {
    const plain = await draw(await carry(coloured(), rgbProfile('srgb', [srgbCurve, srgbCurve, srgbCurve])))
    const drawn = await draw(await carry(coloured(), linearGrey))
    expect(drawn.notes).toContain(note)
    expect(plain.notes).not.toContain(note)
    expect(thumbDistance(drawn.thumb, plain.thumb)).toBeLessThanOrEqual(2)
  },
)

/* A WebP is never grey. */
test.each(['jpeg', 'png'] as const)('%s: a grey picture is converted by it', async format => {
  const grey = () => coloured().toColourspace('b-w')
  const [light, usual] = [
    await draw(await carriers[format](grey(), linearGrey)),
    await draw(await carriers[format](grey(), greyProfile(gammaCurve(2.2)))),
  ]
  expect(light.notes).not.toContain(note)
  expect(thumbDistance(light.thumb, usual.thumb)).toBeGreaterThan(40)
})
