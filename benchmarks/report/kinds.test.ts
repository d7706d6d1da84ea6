import { expect, test } from 'vitest'
import { madeUpKinds } from './kinds.fixture.js'
import { kindsReport, kindsText } from './kinds.mjs'
import { read, speedText } from './readme.mjs'
import { madeUp } from './result.fixture.js'
import { speedBars, speedSvg } from './speed-svg.mjs'

test('the README shows kinds by sizes, beside sharp at both efforts, and tells what was left out', () => {
  const text = kindsText(madeUpKinds())
  expect(text.split('\n').filter(line => line.startsWith('|'))).toEqual([
    '|  | files | under 0.04 | 0.04 to 0.5 | 0.5 to 4 | above 4 | all sizes | processor time |',
    '|---|---:|---:|---:|---:|---:|---:|---:|',
    '| JPEG | 2 | 2.00 / 3.00 |  |  | 0.50 / 0.75 | 1.00 / 1.50 | 2.00 / 3.00 |',
    '| GIF, animated | 1 |  | 0.25 / 0.38 |  |  | 0.25 / 0.38 | 0.50 / 0.75 |',
    '| **all kinds** | **3** | **2.00 / 3.00** | **0.25 / 0.38** |  | **0.50 / 0.75** | **0.63 / 0.94** | **1.26 / 1.89** |',
  ])
  expect(text).toContain('Left out are 3 files:\n1 that Sluice refuses, 2 that sharp alone')
  expect(kindsText({ ...madeUpKinds(), refused: [] })).not.toContain('Left out')
})

test('the headline is told to be of a scene, with the means beside it where they were measured', async () => {
  const full = JSON.parse(await read('benchmarks/results/full.json'))
  const told = speedText(full, madeUpKinds())
  const before = told.slice(0, told.indexOf('\n\n|'))
  expect(before).toContain('one generated scene')
  const beside = 'beside sharp at its default effort)'
  expect(before).toContain(`mean is 0.50 (0.75 ${beside} over 1 real photographs above`)
  expect(before).toContain(`0.63 (0.94 ${beside} over all 3 real files`)
  expect(told).toContain('| JPEG | 2 |')
  const without = speedText(full)
  expect(without).toContain('one generated scene')
  expect(without).not.toMatch(/real files|Real files/)
})

test('the terminal tells the scene, who refused what, and who took no part', () => {
  const text = kindsReport(madeUpKinds())
  for (const part of [
    'GIF, animated',
    'all kinds',
    'a scene',
    'Sluice: too-many-scans',
    'Another took no part',
  ])
    expect(text).toContain(part)
})

test('the chart has the fastest first, each as long as its time, and the claim as its title', () => {
  const bars = speedBars(madeUp(), madeUpKinds())
  expect(bars.bars.map(({ label, ms }) => [label, ms])).toEqual([
    ['Sluice', 200],
    ['Bun.Image', 250],
    ['sharp, default effort', 300],
    ['sharp, effort 6', 500],
  ])
  expect(bars.title).toBe("A 12 MP photo in 0.40 of sharp's time")
  const svg = speedSvg(bars)
  const widths = [...svg.matchAll(/<rect class="(?:ours|rival)"[^>]* width="([\d.]+)"/g)].map(([, w]) =>
    Number(w),
  )
  expect(widths.map(width => width / Number(widths[3]))).toEqual(
    [0.4, 0.5, 0.6, 1].map(part => expect.closeTo(part, 3)),
  )
  expect(svg).toContain('500 ms · 2.5 times ours')
  expect(svg).toContain('prefers-color-scheme: dark')
})

test('without a measurement of all four the chart is of the two of the headline', async () => {
  const { bars } = speedBars(JSON.parse(await read('benchmarks/results/full.json')))
  expect(bars.map(({ label }) => label)).toEqual(['Sluice', 'sharp, effort 6'])
  expect(() => speedBars(madeUp())).toThrow('no photo of 12 megapixels')
})
