/*
 * npm test: installs, builds, type-checks, lints and runs the unit tests; npm run test:system runs those that need
 * Debian packages (.ci/run installs them). Ends with a line `N passed, N failed`; anything wrong ends it non-zero.
 */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findCorpus } from '../testkit/find-corpus.mjs'
import { pnpm, root } from './pnpm.mjs'

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
 */
function test() {
  const results = join(root, `.vitest/${project}.json`)
  rmSync(results, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
  // System tests start servers, databases and browsers, and some fill a machine: one after the other. Of the others
  // two at a time, where vitest would take one core fewer than there are.
  const workers = project === 'unit' ? ['--maxWorkers=2'] : []
  const fine = pnpm(`testing (${project})`, [
    'exec',
    'vitest',
    'run',
    '--project',
    project,
    ...workers,
    ...reporters,
  ])
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8'))
    return { passed: numPassedTests, failed: Math.max(numFailedTests, fine && numPassedTests > 0 ? 0 : 1) }
  } catch {
    return { passed: 0, failed: 1 }
  }
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
let failedSteps = 0
for (const [title, args] of project === 'unit' ? steps : []) {
  if (pnpm(title, args)) continue
  failedSteps++
  if (title === 'installing') break
}
const { passed, failed } = test()
if (problem) console.error(problem)
console.log(`${passed} passed, ${failed + failedSteps} failed`)
process.exitCode = failed + failedSteps > 0 ? 1 : 0
