import { admit, definePolicy, probe, sniff } from '@sluice/core'
import { expect, test } from 'vitest'
import { decodeJpeg } from '../../formats/jpeg/mozjpeg.js'
import { decodePng } from '../../formats/png/rust-png.js'
import { decodeWebp } from '../../formats/webp/libwebp/decoder.js'
import { blocks } from '../blocks.js'
import { makeGif } from './gif.js'
import { makeJpeg } from './jpeg.js'
import { makePng } from './png.js'
import { makeWebp } from './webp.js'

const limits = { memoryBytes: 2 ** 28, fuel: 1e8 }
const picture = blocks()

test.each([
  ['jpeg', makeJpeg(picture), decodeJpeg, 3],
  ['png', makePng(picture), decodePng, 0],
  ['webp', makeWebp(picture), decodeWebp, 0],
] as const)('%s holds its pixels', async (_format, bytes, decode, tolerance) => {
  const { pixels, width, height, warnings } = await decode(bytes, limits)
  expect({ width, height, warnings }).toEqual({ width: 16, height: 24, warnings: [] })
  expect(
    Math.max(...pixels.map((value, at) => Math.abs(value - (picture.pixels[at] ?? 0)))),
  ).toBeLessThanOrEqual(tolerance)
})

test.each([
  ['jpeg', makeJpeg(picture, 6), 6, 1],
  ['png', makePng(picture, 6), 6, 1],
  ['webp', makeWebp(picture, 6), 6, 1],
  ['gif', makeGif([picture]), 1, 1],
  ['gif', makeGif([picture, picture, picture]), 1, 3],
] as const)('%s is read by the probe', async (format, body, orientation, frames) => {
  const policy = definePolicy()
  const { header } = probe(sniff(await admit({ body }, policy), policy), policy)
  expect(header).toMatchObject({ format, width: 16, height: 24, orientation, frames })
})
