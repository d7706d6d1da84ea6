// Brings the files of a manifest into a folder: each is checked by its hash, and one that is there already
// is left alone.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileOf, unpackCases } from './manifest.mjs'

/**
 * @typedef {import('./manifest.mjs').Manifest} Manifest
 * @typedef {import('./manifest.mjs').Suite} Suite
 * @typedef {import('./manifest.mjs').Row} Row
 */

/**
 * @typedef {object} Options
 * @property {string} folder where the corpus will be
 * @property {string} base address before `<repository>/<commit>/<path>`, without a slash at its end
 * @property {number} [connections] at a time; default: 6
 * @property {number} [attempts] at each file; default: 4
 * @property {number} [timeoutMs] for one attempt, in milliseconds; default: 60,000
 * @property {number} [waitMs] before the second attempt, twice as long before each further one; default:
 * 1,000
 * @property {number} [patience] after so many files in a row that no attempt brought, the server is given up;
 * default: 12
 * @property {() => void} [onFile] called after each file, whatever became of it
 */

/**
 * What became of it: `left` is how many were not asked for, because the server had been given up. `cases.json` is
 * written when nothing is missing, so that nobody takes part of a corpus for all of it.
 * @typedef {{ file: string, why: string }} Failure
 * @typedef {{ brought: number, present: number, failed: readonly Failure[], left: number }} Outcome
 */

/** @param {Manifest} manifest @param {Options} options @returns {Promise<Outcome>} */
export async function bringCorpus(manifest, options) {
  const { folder, connections = 6, patience = 12, onFile } = options
  const jobs = manifest.suites.flatMap(suite => suite.files.map(row => ({ suite, row })))
  const queue = jobs.values()
  let [brought, present, inVain] = [0, 0, 0]
  /** @type {Failure[]} */
  const failed = []

  async function work() {
    for (const { suite, row } of queue) {
      const file = fileOf(suite, row)
      try {
        const target = inside(folder, file)
        if (await isThere(target, row)) present++
        else {
          await write(target, await download(addressOf(suite, row, options.base), row, options))
          brought++
        }
        inVain = 0
      } catch (thrown) {
        failed.push({ file, why: describe(thrown) })
        inVain = thrown instanceof Final ? 0 : inVain + 1
      }
      onFile?.()
      if (inVain >= patience) return
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  if (brought + present === jobs.length) {
    const cases = unpackCases(manifest)
    await write(inside(folder, 'cases.json'), Buffer.from(`${JSON.stringify(cases, null, 1)}\n`))
  }
  return { brought, present, failed, left: jobs.length - brought - present - failed.length }
}

/** fetch says why in the cause alone. @param {unknown} thrown */
function describe(thrown) {
  if (!(thrown instanceof Error)) return String(thrown)
  const { message, cause } = thrown
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}

/** @param {Suite} suite @param {Row} row @param {string} base */
function addressOf({ repository, commit }, { path }, base) {
  return `${base}/${repository}/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`
}

/**
 * No path traversal: a manifest of somebody else must not write beside the corpus. @param {string} folder
 * @param {string} file
 */
function inside(folder, file) {
  const target = resolve(folder, file)
  const path = relative(folder, target)
  if (path === '' || path.startsWith('..') || resolve(folder, path) !== target)
    throw new Error('its path leads out of the corpus')
  return target
}

/** @param {string} target @param {Row} row */
async function isThere(target, row) {
  try {
    return isRight(await readFile(target), row)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return false
    throw thrown
  }
}

/** @param {Uint8Array} bytes @param {Row} row */
function isRight(bytes, row) {
  return bytes.length === row.bytes && createHash('sha256').update(bytes).digest('hex') === row.sha256
}

/**
 * Retries what may pass, by exponential backoff with jitter, so that six connections do not come back at the
 * same moment.
 * @param {string} address @param {Row} row @param {Options} options
 */
async function download(address, row, { attempts = 4, timeoutMs = 60_000, waitMs = 1000 }) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await downloadOnce(address, row, timeoutMs)
    } catch (thrown) {
      if (thrown instanceof Final || attempt >= attempts) throw thrown
      await sleep(waitMs * 2 ** (attempt - 1) * (0.5 + Math.random()))
    }
  }
}

/** Nothing that another attempt would mend. */
class Final extends Error {}

/** @param {string} address @param {Row} row @param {number} timeoutMs */
async function downloadOnce(address, row, timeoutMs) {
  const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) })
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    const words = `status ${response.status}`
    throw response.status === 429 || response.status >= 500 ? new Error(words) : new Final(words)
  }
  const bytes = Buffer.alloc(row.bytes)
  let length = 0
  for await (const chunk of response.body) {
    // Leaving the loop ends the download: a server that never stops fills neither memory nor disk.
    if (length + chunk.length > row.bytes) throw new Final(`more than its ${row.bytes} bytes`)
    bytes.set(chunk, length)
    length += chunk.length
  }
  if (length < row.bytes) throw new Error(`${length} of ${row.bytes} bytes`)
  if (!isRight(bytes, row)) throw new Final('another SHA-256 than the manifest says')
  return bytes
}

/**
 * Whole or not at all: a file that is there under its name was checked. @param {string} target @param
 * {Uint8Array} bytes
 */
async function write(target, bytes) {
  await mkdir(dirname(target), { recursive: true })
  const part = `${target}.part`
  try {
    await writeFile(part, bytes)
    await rename(part, target)
  } finally {
    await rm(part, { force: true })
  }
}
