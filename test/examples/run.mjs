/*
 * npm run examples [-- NAME...]: installs every example (or those) from packed tarballs into an empty folder, starts it by
 * its own commands and tries it, in Chromium too. All of them are stored in results/.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { examples, pack } from './start.mjs'
import { tryExample } from './trials.mjs'

const wanted = process.argv.slice(2)
await pack()

const rows = []
for (const name of wanted.length > 0 ? wanted : examples) {
  const from = performance.now()
  const problem = await tryExample(name).then(
    () => undefined,
    thrown => String(thrown.stack ?? thrown),
  )
  const seconds = Math.round((performance.now() - from) / 100) / 10
  console.log(`${problem === undefined ? 'works' : 'FAILS'} ${name} (${seconds} s)`)
  if (problem !== undefined) console.error(problem.slice(0, 4000))
  rows.push({
    name,
    works: problem === undefined,
    seconds,
    ...(problem ? { problem: problem.slice(0, 300) } : {}),
  })
}

if (wanted.length === 0) {
  const date = new Date().toISOString().slice(0, 10)
  const results = new URL('results/', import.meta.url)
  mkdirSync(results, { recursive: true })
  const about = { date, node: process.version, platform: `${process.platform} ${process.arch}` }
  writeFileSync(new URL(`${date}.json`, results), `${JSON.stringify({ ...about, rows }, null, 2)}\n`)
}
process.exitCode = rows.every(({ works }) => works) ? 0 : 1
