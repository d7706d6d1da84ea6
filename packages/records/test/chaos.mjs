/*
 * npm run chaos:records [-- ROUNDS [SQLite|Postgres]]: as many rounds of uploads, confirms, removals and SIGKILL,
 * 50 if not given, on the one database or on both. Exit code 0: nothing confirmed was lost, and rows and files
 * were equal after each.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const [rounds = '50', database] = process.argv.slice(2)
if (!/^[1-9]\d{0,4}$/.test(rounds) || !['SQLite', 'Postgres', undefined].includes(database)) {
  console.error('usage: chaos:records [-- ROUNDS [SQLite|Postgres]]')
  process.exit(2)
}
const root = fileURLToPath(new URL('../../../', import.meta.url))
const only = database === undefined ? [] : ['--testNamePattern', `^${database}:`]
const test = ['--project', 'alone', 'packages/records/test/chaos.system.test.ts', ...only]
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...test], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CHAOS_ROUNDS: rounds },
})
process.exit(status ?? 1)
