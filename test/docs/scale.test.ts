import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const text = read('docs/scale.md')
const measured = JSON.parse(read('benchmarks/results/full.json')) as {
  machine: { cores: number }
  throughput: { input: string; contender: string; perSecond: { median: number } }[]
  latency: { input: string; contender: string; bytes: number }[]
  memory: { input: string; contender: string; atStart: number; peak: { median: number } }[]
}
const ours = <Row extends { input: string; contender: string }>(rows: readonly Row[]): Row => {
  const row = rows.find(({ input, contender }) => input === 'photo-12' && contender === 'sluice')
  if (!row) throw new Error('full.json has no photo-12 of ours')
  return row
}

const perCore = ours(measured.throughput).perSecond.median / measured.machine.cores
const { bytes } = ours(measured.latency)
const day = 86_400

/** The cells of a table's row, by the first of them. */
function row(first: string): readonly string[] {
  const line = text.split('\n').find(each => each.startsWith(`| ${first} |`)) ?? ''
  return line
    .split('|')
    .map(cell => cell.trim())
    .slice(1, -1)
}

test('what the arithmetic starts from is what was measured', () => {
  expect(row('images a second and core, all checks, in the pool')[1]).toBe(perCore.toFixed(1))
  expect(row('one such image, main file')[1]).toBe(`${Math.round(bytes / 1000)} kB`)
  const { atStart, peak } = ours(measured.memory)
  const mb = (value: number) => Math.round(value / 2 ** 20)
  expect(row('memory of a process, one image at a time')[1]).toBe(
    `${mb(peak.median)} MiB, of which Node is ${mb(atStart)}`,
  )
})

test.each([
  ['10^6', 1e6],
  ['10^7', 1e7],
  ['10^9', 1e9],
])('%s uploads a day', (name, uploads) => {
  const rate = uploads / day
  const cores = rate / perCore
  const number = (value: number) => Math.round(value).toLocaleString('en')
  const terabytes = (uploads * bytes) / 1e12
  expect(row(name)).toEqual([
    name,
    `${number(rate)}/s`,
    number(cores),
    number(3 * cores),
    number(cores * 24),
    `${terabytes < 1 ? terabytes.toFixed(2) : terabytes < 10 ? terabytes.toFixed(1) : number(terabytes)} TB`,
  ])
})
