#!/usr/bin/env node
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { contenders, yardstick } from './contenders.mjs'
import { makeInputs } from './inputs/make.mjs'
import { startContender } from './lib/contender-process.mjs'
import { job } from './lib/job.mjs'
import { measureColdStart } from './measures/cold-start.mjs'
import { measureLatency } from './measures/latency.mjs'
import { measureMemory } from './measures/memory.mjs'
import { measureQuality } from './measures/quality.mjs'
import { measureRefusals } from './measures/refusals.mjs'
import { measureStages } from './measures/stages.mjs'
import { measureThroughput } from './measures/throughput.mjs'
import { compareResults } from './report/compare.mjs'
import { htmlReport } from './report/html.mjs'
import { terminalReport } from './report/terminal.mjs'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    dir: { type: 'string' },
    only: { type: 'string', multiple: true },
    compare: { type: 'string' },
    margin: { type: 'string', default: '0.1' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
  },
})

const progress = text => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`)
const log = text => process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[K' : ''}${text}\n`)

const inputs = await makeInputs({ quick: options.quick, dir: options.dir, log })
const wanted = contenders.filter(
  contender => !options.only || options.only.includes(contender.id) || contender.id === yardstick,
)
const absent = []
const open = []
for (const contender of wanted) {
  try {
    const process = await startContender(contender)
    open.push({ ...contender, process, version: process.version })
  } catch (error) {
    absent.push({ id: contender.id, label: contender.label, why: error.message.split('\n')[0].slice(0, 160) })
    log(`${contender.label} does not take part: ${absent.at(-1).why}`)
  }
}
if (!open.some(contender => contender.id === yardstick))
  throw new Error(`${yardstick} is the yardstick and must be installed`)

const started = Date.now()
const shared = { open, yardstick, progress }
const plan = options.quick
  ? { rounds: 5, slowRounds: 1, seconds: 2, coldRounds: 2, stageRounds: 3 }
  : { rounds: 15, slowRounds: 3, seconds: 8, coldRounds: 5, stageRounds: 9 }
const of = role => inputs.filter(input => input.roles.includes(role))

const result = {
  version: 1,
  date: new Date().toISOString(),
  quick: options.quick,
  machine: {
    cpu: cpus()[0].model,
    cores: cpus().length,
    memory: totalmem(),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  },
  job,
  plan,
  yardstick,
  inputs: inputs.map(({ path, ...facts }) => facts),
  contenders: open.map(({ id, label, version }) => ({ id, label, version })),
  absent,
  latency: await measureLatency({ ...shared, ...plan, inputs: of('latency') }),
  scaling: await measureLatency({
    ...shared,
    rounds: Math.ceil(plan.rounds / 3),
    slowRounds: 1,
    inputs: of('scaling'),
  }),
  stages: await measureStages({ ...shared, rounds: plan.stageRounds, inputs: of('latency') }),
  quality: await measureQuality({ ...shared, inputs: of('quality') }),
  refusals: await measureRefusals({ ...shared, inputs: of('refusal') }),
  coldStart: await measureColdStart({ ...shared, rounds: plan.coldRounds, input: of('cold')[0] }),
}
// Memory and throughput start processes of their own: the warm ones would only be in the way.
await Promise.all(open.map(contender => contender.process.close()))
result.memory = await measureMemory({ ...shared, inputs: of('memory') })
result.throughput = await measureThroughput({
  ...shared,
  seconds: plan.seconds,
  cores: cpus().length,
  inputs: of('throughput'),
})
result.seconds = Math.round((Date.now() - started) / 1000)

await mkdir(options.out, { recursive: true })
const name = `${options.out}/${result.date.slice(0, 10)}${options.quick ? '-quick' : ''}`
await writeFile(`${name}.json`, `${JSON.stringify(result, null, 1)}\n`)
await writeFile(`${name}.html`, htmlReport(result, inputs))
progress('')
process.stdout.write(terminalReport(result))
process.stdout.write(`\nWritten: ${name}.json and ${name}.html (${result.seconds} s)\n`)

if (options.compare) {
  const { text, regressions } = compareResults(
    JSON.parse(await readFile(options.compare, 'utf8')),
    result,
    Number(options.margin),
  )
  process.stdout.write(`\n${text}`)
  if (regressions > 0) process.exitCode = 1
}
