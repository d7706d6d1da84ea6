/*
 * Takes files in all ways with the packages of one checkout, whose root is its argument: gets each from its
 * parent process, and answers what became of it.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { waysOf } from './ways.mjs'

/**
 * @typedef {import('./inputs.mjs').Input} Input
 * @typedef {readonly [name: string, format: string, ...size: number[], hash: string]} Output
 * @typedef {{ outputs: readonly Output[], placeholder?: unknown, notes: readonly string[] }} Accepted
 * @typedef {{ code: string, stage: string }} Refused
 * @typedef {{ header: object | Refused, outcomes: Readonly<Record<string, Accepted | Refused>> }} Result
 */

// For what reads the clock it stands still: whether a file is refused must not depend on how busy the machine
// is. The work is metered beside it.
Object.defineProperty(performance, 'now', { value: () => 0 })

const [, , tree = ''] = process.argv
const { resolve } = createRequire(join(tree, 'packages/cli/package.json'))
/** By the exports of the packages, for the places of files in them change. @param {string} name */
const load = name => import(pathToFileURL(resolve(name)).href)

const core = await load('@sluice/core')
const { ByteReader } = await load('@sluice/core/bytes')
const { memoryStore } = await load('@sluice/stores')
const ways = waysOf({
  core,
  // `jsquashRenderer` was in the first of them once.
  codecs: { ...(await load('@sluice/codecs/jsquash')), ...(await load('@sluice/codecs')) },
  avif: await load('@sluice/codecs/avif'),
  heic: await load('@sluice/codecs/heic'),
})
const everything = core.definePolicy({ maxPixels: 2 ** 30, maxTotalPixels: 2 ** 32 })

/** @param {Input} input @returns {Promise<Result>} */
async function take(input) {
  const bytes = new Uint8Array(readFileSync(input.path))
  const sample = Number.parseInt(input.sha256.slice(0, 8), 16)
  /** @type {Record<string, Accepted | Refused>} */
  const outcomes = {}
  for (const [name, way] of Object.entries(ways))
    if (sample % way.every === 0) outcomes[name] = await orRefused(() => sanitize(bytes, way, input))
  return { header: await orRefused(() => readHeader(bytes)), outcomes }
}

/** @param {Uint8Array} bytes @param {import('./ways.mjs').Way} way @param {Input} input */
async function sanitize(bytes, { policy, renderer, nameOf }, input) {
  const upload = { body: bytes, name: nameOf(input) }
  const stored = await core.sanitize(upload, { policy, renderer, store: memoryStore() })
  const files = /** @type {[string, any][]} */ (Object.entries({ main: stored, ...stored.variants })).sort()
  const outputs = files.map(
    ([name, { format, width, height, frames, sha256 }]) =>
      /** @type {Output} */ ([name, format, width, height, frames, sha256]),
  )
  return { outputs, placeholder: stored.placeholder, notes: stored.notes }
}

/** @param {Uint8Array} bytes */
function readHeader(bytes) {
  const format = core.sniffFormat(bytes)
  return format ? core.readHeader(format, new ByteReader(bytes), everything) : { format: 'none' }
}

/** @template Value @param {() => Value | Promise<Value>} work @returns {Promise<Value | Refused>} */
async function orRefused(work) {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof core.UploadError)) throw thrown
    const { code, stage } = /** @type {Refused} */ (thrown)
    return { code, stage }
  }
}

process.on('message', async input => {
  process.send?.(await take(/** @type {Input} */ (input)))
})
process.send?.('ready')
