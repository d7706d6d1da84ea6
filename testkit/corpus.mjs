// Real and hostile files of other projects, kept beside the repository, each with the verdict of two
// decoders.
import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { findCorpus } from './find-corpus.mjs'

/**
 * One entry of cases.json; the README beside it says what each field means.
 * @typedef {object} Case
 * @property {string} file relative to the corpus
 * @property {string} group
 * @property {string} features
 * @property {number} bytes
 * @property {string} sha256 of the file
 * @property {'accept' | 'reject' | 'skip'} [expect] absent in the group `filenames`
 * @property {string} [detected] Pillow's name of the format
 * @property {readonly [width: number, height: number]} [in_size] as stored
 * @property {readonly [width: number, height: number]} [size] upright, shrunk into 1600 x 1600
 * @property {number} [exif_orientation]
 * @property {number} [frames]
 * @property {string} [thumb8] 512 hexadecimal digits
 * @property {string} [srgb_thumb8] with the embedded profile converted
 * @property {string} [out_thumb8] of the reference's own WebP
 * @property {number} [icc_shift] how far the profile moves the colours
 * @property {readonly string[]} [markers]
 */

/**
 * @typedef {Case & Required<Pick<Case, 'detected' | 'in_size' | 'size' | 'frames' | 'thumb8'>>} AcceptedCase
 */

const root = findCorpus()
if (root === undefined) console.warn('NOT TESTED: what needs the corpus (SLUICE_CORPUS=none)')

/** False only with `SLUICE_CORPUS=none`. */
export const corpusIsHere = root !== undefined

/** @type {readonly Case[]} */
export const cases = root === undefined ? [] : JSON.parse(readFileSync(join(root, 'cases.json'), 'utf8'))

/** Both reference decoders accept it, and agree. @param {Case} entry @returns {entry is AcceptedCase} */
export function isAccepted(entry) {
  return entry.expect === 'accept'
}

/** @param {Pick<Case, 'file'>} entry @returns {string} an absolute path; names hold `#`, `?` and `%` */
export function pathOf({ file }) {
  if (root === undefined) throw new Error(`SLUICE_CORPUS=none, and ${file} was asked for`)
  return join(root, file)
}

/** @param {Pick<Case, 'file'>} entry */
export function bytesOf(entry) {
  return new Uint8Array(readFileSync(pathOf(entry)))
}

/** @type {Readonly<Record<string, string>>} */
const extensions = { JPEG: '.jpg', MPO: '.jpg', PNG: '.png', GIF: '.gif', WEBP: '.webp' }

/** The extension of the content, with its dot: some files carry another. @param {Case} entry */
export function extensionOf({ file, detected }) {
  return extensions[detected ?? ''] ?? extname(file)
}
