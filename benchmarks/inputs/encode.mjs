import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import encodeJpegPixels, { init as initJpeg } from '@jsquash/jpeg/encode.js'
import encodePngPixels, { init as initPng } from '@jsquash/png/encode.js'
import gifenc from 'gifenc'

/** @import { Gifenc, Scene } from '../types.js' */

const require = createRequire(import.meta.url)
/** @param {string} path */
const compile = async path => WebAssembly.compile(await readFile(require.resolve(path)))

/** @type {Promise<unknown> | undefined} */
let ready
const init = () =>
  (ready ??= Promise.all([
    compile('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm').then(initJpeg),
    compile('@jsquash/png/codec/pkg/squoosh_png_bg.wasm').then(initPng),
  ]))

/**
 * As a camera writes it: 4:2:0, no trellis, one pass; orientation as EXIF.
 * @param {Scene} image
 * @param {{ quality: number, progressive?: boolean, orientation?: number }} options
 */
export async function encodeJpeg(image, { quality, progressive = false, orientation = 1 }) {
  await init()
  const options = {
    quality,
    progressive,
    baseline: !progressive,
    optimize_coding: progressive,
    auto_subsample: false,
    chroma_subsample: 2,
    trellis_multipass: false,
  }
  const bytes = new Uint8Array(await encodeJpegPixels(image, options))
  return orientation === 1 ? bytes : concat(bytes.subarray(0, 2), exifSegment(orientation), bytes.subarray(2))
}

/** @param {Scene} image */
export async function encodePng(image) {
  await init()
  return new Uint8Array(await encodePngPixels(image))
}

/** Frames on one palette, 10 frames a second, for ever. @param {readonly Scene[]} frames */
export function encodeGif(frames) {
  const { GIFEncoder, quantize, applyPalette } = /** @type {Gifenc} */ (/** @type {unknown} */ (gifenc))
  const gif = GIFEncoder()
  const palette = quantize(frames[0].data, 256)
  for (const { data, width, height } of frames)
    gif.writeFrame(applyPalette(data, palette), width, height, { palette, delay: 100, repeat: 0 })
  gif.finish()
  return gif.bytes()
}

/** APP1 with one TIFF entry, the orientation (EXIF 2.32, 4.6.4 A). @param {number} orientation */
function exifSegment(orientation) {
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ]
  const body = [...Buffer.from('Exif\0\0', 'latin1'), ...tiff]
  return Uint8Array.from([0xff, 0xe1, 0, body.length + 2, ...body])
}

/** @param {Uint8Array[]} parts */
function concat(...parts) {
  return new Uint8Array(Buffer.concat(parts))
}
