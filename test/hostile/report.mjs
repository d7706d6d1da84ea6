/*
 * node test/hostile/report.mjs [--mode pipeline]... [--renderer jsquash] [--json FILE]: what becomes of every
 * hostile file, and what it costs, on one thread without a worker, on the built packages. Prints the made
 * ones, and of the corpus the sums and the dearest.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { run, ways } from './run.mjs'

const { values } = parseArgs({
  options: {
    mode: { type: 'string', multiple: true, default: ways },
    renderer: { type: 'string', default: 'kernel' },
    json: { type: 'string' },
  },
})

const results = []
await run(values.mode, result => results.push(result), values.renderer)

/** What is worth a line: the made ones, and the five of the corpus that took longest. */
function linesOf(mine) {
  const corpus = mine.filter(({ made }) => !made).sort((one, other) => other.ms - one.ms)
  return [...mine.filter(({ made }) => made), ...corpus.slice(0, 5)]
}

const report = {}
for (const mode of values.mode) {
  const mine = results.filter(result => result.mode === mode)
  console.log(`\n${mode}: ${mine.length} files, ${mine.filter(({ ok }) => ok).length} drawn`)
  const longestMs = Math.max(...mine.map(({ ms = 0 }) => ms))
  const longestCpuMs = Math.max(...mine.map(({ cpuMs = 0 }) => cpuMs))
  const mostMiB = Math.max(...mine.map(({ peakMiB = 0 }) => peakMiB))
  console.log(`longest ${longestMs} ms, ${longestCpuMs} ms of the processor, most memory ${mostMiB} MiB`)
  report[mode] = { files: mine.length, longestMs, longestCpuMs, mostMiB, lines: linesOf(mine) }
  for (const { name, bytes, verdict, fuel, ms, cpuMs, peakMiB } of linesOf(mine))
    console.log(
      [
        name.padEnd(28),
        String(bytes).padStart(8),
        `${fuel}`.padStart(12),
        `${ms} ms`.padStart(9),
        `${cpuMs} ms`.padStart(9),
        `${peakMiB} MiB`.padStart(8),
        ` ${verdict}`,
      ].join(' '),
    )
}
if (values.json) {
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length }
  mkdirSync(dirname(values.json), { recursive: true })
  writeFileSync(
    values.json,
    `${JSON.stringify({ date: new Date().toISOString(), machine, ways: report }, null, 1)}\n`,
  )
}
