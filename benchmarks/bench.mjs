#!/usr/bin/env node
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { contenders, focus, yardstick } from './contenders.mjs'
import { makeInputs } from './inputs/make.mjs'
import { startAll } from './lib/start-all.mjs'
import { measure } from './measures/measure.mjs'
import { compareResults } from './report/compare.mjs'
import { htmlReport } from './report/html.mjs'
import { terminalReport } from './report/terminal.mjs'

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
const takePart = contenders.filter(
  ({ id }) => !options.only || [...options.only, focus, yardstick].includes(id),
)
const { open, absent } = await startAll(takePart, { needed: [focus, yardstick], log })
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
