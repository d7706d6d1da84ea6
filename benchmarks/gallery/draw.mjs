// One file by each contender, and its first frame as pixels.
import { createRequire } from 'node:module'
import { defaultRenderer } from '@sluice/codecs'
import { definePolicy, sanitize, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { job } from '../lib/job.mjs'

const sharp = createRequire(new URL('../peers/package.json', import.meta.url))('sharp')

/** As delivered, but for the patience of a busy machine. */
const policy = definePolicy({ timeMs: 120_000 })
const renderer = await defaultRenderer()

/** @returns {Promise<{ bytes: Uint8Array } | { refused: string }>} */
export async function ours(bytes, name) {
  const store = memoryStore()
  try {
    const { key } = await sanitize({ body: bytes, name }, { policy, renderer, store })
    return { bytes: await store.get(key) }
  } catch (error) {
    if (error instanceof UploadError) return { refused: error.code }
    throw error
  }
}

/** The same job: animated GIFs stay GIFs, everything else becomes WebP. */
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
    return { refused: error.message.split('\n')[0] }
  }
}

/** What libvips finds in a finished file: kind, frames, how long and how often they play, and the first one. */
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
    seconds: delay.reduce((sum, ms) => sum + ms, 0) / 1000,
    loop,
    width: info.width,
    height: info.height,
    rgba: new Uint8Array(data.buffer, data.byteOffset, data.length),
  }
}
