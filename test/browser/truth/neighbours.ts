import { execFileSync } from 'node:child_process'
import { codedPicture, gridAvif, stillAvif } from '@sluice/testkit/images/avif'
import sharp, { type Sharp } from 'sharp'

const [width, height] = [192, 128]
const colours = ['#d02020', '#20a040', '#2040d0', '#e0c020', '#902090', '#f0f0f0']
const tile = 64

/** Slopes and a board: every shift, turn and exchange of channels shows. */
const shades = Uint8Array.from({ length: 3 * width * height }, (_, at) => {
  const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)]
  return at % 3 === 0 ? x : at % 3 === 1 ? 2 * y : ((x >> 5) + (y >> 5)) % 2 === 0 ? 40 : 210
})
const picture = () => sharp(shades, { raw: { width, height, channels: 3 } })
const ppm = Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), shades])
const cjpeg = (...flags: readonly string[]) => new Uint8Array(execFileSync('cjpeg', flags, { input: ppm }))

/** Files of the kinds that reports name without one, by what they are. */
export async function neighbours(): Promise<Readonly<Record<string, Uint8Array>>> {
  const avif = async (from: Sharp, chromaSubsampling: string) =>
    codedPicture(new Uint8Array(await from.avif({ quality: 90, effort: 0, chromaSubsampling }).toBuffer()))
  const tiles = await Promise.all(
    colours.map(background =>
      avif(sharp({ create: { width: tile, height: tile, channels: 3, background } }), '4:4:4'),
    ),
  )
  const shape = { rows: 2, columns: 3, width: 3 * tile, height: 2 * tile }
  const cmyk = async (chromaSubsampling: string) =>
    new Uint8Array(await picture().toColourspace('cmyk').jpeg({ quality: 95, chromaSubsampling }).toBuffer())
  return {
    'AVIF 4:2:0 without pixi': stillAvif(await avif(picture(), '4:2:0'), { pixi: false }),
    'AVIF 4:4:4 without pixi': stillAvif(await avif(picture(), '4:4:4'), { pixi: false }),
    'AVIF grid backwards': gridAvif(tiles, shape, { order: [5, 4, 3, 2, 1, 0] }),
    'AVIF grid mixed, behind its tiles': gridAvif(tiles, shape, {
      order: [2, 0, 5, 1, 4, 3],
      gridLast: true,
    }),
    'AVIF grid without pixi': gridAvif(tiles, shape, { order: [1, 0, 2, 4, 3, 5], pixi: false }),
    'arithmetic 4:2:0': cjpeg('-arithmetic'),
    'arithmetic 4:4:4, restarts': cjpeg('-arithmetic', '-sample', '1x1', '-restart', '3B'),
    'arithmetic progressive': cjpeg('-arithmetic', '-progressive'),
    'arithmetic progressive, restarts': cjpeg('-arithmetic', '-progressive', '-restart', '1'),
    'arithmetic grey': cjpeg('-arithmetic', '-grayscale'),
    'CMYK 4:4:4': await cmyk('4:4:4'),
    'CMYK 4:2:0': await cmyk('4:2:0'),
  }
}
