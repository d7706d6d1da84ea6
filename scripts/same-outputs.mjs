/*
 * npm run same-outputs -- REV: whether this checkout makes of the corpus what another commit makes of it,
 * to the byte, and refuses the same. Exit code 0: it does, 1: it does not, 2: that could not be found out.
 */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './pnpm.mjs'
import { compare } from './same-outputs/compare.mjs'
import { findInputs } from './same-outputs/inputs.mjs'
import { rememberedOf } from './same-outputs/remembered.mjs'
import { report } from './same-outputs/report.mjs'
import { takeAll } from './same-outputs/take-all.mjs'
import { buildCommit, buildThis } from './same-outputs/trees.mjs'

const usage = `npm run same-outputs -- REV [--only TEXT] [--jobs N]
  REV         the commit to compare with, any git revision
  --dir PATH  in its place a checkout that is built
  --only TEXT files with it in their names, such as corpus/gif or *.png; * stands for anything
  --jobs N    processes, 2 if not given`

const folder = join(root, 'build/same-outputs')
/** Of a whole run. With fewer, both sides are broken, and the same in that alone. */
const fewestAccepted = 2000

/** @returns {Promise<boolean>} whether they are the same */
async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, jobs: { type: 'string', default: '2' }, dir: { type: 'string' } },
  })
  const [rev] = positionals
  const jobs = Number(values.jobs)
  if (positionals.length !== (values.dir ? 0 : 1) || !Number.isInteger(jobs) || jobs < 1)
    throw new Error(usage)
  const { only = '' } = values

  const here = buildThis()
  const all = await findInputs(join(folder, 'made'))
  const inputs = all.filter(({ name }) => isMeant(name, only))
  if (inputs.length === 0) throw new Error(`no file of ${all.length} is called ${only}`)
  const other = values.dir
    ? resolve(process.env.INIT_CWD ?? '.', values.dir)
    : buildCommit(/** @type {string} */ (rev), folder)

  const before = await rememberedOf(folder, other, inputs, missing =>
    takeAll(other, missing, { jobs, title: values.dir ?? `${rev}` }),
  )
  const after = await takeAll(here, inputs, { jobs, title: 'this checkout' })
  const comparison = compare(before, after)
  writeFileSync(join(folder, 'last.json'), JSON.stringify(comparison, null, 2))
  if (only === '' && comparison.accepted < fewestAccepted)
    throw new Error(
      `${comparison.accepted} images came out, fewer than ${fewestAccepted}: this checkout is broken`,
    )
  console.log(report(comparison))
  return comparison.differences.length === 0
}

/** @param {string} name @param {string} pattern whose parts between `*` the name has in this order */
function isMeant(name, pattern) {
  let at = 0
  return pattern.split('*').every(part => {
    const found = name.indexOf(part, at)
    at = found + part.length
    return found >= 0
  })
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown)
  process.exitCode = 2
}
