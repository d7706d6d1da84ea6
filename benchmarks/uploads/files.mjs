// What both handlers are sent: hostile files and awkward ones, with what a person would want to come of each.
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { corpusIsHere, pathOf } from '@sluice/testkit/corpus'
import { makeHostile } from '../../fixtures/make/hostile/all.mjs'

/**
 * `wanted`: 'refused', or what must be drawn: its size, and its frames where there are several.
 * @typedef {object} Sent
 * @property {'hostile' | 'awkward'} kind
 * @property {string} file
 * @property {string} what
 * @property {string} name as the client calls it
 * @property {string} type as the browser says
 * @property {'refused' | { width: number, height: number, frames?: number }} wanted
 * @property {Uint8Array} bytes
 */

/** @typedef {readonly [file: string, what: string, wanted: Sent['wanted'], change?: (bytes: Uint8Array) => Uint8Array]} Row */

const sharp = 'lovell__sharp/test/fixtures'
const wide = 'jpeg/codelogic__wide-gamut-tests'
const cmyk = 'Channel_digital_image_CMYK_color_no_profile.jpg'

/** @type {readonly Row[]} */
const hostile = [
  ['made/scans-1000-25mp.jpg', 'progressive JPEG, 25 megapixels in 1,000 scans', 'refused'],
  ['uploads/slow-drawing.png', 'SVG that is called PNG, with many filters', 'refused'],
  ['made/pixels-64mp-16-bit.png', 'PNG of 64 megapixels at 16 bits', { width: 1600, height: 1600 }],
  ['made/pixels-400mp.jpg', 'JPEG whose header says 400 megapixels', 'refused'],
  ['made/text-512-mib.png', 'PNG with a text that inflates to 512 MiB', { width: 1, height: 1 }],
  ['made/chunks-600000.png', 'PNG of 600,000 empty chunks', 'refused'],
  ['fixtures/bad/page.gif', 'web page that is called GIF', 'refused'],
  ['fixtures/odd/polyglot.jpg', 'JPEG with a web page behind its end', { width: 160, height: 120 }],
  ['fixtures/bad/photo.jpg.php', 'photo that is called a script', 'refused'],
  ['fixtures/bad/cut.jpg', 'first half of a JPEG', 'refused'],
]

/** @type {readonly Row[]} */
const awkward = [
  ['fixtures/photos/phone-portrait.jpg', 'photo of a phone, stored lying', { width: 1080, height: 1440 }],
  ['fixtures/gif/animated.gif', 'animated GIF', { width: 120, height: 90, frames: 4 }],
  [`corpus/webp/${sharp}/animated-loop-3.webp`, 'animated WebP', { width: 370, height: 285, frames: 10 }],
  [
    'fixtures/photos/valley.jpg#trailer',
    'photo with a trailer in place of its end marker, which browsers draw whole',
    { width: 1600, height: 1200 },
    withTrailer,
  ],
  ['fixtures/photos/valley.jpg#.jfif', 'photo as Chrome on Windows saves it', { width: 1600, height: 1200 }],
  ['fixtures/png/rgb-16-bit.png', 'PNG at 16 bits', { width: 120, height: 80 }],
  [`corpus/${wide}/P3-sRGB-color-ring.jpg`, 'photo in Display P3', { width: 1000, height: 1000 }],
  [`corpus/jpeg/${sharp}/${cmyk}`, 'CMYK JPEG without a profile', { width: 500, height: 333 }],
  [
    `corpus/jpeg/${sharp}/gain-map.jpg`,
    'Ultra HDR photo, a second picture behind it',
    { width: 1600, height: 900 },
  ],
  ['fixtures/bad/jpeg-inside.png', 'JPEG that somebody saved as .png', { width: 64, height: 64 }],
]

/** @type {Readonly<Record<string, string>>} */
const types = {
  '.jpg': 'image/jpeg',
  '.jfif': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.php': 'application/octet-stream',
}

/**
 * All of them, those of the corpus where it is.
 * @returns {Promise<readonly Sent[]>}
 */
export async function filesToSend() {
  const made = new Map()
  for await (const { name, bytes } of makeHostile()) made.set(name, bytes)
  made.set('slow-drawing.png', slowDrawing())
  /** @type {Sent[]} */
  const sent = []
  for (const [kind, rows] of /** @type {const} */ ([
    ['hostile', hostile],
    ['awkward', awkward],
  ]))
    for (const [file, what, wanted, change] of rows) {
      const bytes = await read(file, made)
      if (bytes === undefined) continue
      const given = new Uint8Array(bytes)
      const name = nameOf(file)
      const type = types[extname(name)] ?? ''
      sent.push({ kind, file, what, wanted, name, type, bytes: change ? change(given) : given })
    }
  return sent
}

/** @param {string} file @param {ReadonlyMap<string, Uint8Array>} made */
async function read(file, made) {
  const [path = ''] = file.split('#')
  const [root = '', ...rest] = path.split('/')
  const name = rest.join('/')
  if (root === 'fixtures') return readFile(new URL(`../../fixtures/files/${name}`, import.meta.url))
  if (root === 'corpus') return corpusIsHere ? readFile(pathOf({ file: name })) : undefined
  const bytes = made.get(name)
  if (!bytes) throw new Error(`nobody makes ${file}`)
  return bytes
}

/** @param {string} file what follows `#` is its extension, where it is one */
function nameOf(file) {
  const [path = '', change = ''] = file.split('#')
  return change.startsWith('.') ? basename(path, extname(path)) + change : basename(path)
}

/** As phones of one maker end their photos. @param {Uint8Array} bytes */
function withTrailer(bytes) {
  return new Uint8Array([
    ...bytes.subarray(0, -2),
    ...new Uint8Array(64),
    ...new TextEncoder().encode('SEFT'),
  ])
}

/** Some hundred bytes of an SVG whose filters take a while. */
function slowDrawing() {
  const blur = '<feGaussianBlur stdDeviation="200"/>'.repeat(60)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="4000"><filter id="f" x="0" y="0" width="1" height="1">${blur}</filter><rect width="4000" height="4000" fill="red" filter="url(#f)"/></svg>`
  return new TextEncoder().encode(svg)
}
