/*
 * npm run matrix [-- names]: what is published, installed in an empty folder, built by every bundler and framework of
 * rows/, started, and asked for the same four pictures. Writes results.json and docs/bundlers.md; ends non-zero where a
 * row failed or answered differently from plain Node.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { runRow } from './run-row.mjs'
import { table } from './table.mjs'
import { packAll } from './tarballs.mjs'

const here = new URL('.', import.meta.url)
const resultsFile = new URL('results.json', here)
const tableFile = new URL('../../docs/bundlers.md', here)

/** The row that the others are compared with. */
const reference = 'node'

/** Names of all rows. */
export const rowNames = readdirSync(new URL('rows', here)).map(file => file.replace(/\.mjs$/, ''))

/**
 * @param {readonly string[]} names the reference is run in any case
 * @param {(name: string, result: import('./row.js').Result) => void} [tell]
 * @returns {Promise<Record<string, import('./row.js').Result>>}
 */
export async function runMatrix(names, tell = () => {}) {
  const scratch = mkdtempSync(join(tmpdir(), 'sluice-matrix-'))
  chmodSync(scratch, 0o755)
  try {
    const tarballs = packAll(scratch)
    /** @type {Record<string, import('./row.js').Result>} */
    const results = {}
    for (const name of new Set([reference, ...names])) {
      const { default: row } = await import(new URL(`rows/${name}.mjs`, here).href)
      const result = await runRow(row, tarballs, join(scratch, 'node'))
      results[name] = judged(result, results[reference])
      tell(name, results[name])
    }
    return results
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** An answer that is not the one of plain Node is a failure. */
function judged(result, expected) {
  if (result.failure || !expected?.answers || isDeepStrictEqual(result.answers, expected.answers))
    return result
  return { ...result, failure: `answers ${JSON.stringify(result.answers)}` }
}

async function main(wanted) {
  const unknown = wanted.filter(name => !rowNames.includes(name))
  if (unknown.length > 0) throw new Error(`no row ${unknown.join(', ')}; there are ${rowNames.join(', ')}`)
  if (wanted.length === 0) writeFileSync(resultsFile, '{}\n')
  const results = await runMatrix(wanted.length > 0 ? wanted : rowNames, (name, result) => {
    const { failure, seconds } = result
    console.log(`${failure ? 'FAILED' : 'ok    '} ${name} (${seconds} s)${failure ? `\n${failure}` : ''}`)
    store(name, result)
  })
  return Object.values(results).every(({ failure }) => failure === undefined)
}

/** After each row: the whole takes long, and may be cut short. */
function store(name, result) {
  const known = JSON.parse(readFileSync(resultsFile, 'utf8'))
  const rows = Object.entries({ ...known, [name]: result }).sort(([a], [b]) => (a < b ? -1 : 1))
  const results = Object.fromEntries(rows)
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`)
  writeFileSync(tableFile, table(results))
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1
