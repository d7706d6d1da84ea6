/*
 * npm run chaos:records [-- ROUNDS]: as many rounds of uploads, confirms, removals and SIGKILL on SQLite, and as many on
 * Postgres, 50 if not given. Exit code 0: nothing confirmed was lost, and rows and files were equal after each.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const [rounds = '50'] = process.argv.slice(2)
if (!/^[1-9]\d{0,4}$/.test(rounds)) {
  console.error('usage: chaos:records [-- ROUNDS]')
  process.exit(2)
}
const root = fileURLToPath(new URL('../../../', import.meta.url))
const test = ['--project', 'system', 'packages/records/test/chaos.system.test.ts']
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...test], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CHAOS_ROUNDS: rounds },
})
process.exit(status ?? 1)
