// One file by each contender, and its first frame as pixels.
import { createRequire } from 'node:module'
import { defaultRenderer } from '@sluice/codecs'
import { definePolicy, sanitize, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { firstLine } from '../lib/first-line.mjs'
import { job } from '../lib/job.mjs'

/** @import { Looked, Picture } from '../types.js' */

const sharp = createRequire(new URL('../rivals/package.json', import.meta.url))('sharp')

/** As delivered, but for the patience of a busy machine. */
const policy = definePolicy({ timeMs: 120_000 })
const renderer = await defaultRenderer()

/**
 * @param {Uint8Array} bytes @param {string} name
 * @returns {Promise<{ bytes: Uint8Array, refused?: undefined } | { refused: string }>}
 */
export async function ours(bytes, name) {
  const store = memoryStore()
  try {
    const { key } = await sanitize({ body: bytes, name }, { policy, renderer, store })
    const made = await store.get(key)
    if (!made) throw new Error('nothing was stored')
    return { bytes: made }
  } catch (error) {
    if (error instanceof UploadError) return { refused: error.code }
    throw error
  }
}

/**
 * The same job: animated GIFs stay GIFs, everything else becomes WebP.
 * @param {Uint8Array} bytes
 * @returns {Promise<{ bytes: Uint8Array, refused?: undefined } | { refused: string }>}
 */
export async function sharps(bytes) {
  try {
    const { format, pages = 1 } = await sharp(bytes).metadata()
    const picture = sharp(bytes, { animated: pages > 1 })
      .autoOrient()
      .resize({ width: job.maxWidth, height: job.maxHeight, fit: 'inside', withoutEnlargement: true })
    const encoded =
      format === 'gif' && pages > 1
        ? picture.gif()
        : picture.webp({ quality: job.quality, effort: job.effort })
    return { bytes: new Uint8Array(await encoded.toBuffer()) }
  } catch (error) {
    return { refused: firstLine(error) }
  }
}

/**
 * What libvips finds in a finished file: kind, frames, how long and how often they play, and the first one.
 * @param {Uint8Array} bytes @returns {Promise<Looked & Picture>}
 */
export async function look(bytes) {
  const { format, pages = 1, delay = [], loop } = await sharp(bytes).metadata()
  const { data, info } = await sharp(bytes, { pages: 1 })
    .ensureAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return {
    format,
    frames: pages,
    seconds: delay.reduce((/** @type {number} */ sum, /** @type {number} */ ms) => sum + ms, 0) / 1000,
    loop,
    width: info.width,
    height: info.height,
    rgba: new Uint8Array(data.buffer, data.byteOffset, data.length),
  }
}
