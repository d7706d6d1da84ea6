// Photographs to measure on: the repository's own, those of the corpus over one megapixel, or a folder of the caller's.
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { cases, corpusIsHere, isAccepted, pathOf } from '@sluice/testkit/corpus'
import * as pictures from '@sluice/testkit/pictures'
import { photo } from '../inputs/scene.mjs'

/** @import { MadePicture, NamedPicture, Picture } from '../types.js' */

const sharp = createRequire(new URL('../rivals/package.json', import.meta.url))('sharp')
const EXTENSION = /\.(jpe?g|png|webp)$/i

/**
 * A file as upright sRGB pixels, shrunk to fit `fit` x `fit`.
 * @param {string} path @param {number} fit @returns {Promise<NamedPicture & MadePicture>}
 */
export async function load(path, fit = 1600) {
  const { data, info } = await sharp(path, { failOn: 'none' })
    .rotate()
    .resize(fit, fit, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .removeAlpha()
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return {
    name: basename(path),
    width: info.width,
    height: info.height,
    rgba: new Uint8Array(data.buffer, data.byteOffset, data.length),
  }
}

/** @returns {NamedPicture[]} */
export function procedural(width = 1024, height = 768) {
  return Object.entries(pictures.photographs).map(([name, make]) => ({
    name: `made-${name}`,
    ...make(width, height),
  }))
}

/**
 * JPEGs of the corpus that both decoders accept, of a megapixel and more; one of each scene (by its
 * thumbnail).
 */
export function corpusPaths() {
  /** @type {string[]} */
  const seen = []
  /** @param {string} a @param {string} b */
  const far = (a, b) => {
    const [x, y] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')]
    return x.length !== y.length || x.reduce((sum, v, i) => sum + Math.abs(v - y[i]), 0) / x.length > 6
  }
  return cases
    .filter(isAccepted)
    .filter(c => /\.jpe?g$/i.test(c.file) && c.in_size[0] * c.in_size[1] >= 1e6)
    .filter(c => !/wide-gamut-tests|alpha-layer/.test(c.file)) // colour charts, a line drawing
    .filter(c => {
      if (!seen.every(thumb => far(thumb, c.thumb8))) return false
      seen.push(c.thumb8)
      return true
    })
    .map(pathOf)
}

/**
 * Photographs of the corpus below a megapixel, and of other formats: chosen by eye, no scene of those above.
 */
const SMALLER = [
  'hostile/image-rs__jpeg-decoder/tests/crashtest/images/multiple-0xff-before-eoi.jpg',
  'hostile/python-pillow__Pillow/Tests/images/exif_gps_typeerror.jpg',
  'hostile/python-pillow__Pillow/Tests/images/sugarshack_bad_mpo_header.jpg',
  'jpeg/GNOME__gdk-pixbuf/tests/bug143608-comment.jpg',
  'jpeg/GNOME__gdk-pixbuf/tests/test-images/reftests/cat.jpg',
  'jpeg/h2non__bimg/testdata/test_issue.jpg',
  'jpeg/h2non__bimg/testdata/test_square.jpg',
  'jpeg/image-rs__jpeg-decoder/tests/reftest/images/progressive3.jpg',
  'jpeg/image-rs__jpeg-decoder/tests/reftest/images/rgb.jpg',
  'jpeg/link-u__avif-sample-images/fox.jpg',
  'jpeg/link-u__avif-sample-images/kimono.jpg',
  'jpeg/python-pillow__Pillow/Tests/images/exif-72dpi-int.jpg',
  'jpeg/python-pillow__Pillow/Tests/images/flower.jpg',
  'jpeg/python-pillow__Pillow/Tests/images/iptc_roundUp.jpg',
  'webp/image-rs__image-webp/tests/images/gallery1/2.webp',
  'webp/image-rs__image-webp/tests/images/gallery1/3.webp',
  'webp/image-rs__image-webp/tests/images/gallery1/4.webp',
  'webp/image-rs__image-webp/tests/images/gallery1/5.webp',
]

const LEAVES = [
  [1600, 1200],
  [1200, 1600],
  [1224, 918],
]

/** Scenes of dead leaves, as the other benchmarks use. */
function leaves() {
  return LEAVES.map(([width, height], i) => {
    const { data } = photo(width, height, i + 1)
    return { name: `leaves-${i + 1}`, width, height, rgba: new Uint8Array(data.buffer, 0, data.length) }
  })
}

/**
 * All photographs: the corpus's (unless SLUICE_CORPUS=none), large and small, and the repository's own. `tuned` says
 * that the constants of the encoder were tuned on it. Those of src/quality.ts are fitted to all, and segmentRise, chromaLambda*,
 * chromaBusy*, y2AcDelta and the filter's range of activity and flatness were set on the worst of all.
 * @returns {AsyncGenerator<NamedPicture>}
 */
export async function* photographs() {
  /** @param {NamedPicture} picture @param {number} i @returns {NamedPicture} */
  const tuned = (picture, i) => ({ ...picture, tuned: i % 2 === 0 })
  /** @param {NamedPicture} picture @returns {NamedPicture} */
  const apart = picture => ({ ...picture, tuned: false })
  const paths = corpusPaths()
  for (const [i, path] of paths.entries()) yield tuned(await load(path), i)
  yield* procedural().map((picture, i) => tuned(picture, paths.length + i))
  yield* leaves().map(apart)
  if (!corpusIsHere) return
  for (const file of SMALLER) yield apart(await load(pathOf({ file })))
}

/** @param {string} folder @returns {AsyncGenerator<NamedPicture>} */
export async function* folderPictures(folder) {
  for (const name of readdirSync(folder)) if (EXTENSION.test(name)) yield load(join(folder, name))
}

/**
 * The middle `side` x `side` of a picture (or what there is).
 * @template {Picture} Whole
 * @param {Whole} picture
 * @param {number} side
 * @returns {Omit<Whole, keyof Picture> & MadePicture}
 */
export function crop({ width, height, rgba, ...rest }, side) {
  const [w, h] = [Math.min(side, width), Math.min(side, height)]
  const [left, top] = [(width - w) >> 1, (height - h) >> 1]
  const out = new Uint8Array(w * h * 4)
  for (let y = 0; y < h; y++)
    out.set(rgba.subarray(((top + y) * width + left) * 4, ((top + y) * width + left + w) * 4), y * w * 4)
  return { ...rest, width: w, height: h, rgba: out }
}
