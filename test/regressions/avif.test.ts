import { alphaAvif, codedPicture, gridAvif, stillAvif } from '@sluice/testkit/images/avif'
import { thumbDistance } from '@sluice/testkit/thumb8'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { draw, verdictOf } from './draw.js'

/* What encoders write and libavif 1.0 refuses or misplaces: no `pixi`, no size of alpha, tiles out of order. */

const tile = 64
const colours = ['#d02020', '#20a040', '#2040d0', '#e0c020', '#902090', '#f0f0f0']
const allowed = { extensions: ['avif', 'png'] }

const flat = (colour: string, width = tile, height = tile) =>
  sharp({ create: { width, height, channels: 3, background: colour } })
const encode = async (picture: Sharp, chromaSubsampling = '4:4:4') =>
  new Uint8Array(await picture.avif({ quality: 90, effort: 0, chromaSubsampling }).toBuffer())
const tiles = (wanted: readonly string[]) =>
  Promise.all(wanted.map(async colour => codedPicture(await encode(flat(colour)))))

/** What a grid of these colours, row by row, has to look like. */
async function gridOf(shown: readonly string[], columns: number): Promise<Uint8Array> {
  const [width, height] = [columns * tile, (shown.length / columns) * tile]
  const layers = await Promise.all(
    shown.map(async (colour, at) => ({
      input: await flat(colour).png().toBuffer(),
      left: (at % columns) * tile,
      top: Math.floor(at / columns) * tile,
    })),
  )
  return new Uint8Array(await flat('#000', width, height).composite(layers).png().toBuffer())
}

async function expectSame(file: Uint8Array, wanted: Uint8Array, notes: readonly string[]): Promise<void> {
  const drawn = await draw(file, allowed)
  const whole = await draw(wanted, allowed)
  expect(drawn.size).toEqual(whole.size)
  expect(drawn.notes).toEqual(notes)
  expect(thumbDistance(drawn.thumb, whole.thumb)).toBeLessThanOrEqual(10)
}

describe.each([
  ['as they are', [0, 1, 2, 3, 4, 5]],
  ['backwards', [5, 4, 3, 2, 1, 0]],
  ['mixed', [2, 0, 5, 1, 4, 3]],
  ['some twice', [1, 1, 0, 2, 0, 5]],
])('an AVIF of tiles, %s', (_, order) => {
  test.each([
    { gridLast: false, pixi: true },
    { gridLast: true, pixi: true },
    { gridLast: true, pixi: false },
  ])('the grid behind its tiles $gridLast, pixi $pixi', async options => {
    const shape = { rows: 2, columns: 3, width: 3 * tile, height: 2 * tile }
    const file = gridAvif(await tiles(colours), shape, { ...options, order })
    const shown = order.map(index => colours[index] ?? '')
    await expectSame(file, await gridOf(shown, 3), options.pixi ? [] : ['properties-missing'])
  })
})

test.each(['4:2:0', '4:4:4'])('an AVIF %s without pixi', async chromaSubsampling => {
  const picture = sharp(await gridOf(colours, 3)).removeAlpha()
  const coded = codedPicture(await encode(picture, chromaSubsampling))
  const wanted = await gridOf(colours, 3)
  await expectSame(stillAvif(coded), wanted, [])
  await expectSame(stillAvif(coded, { pixi: false }), wanted, ['properties-missing'])
  const strict = { ...allowed, repair: 'none' } as const
  expect(await verdictOf(stillAvif(coded, { pixi: false }), strict)).toBe('needs-repair')
  expect(await verdictOf(stillAvif(coded), strict)).toBe('accepted')
})

test('an AVIF whose alpha does not say its size', async () => {
  const [picture, alpha] = await tiles(['#c02020', '#808080'])
  if (!picture || !alpha) throw new Error('two tiles')
  const drawn = await draw(alphaAvif(picture, alpha), allowed)
  expect([drawn.size, drawn.notes]).toEqual([[tile, tile], ['properties-missing']])
  expect(Math.abs((drawn.thumb[3] ?? 0) - 128)).toBeLessThanOrEqual(3)
  expect(drawn.thumb[0]).toBeGreaterThan(180)
})

test('a grid whose tiles lie outside the file, or are grids, is refused', async () => {
  const shape = { rows: 1, columns: 2, width: 2 * tile, height: tile }
  const coded = await tiles(colours.slice(0, 2))
  expect(await verdictOf(gridAvif(coded, shape, { order: [0, 7] }), allowed)).toBe('corrupt')
  expect(await verdictOf(gridAvif(coded, shape, { order: [0, -1] }), allowed)).toBe('corrupt')
  expect(await verdictOf(gridAvif(coded, shape, { order: [0] }), allowed)).toBe('decode-failed')
})
