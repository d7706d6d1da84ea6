import { execFileSync } from 'node:child_process'
import { thumbDistance } from '@sluice/testkit/thumb8'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { draw, verdictOf } from './draw.js'

/* What libjpeg-turbo's own tools write (Debian's libjpeg-turbo-progs), on the whole pipeline. */

const width = 150
const height = 110
const shades = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
  const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)]
  return at % 3 === 0 ? x : at % 3 === 1 ? 2 * y : ((x >> 4) + (y >> 4)) % 2 === 0 ? 30 : 200
})
const ppm = Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), shades])
const cjpeg = (...flags: readonly string[]) => new Uint8Array(execFileSync('cjpeg', flags, { input: ppm }))

test.each([
  ['-sample', '1x1'],
  ['-sample', '2x2', '-progressive'],
  ['-sample', '2x1', '-restart', '2B'],
  ['-grayscale'],
  ['-rgb', '-restart', '1'],
])('arithmetic coding is drawn as djpeg draws it: %s %s', async (...flags) => {
  const file = cjpeg('-quality', '90', '-arithmetic', ...flags)
  const pnm = execFileSync('djpeg', ['-pnm'], { input: file })
  const channels = pnm.toString('latin1', 0, 2) === 'P5' ? 1 : 3
  const raw = pnm.subarray(-width * height * channels)
  const png = await sharp(raw, { raw: { width, height, channels } }).png().toBuffer()
  const [drawn, wanted] = [await draw(file), await draw(new Uint8Array(png))]
  expect([drawn.size, drawn.notes]).toEqual([[width, height], []])
  expect(thumbDistance(drawn.thumb, wanted.thumb)).toBeLessThanOrEqual(2)
  expect(await verdictOf(file, { repair: 'none' })).toBe('accepted')
})

test('12-bit and lossless JPEG are refused by name, with what to do', async () => {
  const [file] = [cjpeg()]
  const frame = Buffer.from(file).indexOf(Uint8Array.of(0xff, 0xc0))
  const withFrame = (code: number, precision: number) =>
    Uint8Array.from(file, (byte, at) => (at === frame + 1 ? code : at === frame + 4 ? precision : byte))
  for (const [kind, changed] of [
    ['12-bit JPEG', withFrame(0xc1, 12)],
    ['lossless JPEG', withFrame(0xc3, 8)],
    ['lossless JPEG', withFrame(0xcb, 12)],
    ['hierarchical JPEG', withFrame(0xc5, 8)],
  ] as const)
    await expect(draw(changed)).rejects.toMatchObject({
      code: 'unsupported-kind',
      params: { kind },
      message: `This kind of image (${kind}) cannot be read here. Save it as an ordinary JPEG or PNG and try again.`,
    })
})
