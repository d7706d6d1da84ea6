import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** pnpm as npm can bring it: corepack does not work everywhere. Tied to the major version that wrote the lockfile. */
const command = ['npx', '-y', 'pnpm@10']

/**
 * Runs a step of pnpm in the root of a workspace, this one if no other is named.
 * @param {string} title said before it, and again if it fails
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {boolean} [options.quiet] its output is shown only if it fails
 * @param {string} [options.cwd] the root of another workspace
 * @returns {boolean} whether it went well
 */
export function pnpm(title, args, { quiet = false, cwd = root } = {}) {
  console.error(`- ${title}`)
  const [program = '', ...first] = command
  const { status, error, stdout, stderr } = spawnSync(program, [...first, ...args], {
    cwd,
    stdio: quiet ? 'pipe' : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // npx is a script with another ending there.
    shell: process.platform === 'win32',
  })
  if (status === 0) return true
  if (quiet) console.error(stdout ?? '', stderr ?? '')
  console.error(`- ${title}: failed ${error ?? ''}`)
  return false
}
