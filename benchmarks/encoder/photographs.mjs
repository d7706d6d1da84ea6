// Photographs to measure on: the repository's own, those of the corpus over one megapixel, or a folder of the caller's.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import * as pictures from '../pictures.mjs'

const sharp = createRequire(new URL('../peers/package.json', import.meta.url))('sharp')
const CORPUS = new URL('../../../shared/corpus/', import.meta.url)
const EXTENSION = /\.(jpe?g|png|webp)$/i

/** A file as upright sRGB pixels, shrunk to fit `fit` x `fit`. */
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

export function procedural(width = 1024, height = 768) {
  return Object.entries(pictures.photographs).map(([name, make]) => ({
    name: `made-${name}`,
    ...make(width, height),
  }))
}

/** JPEGs of the corpus that both decoders accept, of a megapixel and more; one of each scene (by its thumbnail). */
export function corpusPaths() {
  const list = new URL('cases.json', CORPUS)
  if (!existsSync(list)) return []
  const seen = []
  const far = (a, b) => {
    const [x, y] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')]
    return x.length !== y.length || x.reduce((sum, v, i) => sum + Math.abs(v - y[i]), 0) / x.length > 6
  }
  return JSON.parse(readFileSync(list, 'utf8'))
    .filter(c => c.expect === 'accept' && /\.jpe?g$/i.test(c.file) && c.in_size?.[0] * c.in_size?.[1] >= 1e6)
    .filter(c => !/wide-gamut-tests|alpha-layer/.test(c.file)) // colour charts, a line drawing
    .filter(c => {
      if (!seen.every(thumb => far(thumb, c.thumb8))) return false
      seen.push(c.thumb8)
      return true
    })
    .map(c => new URL(c.file.split('/').map(encodeURIComponent).join('/'), CORPUS).pathname)
    .map(decodeURIComponent)
}

export function folderPaths(folder) {
  return readdirSync(folder)
    .filter(name => EXTENSION.test(name))
    .map(name => join(folder, name))
}

/** The middle `side` x `side` of a picture (or what there is). */
export function crop({ name, width, height, rgba }, side) {
  const [w, h] = [Math.min(side, width), Math.min(side, height)]
  const [left, top] = [(width - w) >> 1, (height - h) >> 1]
  const out = new Uint8Array(w * h * 4)
  for (let y = 0; y < h; y++)
    out.set(rgba.subarray(((top + y) * width + left) * 4, ((top + y) * width + left + w) * 4), y * w * 4)
  return { name, width: w, height: h, rgba: out }
}
