import { expect, test } from 'vitest'
import { growthMiB, shareOfCapacity, wrongVerdicts } from '../report/flood.mjs'
import { type FloodRow, readRows } from './rows.mjs'
import { isOrderly } from './tally.mjs'

const rows = readRows(new URL('../results/flood.json', import.meta.url))
const stored = (contender: string, load: FloodRow['load']): FloodRow =>
  rows.find(row => row.contender === contender && row.load === load) ??
  expect.fail(`nothing is stored of ${contender} at ${load}`)
const ours = (load: FloodRow['load']): FloodRow => stored('sluice', load)
const loads = [0.5, 1, 3, 10] as const

test('what `npm run flood` has stored: four contenders at every load, in a box of a control group', () => {
  expect(new Set(rows.map(({ contender }) => contender)).size).toBe(4)
  expect(rows.filter(({ minutes }) => minutes < 10).length).toBe(4 * (2 + loads.length))
  expect(rows.filter(row => row.void || row.limitsBy !== 'cgroup')).toEqual([])
})

/** No kill, orderly answers, nothing wrong and nothing lost. */
function expectHeld(row: FloodRow): void {
  expect(row.kills).toEqual([])
  expect(Object.keys(row.statuses).filter(status => !isOrderly(status))).toEqual([])
  expect(wrongVerdicts(row)).toBe(0)
  expect(row.broken).toEqual({ missing: 0, changed: 0, orphans: 0, left: 0 })
}

test.each(loads)('ours at %s times its capacity: it holds, and no neighbour goes without an answer', load => {
  expectHeld(ours(load))
  expect(ours(load).health.failed).toBe(0)
})

test('neighbours are answered, and most of what it can do is done', () => {
  expect(ours(3).health.p99).toBeLessThanOrEqual(20)
  expect(ours(10).health.p99).toBeLessThanOrEqual(50)
  for (const load of [3, 10] as const) expect(ours(load).stills.p99).toBeLessThanOrEqual(2000)
  expect(shareOfCapacity(rows, ours(10) as FloodRow & { load: number })).toBeGreaterThanOrEqual(70)
})

test('JPEG uploads a second, beside multer + sharp at its default effort and at ours', () => {
  const jpegs = (contender: string): number => stored(contender, 'jpeg').answeredPerSecond
  expect(jpegs('sluice') / jpegs('sharp')).toBeGreaterThanOrEqual(1.6)
  expect(jpegs('sluice') / jpegs('sharp-6')).toBeGreaterThanOrEqual(3)
})

test('an hour at 0.8 times its capacity leaves no handle, and little memory', () => {
  const soak = ours(0.8)
  expect(soak.minutes).toBeGreaterThanOrEqual(60)
  expectHeld(soak)
  expect(soak.health.failed).toBe(0)
  expect(soak.handles[1]).toBeLessThanOrEqual(soak.handles[0])
  expect(growthMiB(soak)).toBeLessThan(1)
})
