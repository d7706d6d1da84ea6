/*
 * npm run test:long: builds, and runs the long forms of the tests that are short in npm test; some ten minutes.
 * What came out is stored in test/long-results.json.
 */
import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pnpm, root } from './pnpm.mjs'
import { vitest } from './vitest.mjs'

const chosen = ['test/leak/leak', 'test/exhaustion', 'test/corpus/one-process', 'test/corpus/jsquash']
process.env.SLUICE_LONG = '1'
if (!pnpm('building', ['run', 'build'])) process.exit(1)
const { fine, files } = vitest('long', ['--maxWorkers=1', ...chosen])
if (files === undefined) process.exit(1)
const tests = files.flatMap(({ name, assertionResults }) =>
  assertionResults.map(({ fullName, status, duration }) => ({
    file: relative(root, name),
    test: fullName,
    status,
    seconds: Math.round(duration / 1000),
  })),
)
const result = { date: new Date().toISOString().slice(0, 10), node: process.version, tests }
writeFileSync(join(root, 'test/long-results.json'), `${JSON.stringify(result, null, 2)}\n`)
const passed = tests.filter(({ status }) => status === 'passed').length
console.log(`test/long-results.json: ${passed} of ${tests.length} passed`)
process.exitCode = fine ? 0 : 1
