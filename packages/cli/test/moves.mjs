/*
 * npm run moves -- import|rerender|copy: the corpus is imported, 1,000 uploads are drawn anew, or copied to a
 * bucket and back, killed by SIGKILL again and again. Exit code 0: each was done once. Results:
 * results/moves.jsonl.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const [what = ''] = process.argv.slice(2)
if (!['import', 'rerender', 'copy'].includes(what)) {
  console.error('usage: moves -- import|rerender|copy')
  process.exit(2)
}
const root = fileURLToPath(new URL('../../../', import.meta.url))
const test = ['--project', 'alone', 'packages/cli/test/moves.system.test.ts']
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...test], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, MOVES: what },
})
process.exit(status ?? 1)
