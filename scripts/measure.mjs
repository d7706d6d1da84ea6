/*
 * npm run bench, npm run gallery: a script of benchmarks/, once what it measures is built and the rivals are installed,
 * which nothing else asks for.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './pnpm.mjs'
import { prepare } from './prepare.mjs'

const [script = 'bench.mjs', ...args] = process.argv.slice(2)
const ready = prepare({
  build: ['--filter-prod', '@sluice/benchmarks...'],
  install: ['--filter', '@sluice/benchmark-rivals'],
  last: 'packages/codecs/dist/index.js',
  folders: ['benchmarks/node_modules', 'benchmarks/rivals/node_modules'],
})
if (!ready) process.exit(1)
const { status } = spawnSync(process.execPath, [join(root, 'benchmarks', script), ...args], {
  // Where the person was: --dir and --compare name files from there.
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
})
process.exitCode = status ?? 1
