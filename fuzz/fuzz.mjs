/*
 * npm run fuzz -- --minutes 10 [--target headers] [--seed 1] [--kept folder]: gives each target its share of
 * the time, on the built packages. What it finds is written to findings/ beside this file; exit code 1 if
 * that is anything at all. Inputs that came by something new are written to the folder of `--kept`, and the
 * next run with it goes on from them.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fuzz } from './watch.mjs'

/** What reads a stranger's bytes, each with a module of its own. */
const all = ['headers', 'sniff', 'filename', 'multipart', 'metadata', 'avif', 'pipeline']
const here = new URL('./', import.meta.url)

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    target: { type: 'string', multiple: true, default: all },
    seed: { type: 'string', default: '1' },
    kept: { type: 'string' },
  },
})
const minutes = Number(values.minutes)
const seed = Number(values.seed)
const unknown = values.target.filter(name => !all.includes(name))
if (!(minutes > 0) || !Number.isSafeInteger(seed) || unknown.length > 0) {
  console.error(`usage: fuzz --minutes N [--seed N] [--kept FOLDER] [--target ${all.join('|')}]...`)
  process.exit(2)
}

let found = 0
for (const name of values.target) {
  const sum = await fuzz(new URL(`targets/${name}.mjs`, here), {
    seconds: (minutes * 60) / values.target.length,
    seed,
    ...(values.kept === undefined ? {} : keepIn(join(values.kept, name))),
    onFinding: ({ kind, detail, input }, index) => {
      mkdirSync(new URL('findings/', here), { recursive: true })
      const file = new URL(`findings/${name}-${seed}-${index}-${kind}`, here)
      writeFileSync(file, input)
      console.error(`${name}: ${kind} in ${file.pathname}\n${detail}`)
    },
  })
  found += sum.findings
  const { seconds, cpuSeconds, executions, kept, findings } = sum
  console.log(JSON.stringify({ target: name, seed, seconds, cpuSeconds, executions, kept, findings }))
}
process.exitCode = found > 0 ? 1 : 0

/** @param {string} folder */
function keepIn(folder) {
  mkdirSync(folder, { recursive: true })
  const before = readdirSync(folder).map(file => new Uint8Array(readFileSync(join(folder, file))))
  /** @param {Uint8Array} input */
  const onKept = input =>
    writeFileSync(join(folder, createHash('sha256').update(input).digest('hex').slice(0, 16)), input)
  return { before, onKept }
}
