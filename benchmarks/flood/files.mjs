// What is sent: photographs and pictures of the corpus, and the files of test/hostile.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readHeader, sniffFormat } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { corpusIsHere, pathOf } from '@sluice/testkit/corpus'
import { prepareFiles } from '../../test/hostile/files.mjs'
import { encodeJpeg } from '../inputs/encode.mjs'
import { photo } from '../inputs/scene.mjs'

/**
 * @typedef {object} FloodFile
 * @property {string} name as the client calls it
 * @property {string} path
 * @property {string} type as a browser says
 * @property {'good' | 'hostile'} kind
 * @property {'jpeg' | 'png' | 'gif' | 'webp' | 'other'} format
 * @property {boolean} moves more frames than one
 * @property {number} weight of those of its kind
 */

/**
 * What phones and cameras make, most of all about 12 megapixels.
 * @type {readonly (readonly [string, number])[]}
 */
const photographs = [
  ['corpus/jpeg/h2non__bimg/testdata/northern_cardinal_bird.jpg', 10], // 2 megapixels
  ['corpus/orientation/recurser__exif-orientation-examples/Portrait_6.jpg', 10],
  ['corpus/orientation/recurser__exif-orientation-examples/Landscape_3.jpg', 5],
  ['corpus/jpeg/lovell__sharp/test/fixtures/2569067123_aca715a2ee_o.jpg', 10], // 6
  ['corpus/jpeg/lovell__sharp/test/fixtures/gain-map.jpg', 5], // 8
  ['corpus/jpeg/h2non__bimg/testdata/test_exif_full.jpg', 14], // 12
  ['corpus/jpeg/GNOME__gdk-pixbuf/tests/issue70.jpg', 10], // 13
  ['corpus/jpeg/h2non__bimg/testdata/vertical.jpg', 4], // 24
  ['made/48-megapixels.jpg', 1],
  ['fixtures/photos/phone-portrait.jpg', 1],
]

/** @type {readonly (readonly [string, number])[]} */
const others = [
  ['corpus/png/lovell__sharp/test/fixtures/alpha-premultiply-2048x1536-paper.png', 4],
  ['corpus/png/python-pillow__Pillow/Tests/images/old-style-jpeg-compression.png', 4],
  ['fixtures/png/photo.png', 2],
  ['corpus/webp/google__wuffs/test/data/harvesters.lossy.webp', 4],
  ['corpus/webp/image-rs__image-webp/tests/images/gallery1/3.webp', 2],
  ['fixtures/webp/lossy.webp', 1],
]

/** @type {readonly (readonly [string, number])[]} */
const animations = [
  ['fixtures/gif/animated.gif', 2],
  ['corpus/gif/lovell__sharp/test/fixtures/rotating-squares.gif', 1],
]

/** Of a hundred good ones. */
const jpegShare = 78

/**
 * @param {string} folder for those that are made
 * @param {{ large?: boolean }} [options] `large`: with that of 48 megapixels, which takes a while to make
 * @returns {Promise<readonly FloodFile[]>} without those of the corpus where there is none
 */
export async function floodFiles(folder, { large = true } = {}) {
  const good = [
    ...weighed(photographs, jpegShare, large, false),
    ...weighed(others, (100 - jpegShare) * 0.8, large, false),
    ...weighed(animations, (100 - jpegShare) * 0.2, large, true),
  ]
  if (good.some(({ path }) => path === largePath)) await makeLarge()
  const hostile = await prepareFiles(folder)
  const made = hostile.filter(each => each.made).length
  return [
    ...good,
    // Half of them made, which are the worse ones, whether or not the corpus is here.
    ...hostile.map(each => {
      const weight = each.made ? 1 / made : 1 / (hostile.length - made)
      const { name, path } = each
      return fileOf({ name, path, kind: /** @type {const} */ ('hostile'), moves: isClip(path), weight })
    }),
  ]
}

/** What cannot be read is never accepted. @param {string} path */
function isClip(path) {
  const bytes = readFileSync(path)
  const format = sniffFormat(bytes)
  try {
    return format !== undefined && readHeader(format, new ByteReader(bytes), wideOpen).frames > 1
  } catch {
    return false
  }
}

const wideOpen = { maxPixels: Number.MAX_SAFE_INTEGER }

const largePath = fileURLToPath(new URL('../.cache/flood-48-megapixels.jpg', import.meta.url))
const mostBytes = 8 * 2 ** 20

/** As a phone of 48 megapixels stores it at its thriftiest: no such photograph is in the corpus. */
async function makeLarge() {
  if (existsSync(largePath)) return
  await mkdir(join(largePath, '..'), { recursive: true })
  await writeFile(largePath, await encodeJpeg(photo(8000, 6000), { quality: 80, orientation: 6 }))
  const { size } = statSync(largePath)
  if (size > mostBytes)
    throw new Error(`the photograph of 48 megapixels has ${size} bytes, over ${mostBytes}`)
}

/**
 * @param {readonly (readonly [file: string, weight: number])[]} rows
 * @param {number} share @param {boolean} large @param {boolean} moves
 * @returns {readonly FloodFile[]}
 */
function weighed(rows, share, large, moves) {
  const there = rows
    .map(([file, weight]) => ({ path: whereIs(file), weight }))
    .filter(({ path }) => path !== undefined && (large || path !== largePath))
  const sum = there.reduce((total, { weight }) => total + weight, 0)
  return there.map(({ path = '', weight }) =>
    fileOf({ name: basename(path), path, kind: 'good', moves, weight: (weight * share) / sum }),
  )
}

/** @param {string} file */
function whereIs(file) {
  const [root = '', ...rest] = file.split('/')
  const name = rest.join('/')
  if (root === 'made') return largePath
  if (root === 'corpus') return corpusIsHere ? pathOf({ file: name }) : undefined
  return fileURLToPath(new URL(`../../fixtures/files/${name}`, import.meta.url))
}

/** @type {Readonly<Record<string, readonly [FloodFile['format'], string]>>} */
const formats = {
  '.jpg': ['jpeg', 'image/jpeg'],
  '.jpeg': ['jpeg', 'image/jpeg'],
  '.png': ['png', 'image/png'],
  '.gif': ['gif', 'image/gif'],
  '.webp': ['webp', 'image/webp'],
}

/**
 * @param {Omit<FloodFile, 'type' | 'format' | 'moves'> & { moves?: boolean }} file
 * @returns {FloodFile}
 */
function fileOf({ name, path, kind, moves = false, weight }) {
  const [format, type] = formats[extname(name).toLowerCase()] ?? ['other', 'application/octet-stream']
  return { name, path, type, kind, format, moves, weight }
}
