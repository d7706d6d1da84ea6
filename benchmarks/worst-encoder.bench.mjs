#!/usr/bin/env node
// The dearest picture for each encoder that a seeded search finds: processor time of the whole pipeline beside
// the `timeMs` of the policy, which nothing may pass, accepted or refused. node worst-encoder.bench.mjs
// [--seconds 150] [--seed 1] writes results/worst-encoder.json.
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { random } from './inputs/scene.mjs'
import { search, searches } from './lib/worst-encoder.mjs'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '150' }, seed: { type: 'string', default: '1' } },
})
const seconds = Number(values.seconds)
const seed = Number(values.seed)

const formats = []
for (const [format, job] of Object.entries(searches)) {
  const worst = await search(job, { next: random(seed), until: performance.now() + 1000 * seconds })
  formats.push({ format, ...worst, within: worst.processorMs <= worst.timeMs })
  console.error(format, JSON.stringify(formats.at(-1)))
}
const out = new URL('./results/worst-encoder.json', import.meta.url)
const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length }
const result = { date: new Date().toISOString(), machine, seed, seconds, formats }
await writeFile(out, `${JSON.stringify(result, null, 2)}\n`)
