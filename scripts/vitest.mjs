import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pnpm, root } from './pnpm.mjs'

/**
 * A file of tests, as vitest reports it.
 * @typedef {{ name: string, status: string, message: string, assertionResults: { status: string,
 *   fullName: string, duration: number, failureMessages: string[] }[] }} TestFile
 */

/**
 * Runs vitest, and reads its report.
 * @param {string} name of the run, and of the report in .vitest/
 * @param {readonly string[]} args
 * @returns {{ fine: boolean, files: readonly TestFile[] | undefined }} no files where no report was written
 */
export function vitest(name, args) {
  const report = join(root, `.vitest/${name}.json`)
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const fine = pnpm(`testing (${name})`, ['exec', 'vitest', 'run', ...args, ...reporters])
  try {
    return { fine, files: JSON.parse(readFileSync(report, 'utf8')).testResults }
  } catch {
    return { fine, files: undefined }
  }
}
