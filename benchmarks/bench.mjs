#!/usr/bin/env node
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { contenders, focus, yardstick } from './contenders.mjs'
import { makeInputs } from './inputs/make.mjs'
import { startContender } from './lib/contender-process.mjs'
import { firstLine } from './lib/first-line.mjs'
import { measure } from './measures/measure.mjs'
import { compareResults } from './report/compare.mjs'
import { htmlReport } from './report/html.mjs'
import { terminalReport } from './report/terminal.mjs'

/** @import { Absent, OpenContender } from './types.js' */

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    dir: { type: 'string' },
    only: { type: 'string', multiple: true },
    compare: { type: 'string' },
    margin: { type: 'string', default: '0.1' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
  },
})
const before = options.compare && JSON.parse(await readFile(options.compare, 'utf8'))

const { isTTY } = process.stderr
/** @param {string} text */
const progress = text => void (isTTY && process.stderr.write(`\r\x1b[K${text}`))
/** @param {string} text */
const log = text => void process.stderr.write(`${isTTY ? '\r\x1b[K' : ''}${text}\n`)

const inputs = await makeInputs({ quick: options.quick, dir: options.dir, log })
const { open, absent } = await startAll()
const { result, pictures } = await measure({ quick: options.quick, inputs, open, absent, progress, log })

await mkdir(options.out, { recursive: true })
const name = `${options.out}/${options.quick ? 'quick' : 'full'}`
await writeFile(`${name}.json`, `${JSON.stringify(result, null, 1)}\n`)
await writeFile(`${name}.html`, htmlReport(result, pictures))
progress('')
process.stdout.write(terminalReport(result))
process.stdout.write(`\nWritten: ${name}.json and ${name}.html (${result.seconds} s)\n`)

if (before) {
  const { text, regressions } = compareResults(before, result, Number(options.margin))
  process.stdout.write(`\n${text}`)
  if (regressions > 0) process.exitCode = 1
}

/** Everybody who can start on this machine; the others are told, not hidden. */
async function startAll() {
  /** @type {OpenContender[]} */
  const open = []
  /** @type {Absent[]} */
  const absent = []
  for (const contender of contenders) {
    if (options.only && ![...options.only, focus, yardstick].includes(contender.id)) continue
    try {
      const process = await startContender(contender)
      open.push({ ...contender, process, version: process.version })
    } catch (error) {
      const why = firstLine(error)
      absent.push({ id: contender.id, label: contender.label, why })
      log(`${contender.label} does not take part: ${why}`)
    }
  }
  for (const id of [focus, yardstick])
    if (!open.some(contender => contender.id === id))
      throw new Error(`${id} must be there: all is measured against it`)
  return { open, absent }
}
