/*
 * npm run chaos [-- FAULTS]: so many faults, 300 if not given, on the built packages; needs root, and the packages of
 * .ci/packages. Adds a line to results/chaos.jsonl for every twelve of them. Exit code 0: nothing was lost.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const [faults = '300'] = process.argv.slice(2)
if (!/^[1-9]\d{0,4}$/.test(faults)) {
  console.error('usage: chaos [-- FAULTS]')
  process.exit(2)
}
const test = ['--project', 'alone', 'test/chaos/chaos.system.test.ts']
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...test], {
  cwd: fileURLToPath(new URL('../../', import.meta.url)),
  stdio: 'inherit',
  env: { ...process.env, CHAOS_FAULTS: faults },
})
process.exit(status ?? 1)
