// The corpus without its files: where each is to be had, its hash, its verdict. `test/corpus/README.md` has
// the form.
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * One file of a suite: what `cases.json` says of it, less what follows from the suite.
 * @typedef {object} Row
 * @property {string} path in the repository of the suite
 * @property {string} group
 * @property {number} bytes
 * @property {string} sha256
 * @property {2 | 3} [thumbs] how many of its thumbs are packed: those in sRGB come third
 */

/**
 * @typedef {object} Suite
 * @property {string} repository `owner/name` on GitHub
 * @property {string} commit in which every path below is the file that is meant
 * @property {string} licence of the repository; single files may say otherwise
 * @property {readonly Row[]} files
 */

/**
 * @typedef {object} Manifest
 * @property {readonly Suite[]} suites
 * @property {string} thumbs base64 of raw DEFLATE (RFC 1951)
 */

/**
 * A line of `cases.json`: a row, its place in the corpus, and thumbs as hexadecimal digits.
 * @typedef {Row & Record<string, unknown> & { file: string, source: string, licence: string }} Case
 */

const thumbNames = /** @type {const} */ (['thumb8', 'out_thumb8', 'srgb_thumb8'])
/** 8 x 8 pixels, RGBA. */
const thumbBytes = 256

/** @param {Suite} suite @param {Row} row @returns {string} relative to the corpus */
export function fileOf({ repository }, { group, path }) {
  return `${group}/${repository.replace('/', '__')}/${path}`
}

/** @param {Manifest} manifest @returns {Case[]} the content of `cases.json`, in its order */
export function unpackCases({ suites, thumbs }) {
  const cases = suites
    .flatMap(suite => suite.files.map(row => unpackRow(suite, row)))
    .sort((one, other) => (one.file < other.file ? -1 : 1))
  const packed = new Uint8Array(inflateRawSync(Buffer.from(thumbs, 'base64')))
  forEachThumb(cases, (entry, name, at) => {
    const thumb = packed.subarray(at, at + thumbBytes)
    const first = Buffer.from(String(entry.thumb8 ?? ''), 'hex')
    entry[name] = Buffer.from(thumb.map((byte, index) => byte + (first[index] ?? 0))).toString('hex')
  })
  return cases.map(({ thumbs, path, ...entry }) => /** @type {Case} */ (entry))
}

/** @param {Suite} suite @param {Row} row @returns {Case} */
function unpackRow(suite, row) {
  const { repository, licence } = suite
  return { ...row, file: fileOf(suite, row), source: `${repository}:${row.path}`, licence }
}

/**
 * The thumbs of all cases: first those before encoding, then what the others differ from them, which is
 * little.
 * @param {readonly Case[]} cases
 * @param {(entry: Case, name: string, at: number) => void} work
 */
function forEachThumb(cases, work) {
  let at = 0
  for (const [index, name] of thumbNames.entries())
    for (const entry of cases)
      if ((entry.thumbs ?? 0) > index) {
        work(entry, name, at)
        at += thumbBytes
      }
}

/**
 * The other way: for whoever changes the corpus. `error`, the words of a decoder, is left out.
 * @param {readonly Case[]} cases
 * @param {Readonly<Record<string, string>>} commits by repository
 * @returns {Manifest}
 */
export function packCases(cases, commits) {
  /** @type {Map<string, Suite & { files: Row[] }>} */
  const suites = new Map()
  /** @type {Uint8Array[][]} */
  const packed = thumbNames.map(() => [])
  for (const { file, source, licence, error, ...entry } of cases) {
    const [repository = '', path = ''] = source.split(/:(.*)/)
    const commit = commits[repository]
    if (commit === undefined) throw new Error(`no commit of ${repository}`)
    const suite = suites.get(repository) ?? { repository, commit, licence, files: [] }
    suites.set(repository, suite)
    const kept = Object.entries(entry).filter(([name]) => !thumbNames.some(thumb => thumb === name))
    const thumbs = thumbNames.filter(name => name in entry).length
    suite.files.push(
      /** @type {Row} */ ({ path, ...Object.fromEntries(kept), ...(thumbs > 0 && { thumbs }) }),
    )
    const first = Buffer.from(String(entry.thumb8 ?? ''), 'hex')
    for (const [index, name] of thumbNames.entries()) {
      if (!(name in entry)) continue
      const thumb = Buffer.from(String(entry[name]), 'hex')
      packed[index]?.push(index === 0 ? thumb : thumb.map((byte, at) => byte - (first[at] ?? 0)))
    }
  }
  const thumbs = deflateRawSync(Buffer.concat(packed.flat()), { level: 9 }).toString('base64')
  return { suites: [...suites.values()], thumbs }
}

/** A line for each file, so that a change of one is a change of one line. @param {Manifest} manifest */
export function printManifest({ suites, thumbs }) {
  const blocks = suites.map(({ files, ...suite }) => {
    const head = JSON.stringify(suite).slice(0, -1)
    return `${head},"files":[\n${files.map(row => JSON.stringify(row)).join(',\n')}\n]}`
  })
  return `{"suites":[\n${blocks.join(',\n')}\n],\n"thumbs":"${thumbs}"}\n`
}
