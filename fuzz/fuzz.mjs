/*
 * npm run fuzz -- --minutes 10 [--target headers] [--seed 1]: gives each target its share of the time, on the built
 * packages. What it finds is written to findings/ beside this file; exit code 1 if that is anything at all.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fuzz } from './watch.mjs'

/** What reads a stranger's bytes, each with a module of its own. */
const all = ['headers', 'sniff', 'filename', 'multipart', 'pipeline']
const here = new URL('./', import.meta.url)

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    target: { type: 'string', multiple: true, default: all },
    seed: { type: 'string', default: '1' },
  },
})
const minutes = Number(values.minutes)
const seed = Number(values.seed)
const unknown = values.target.filter(name => !all.includes(name))
if (!(minutes > 0) || !Number.isSafeInteger(seed) || unknown.length > 0) {
  console.error(`usage: fuzz --minutes N [--seed N] [--target ${all.join('|')}]...`)
  process.exit(2)
}

let found = 0
for (const name of values.target) {
  const { executions, kept, findings, seconds } = await fuzz(new URL(`targets/${name}.mjs`, here), {
    seconds: (minutes * 60) / values.target.length,
    seed,
    onFinding: ({ kind, detail, input }, index) => {
      mkdirSync(new URL('findings/', here), { recursive: true })
      const file = new URL(`findings/${name}-${seed}-${index}-${kind}`, here)
      writeFileSync(file, input)
      console.error(`${name}: ${kind} in ${file.pathname}\n${detail}`)
    },
  })
  found += findings
  console.log(JSON.stringify({ target: name, seed, seconds, executions, kept, findings }))
}
process.exitCode = found > 0 ? 1 : 0
