import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeGif, encodeJpeg, encodePng } from './encode.mjs'
import { hostileInputs } from './hostile.mjs'
import { photo, screenshot, sticker } from './scene.mjs'

/** @import { Input, InputFacts } from '../types.js' */

/**
 * @typedef {InputFacts & { ext: string, heavy?: boolean, make(): Uint8Array | Promise<Uint8Array> }} Recipe
 */

const cache = fileURLToPath(new URL('../.cache', import.meta.url))
/** Raise it when a generator changes: made files are kept from run to run. */
const edition = 2

/**
 * @param {number} width @param {number} height
 * @param {{ quality?: number, progressive?: boolean, orientation?: number }} [options]
 */
const jpeg = (width, height, options) => () => encodeJpeg(photo(width, height), { quality: 90, ...options })
/** @param {number} count @param {number} width @param {number} height */
const frames = (count, width, height) =>
  Array.from({ length: count }, (_, index) => photo(width, height, 10 + index))

/**
 * What each input is for is in its roles; `heavy` ones are left out of a quick run.
 * @type {readonly Recipe[]}
 */
const recipes = [
  {
    id: 'photo-12',
    title: '12-megapixel photo, JPEG',
    kind: 'photo',
    width: 4000,
    height: 3000,
    ext: 'jpg',
    roles: ['latency', 'quality', 'memory', 'throughput', 'scaling'],
    make: jpeg(4000, 3000, { orientation: 6 }),
  },
  {
    id: 'photo-12-progressive',
    title: 'the same, progressive',
    kind: 'photo',
    width: 4000,
    height: 3000,
    ext: 'jpg',
    roles: ['latency'],
    heavy: true,
    make: jpeg(4000, 3000, { progressive: true }),
  },
  {
    id: 'photo-48',
    title: '48-megapixel photo, JPEG',
    kind: 'photo',
    width: 8000,
    height: 6000,
    ext: 'jpg',
    roles: ['latency', 'memory'],
    heavy: true,
    make: jpeg(8000, 6000, { quality: 92 }),
  },
  {
    id: 'photo-2',
    title: '2-megapixel photo, JPEG',
    kind: 'photo',
    width: 1632,
    height: 1224,
    ext: 'jpg',
    roles: ['latency', 'quality', 'scaling', 'cold'],
    make: jpeg(1632, 1224),
  },
  {
    id: 'screenshot',
    title: 'screenshot of 2560x1440, PNG',
    kind: 'screenshot',
    width: 2560,
    height: 1440,
    ext: 'png',
    roles: ['latency', 'quality', 'memory'],
    make: () => encodePng(screenshot(2560, 1440)),
  },
  {
    id: 'photo-png',
    title: '5-megapixel photo, PNG',
    kind: 'photo',
    width: 2592,
    height: 1944,
    ext: 'png',
    roles: ['latency'],
    heavy: true,
    make: () => encodePng(photo(2592, 1944)),
  },
  {
    id: 'sticker',
    title: 'graphic with alpha of 1200x1200, PNG',
    kind: 'alpha',
    width: 1200,
    height: 1200,
    ext: 'png',
    roles: ['latency', 'quality'],
    heavy: true,
    make: () => encodePng(sticker(1200, 1200)),
  },
  {
    id: 'animation',
    title: 'animated GIF, 24 frames of 480x270',
    kind: 'animation',
    width: 480,
    height: 270,
    ext: 'gif',
    roles: ['latency'],
    make: () => encodeGif(frames(24, 480, 270)),
  },
  ...[1, 4, 16, 64].map(count => ({
    id: `frames-${count}`,
    title: `GIF of 320x180, ${count} frame${count === 1 ? '' : 's'}`,
    kind: 'animation',
    width: 320,
    height: 180,
    frames: count,
    ext: 'gif',
    roles: ['frames'],
    heavy: true,
    make: () => encodeGif(frames(count, 320, 180)),
  })),
  {
    id: 'scale-0.1',
    title: '0.1 megapixels',
    kind: 'photo',
    width: 365,
    height: 274,
    ext: 'jpg',
    roles: ['scaling'],
    make: jpeg(365, 274),
  },
  {
    id: 'scale-0.5',
    title: '0.5 megapixels',
    kind: 'photo',
    width: 816,
    height: 612,
    ext: 'jpg',
    roles: ['scaling'],
    make: jpeg(816, 612),
  },
  {
    id: 'scale-24',
    title: '24 megapixels',
    kind: 'photo',
    width: 5656,
    height: 4242,
    ext: 'jpg',
    roles: ['scaling'],
    heavy: true,
    make: jpeg(5656, 4242),
  },
  {
    id: 'scale-64',
    title: '64 megapixels',
    kind: 'photo',
    width: 9236,
    height: 6927,
    ext: 'jpg',
    roles: ['scaling'],
    heavy: true,
    make: jpeg(9236, 6927, { quality: 75 }),
  },
]

const extensions = new Map([
  ['.jpg', 'photo'],
  ['.jpeg', 'photo'],
  ['.png', 'screenshot'],
  ['.webp', 'photo'],
  ['.gif', 'animation'],
])

/**
 * Makes what is missing and tells where everything lies. With `dir`, that folder's pictures instead of ours.
 * @param {{ quick: boolean, dir?: string | undefined, log(text: string): void }} settings
 * @returns {Promise<Input[]>}
 */
export async function makeInputs({ quick, dir, log }) {
  await mkdir(cache, { recursive: true })
  /** @type {Input[]} */
  const inputs = []
  for (const { make, heavy, ...recipe } of recipes) {
    if (quick && heavy) continue
    const path = join(cache, `${recipe.id}-${edition}.${recipe.ext}`)
    const made = await stat(path).catch(() => undefined)
    if (!made) {
      log(`making ${recipe.title}`)
      await writeFile(path, await make())
    }
    inputs.push({ ...recipe, path, bytes: (await stat(path)).size })
  }
  const half = inputs.find(input => input.id === 'scale-0.5')
  if (!half) throw new Error('no picture to make bad ones of')
  const small = await readFile(half.path)
  for (const { bytes, ...facts } of hostileInputs(new Uint8Array(small))) {
    const path = join(cache, `${facts.id}-${edition}.bin`)
    await writeFile(path, bytes)
    inputs.push({ ...facts, kind: 'hostile', path, bytes: bytes.length, roles: ['refusal'] })
  }
  return dir
    ? [
        ...(await ownPictures(dir)),
        ...inputs.map(input => ({
          ...input,
          roles: input.roles.filter(role => role !== 'latency' && role !== 'quality'),
        })),
      ]
    : inputs
}

/** @param {string} dir @returns {Promise<Input[]>} */
async function ownPictures(dir) {
  const names = (await readdir(dir)).filter(name => extensions.has(extname(name).toLowerCase())).sort()
  if (names.length === 0) throw new Error(`--dir ${dir}: no pictures there`)
  return Promise.all(
    names.map(async name => ({
      id: name,
      title: name,
      kind: extensions.get(extname(name).toLowerCase()) ?? 'photo',
      path: join(dir, name),
      bytes: (await stat(join(dir, name))).size,
      roles: ['latency', 'quality'],
    })),
  )
}
