// Files of the kinds that public reports name: those of which no report has a file, and others of a kind in
// another sampling, order or trailer. Needs cjpeg (Debian's libjpeg-turbo-progs).
import { execFileSync } from 'node:child_process'
import { codedPicture, gridAvif, stillAvif } from './avif.mjs'
import { renameComponents, withoutSegments } from './jpeg.mjs'
import { pngChunk } from './png.mjs'

/**
 * As much of a chain of sharp's as is used here; the package belongs to whoever calls.
 * @typedef {object} Chain
 * @property {(options?: object) => Chain} jpeg
 * @property {(options?: object) => Chain} png
 * @property {(options?: object) => Chain} gif
 * @property {(options?: object) => Chain} webp
 * @property {(options?: object) => Chain} avif
 * @property {(space: 'cmyk') => Chain} toColourspace
 * @property {() => Promise<Uint8Array>} toBuffer
 */
/** @typedef {object} Input */
/** @typedef {{ (input: Uint8Array, options: Input): Chain, (options: Input): Chain }} Sharp */

const [width, height] = [192, 128]
const colours = ['#d02020', '#20a040', '#2040d0', '#e0c020', '#902090', '#f0f0f0']
const tile = 64

/** Slopes and a board: every shift, turn and exchange of channels shows. */
const shades = Uint8Array.from({ length: 3 * width * height }, (_, at) => {
  const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)]
  return at % 3 === 0 ? x : at % 3 === 1 ? 2 * y : ((x >> 5) + (y >> 5)) % 2 === 0 ? 40 : 210
})
const ppm = Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), shades])
/** @param {...string} flags */
const cjpeg = (...flags) => new Uint8Array(execFileSync('cjpeg', flags, { input: ppm }))

/**
 * By what they are.
 * @param {Sharp} sharp
 * @returns {Promise<Record<string, Uint8Array>>}
 */
export async function neighbours(sharp) {
  const picture = () => sharp(shades, { raw: { width, height, channels: 3 } })
  return {
    ...(await avifs(sharp, picture)),
    ...jpegs(),
    ...(await inks(picture)),
    ...(await others(picture)),
  }
}

/** @param {Sharp} sharp @param {() => Chain} picture */
async function avifs(sharp, picture) {
  /** @param {Chain} from @param {string} chromaSubsampling */
  const avif = async (from, chromaSubsampling) =>
    codedPicture(new Uint8Array(await from.avif({ quality: 90, effort: 0, chromaSubsampling }).toBuffer()))
  const tiles = await Promise.all(
    colours.map(background =>
      avif(sharp({ create: { width: tile, height: tile, channels: 3, background } }), '4:4:4'),
    ),
  )
  const shape = { rows: 2, columns: 3, width: 3 * tile, height: 2 * tile }
  return {
    'AVIF 4:2:0 without pixi': stillAvif(await avif(picture(), '4:2:0'), { pixi: false }),
    'AVIF 4:4:4 without pixi': stillAvif(await avif(picture(), '4:4:4'), { pixi: false }),
    'AVIF grid backwards': gridAvif(tiles, shape, { order: [5, 4, 3, 2, 1, 0] }),
    'AVIF grid mixed, behind its tiles': gridAvif(tiles, shape, {
      order: [2, 0, 5, 1, 4, 3],
      gridLast: true,
    }),
    'AVIF grid without pixi': gridAvif(tiles, shape, { order: [1, 0, 2, 4, 3, 5], pixi: false }),
  }
}

function jpegs() {
  const plain = cjpeg('-quality', '90')
  const fine = cjpeg('-quality', '90', '-sample', '1x1', '-progressive')
  return {
    'arithmetic 4:2:0': cjpeg('-arithmetic'),
    'arithmetic 4:4:4, restarts': cjpeg('-arithmetic', '-sample', '1x1', '-restart', '3B'),
    'arithmetic progressive': cjpeg('-arithmetic', '-progressive'),
    'arithmetic progressive, restarts': cjpeg('-arithmetic', '-progressive', '-restart', '1'),
    'arithmetic grey': cjpeg('-arithmetic', '-grayscale'),
    'JPEG 4:2:0, zeros in place of EOI': join(plain.subarray(0, -2), new Uint8Array(4096)),
    'JPEG 4:2:0, another picture in place of EOI': join(plain.subarray(0, -2), fine),
    'JPEG 4:4:4 progressive, zeros in place of EOI': join(fine.subarray(0, -2), new Uint8Array(4096)),
    'JPEG 4:2:0 without Huffman tables': withoutSegments(plain, 0xc4),
    'JPEG 4:2:0, components of one name': renameComponents(plain, [9, 9, 9]),
  }
}

/** @param {() => Chain} picture */
async function inks(picture) {
  /** @param {string} chromaSubsampling */
  const cmyk = async chromaSubsampling =>
    new Uint8Array(await picture().toColourspace('cmyk').jpeg({ quality: 95, chromaSubsampling }).toBuffer())
  const whole = await cmyk('4:4:4')
  return {
    'CMYK 4:4:4': whole,
    'CMYK 4:2:0': await cmyk('4:2:0'),
    'CMYK without the marker of Adobe': withoutSegments(whole, 0xee),
  }
}

/** @param {() => Chain} picture */
async function others(picture) {
  const png = new Uint8Array(await picture().png({ progressive: true }).toBuffer())
  const gif = new Uint8Array(await picture().gif().toBuffer())
  const webp = new Uint8Array(await picture().webp({ lossless: true }).toBuffer())
  const damaged = pngChunk('cICP', [12, 13, 0, 1]).map((byte, at, all) =>
    at === all.length - 1 ? byte ^ 1 : byte,
  )
  const size = [width - 1, 0, 0, height - 1, 0, 0]
  const frame = riffChunk('ANMF', join([0, 0, 0, 0, 0, 0, ...size, 100, 0, 0, 0], webp.subarray(12)))
  return {
    'PNG interlaced, zeros in place of IEND': join(png.subarray(0, -12), new Uint8Array(5000)),
    'PNG interlaced, cICP with a wrong checksum': join(png.subarray(0, 33), damaged, png.subarray(33)),
    'GIF of no screen': gif.map((byte, at) => (at >= 6 && at < 10 ? 0 : byte)),
    'GIF without a trailer': gif.subarray(0, -1),
    'GIF, text in place of its trailer': join(gif.subarray(0, -1), Buffer.from('no trailer')),
    'WebP lossless, animated, of one frame': riff(
      riffChunk('VP8X', Uint8Array.from([2, 0, 0, 0, ...size])),
      riffChunk('ANIM', new Uint8Array(6)),
      frame,
    ),
  }
}

/** @param {...Uint8Array} chunks */
function riff(...chunks) {
  const body = join(Buffer.from('WEBP'), ...chunks)
  return join(Buffer.from('RIFF'), u32(body.length), body)
}

/** @param {string} type @param {Uint8Array} body */
function riffChunk(type, body) {
  return join(Buffer.from(type, 'latin1'), u32(body.length), body, new Uint8Array(body.length % 2))
}

/** @param {number} value */
function u32(value) {
  return Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24)
}

/** @param {...(Uint8Array | readonly number[])} parts */
function join(...parts) {
  return new Uint8Array(Buffer.concat(parts.map(part => Uint8Array.from(part))))
}
