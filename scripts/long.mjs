/*
 * npm run test:long: builds, and runs the long forms of the tests that are short in npm test; some ten minutes.
 * What came out is stored in test/long-results.json.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pnpm, root } from './pnpm.mjs'

const files = ['test/leak/leak', 'test/exhaustion', 'test/corpus/one-process', 'test/corpus/jsquash']
const report = join(root, '.vitest/long.json')
rmSync(report, { force: true })
process.env.SLUICE_LONG = '1'
const fine =
  pnpm('building', ['run', 'build']) &&
  pnpm('testing (long)', [
    'exec',
    'vitest',
    'run',
    '--maxWorkers=1',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...files,
  ])
/** @type {{ name: string, assertionResults: { fullName: string, status: string, duration: number }[] }[]} */
const tested = JSON.parse(readFileSync(report, 'utf8')).testResults
const tests = tested.flatMap(({ name, assertionResults }) =>
  assertionResults.map(({ fullName, status, duration }) => ({
    file: relative(root, name),
    test: fullName,
    status,
    seconds: Math.round(duration / 1000),
  })),
)
const result = { date: new Date().toISOString().slice(0, 10), node: process.version, tests }
writeFileSync(join(root, 'test/long-results.json'), `${JSON.stringify(result, null, 2)}\n`)
console.log(
  `test/long-results.json: ${tests.filter(({ status }) => status === 'passed').length} of ${tests.length} passed`,
)
process.exitCode = fine ? 0 : 1
