/*
 * npm test: installs, builds, type-checks, lints and runs the unit tests; npm run test:system runs those that need
 * Debian packages (.ci/run installs them) or much time. Ends with a line `N passed, N failed`; anything wrong ends
 * it non-zero.
 */
import { relative } from 'node:path'
import { findCorpus } from '../testkit/find-corpus.mjs'
import { pnpm, root } from './pnpm.mjs'
import { vitest } from './vitest.mjs'

/** @import { TestFile } from './vitest.mjs' */

const project = process.argv[2] ?? 'unit'

/** @type {readonly (readonly [title: string, args: readonly string[]])[]} */
const steps = [
  // The rivals of the benchmarks are large, and no test needs them.
  ['installing', ['install', '--frozen-lockfile', '--filter', '!@sluice/benchmark-rivals']],
  ['building', ['run', 'build']],
  ['linting', ['run', 'lint']],
  ['type-checking', ['run', 'typecheck']],
]

/**
 * Runs all tests of a project. Files that cannot be loaded and errors outside of tests count as one failure.
 *
 * @returns {{ passed: number, failures: string[] }}
 */
function test() {
  const projects = project === 'system' ? ['system', 'alone'] : [project]
  // Two files at a time, where vitest would take one core fewer than there are; those of `alone` one after the other.
  const { fine, files } = vitest(project, [
    ...projects.flatMap(name => ['--project', name]),
    '--maxWorkers=2',
  ])
  if (files === undefined) return { passed: 0, failures: ['no report of the tests was written'] }
  const tests = files.flatMap(({ assertionResults }) => assertionResults)
  const passed = tests.filter(({ status }) => status === 'passed').length
  const failures = files.flatMap(failuresOf)
  if (failures.length === 0 && !(fine && passed > 0)) failures.push('an error outside of the tests')
  return { passed, failures }
}

/**
 * What failed in one file, by name and with its first line: a file that could not be loaded is one failure.
 *
 * @param {TestFile} file
 */
function failuresOf(file) {
  const path = relative(root, file.name)
  const failed = file.assertionResults.filter(test => test.status === 'failed')
  if (failed.length === 0 && file.status === 'failed') return [`${path}: ${firstLine(file.message)}`]
  return failed.map(test => `${path} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`)
}

/** @param {string | undefined} text */
function firstLine(text = '') {
  return text.split('\n', 1)[0]
}

/**
 * What is wrong with the corpus: said before the tests that will fail for it, and once more where they end.
 */
function corpusProblem() {
  try {
    findCorpus()
    return undefined
  } catch (thrown) {
    return String(thrown)
  }
}

const problem = corpusProblem()
if (problem) console.error(problem)
const failedSteps = []
for (const [title, args] of project === 'unit' ? steps : []) {
  if (pnpm(title, args)) continue
  failedSteps.push(title)
  if (title === 'installing') break
}
const { passed, failures } = test()
failures.unshift(...failedSteps)
if (problem) console.error(problem)
// Named once more at the end: of a long log little but the end is read.
for (const failure of failures) console.log(`failed: ${failure}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
