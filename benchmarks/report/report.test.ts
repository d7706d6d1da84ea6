import { expect, test } from 'vitest'
import { compareResults } from './compare.mjs'
import { costliestStages, headline, stagesText } from './headline.mjs'
import { htmlReport } from './html.mjs'
import { madeUp, madeUpPictures } from './result.fixture.js'
import { terminalReport } from './terminal.mjs'

test('the headline names its direction, and has no number where passes disagreed', () => {
  expect(headline(madeUp())).toEqual([
    { title: 'Time: a photo', ratio: '0.25', meaning: 'lower is better' },
    { title: 'Time: an animation', ratio: 'unsettled (0.30, 0.40)', meaning: 'lower is better' },
    { title: 'Images a second, all cores: a photo', ratio: '3.20', meaning: 'higher is better' },
    { title: 'Peak memory of the process: a photo', ratio: '0.90', meaning: 'lower is better' },
    {
      title: 'Start of a process to its first image: a small one',
      ratio: '0.50',
      meaning: 'lower is better',
    },
  ])
})

test('the most costly stages come first', () => {
  expect(costliestStages(madeUp()).map(stagesText)).toEqual([
    'encode 80 %, decode and resize 16 %, probe 4 %',
  ])
})

test('the terminal shows every measure, and who could not and why', () => {
  const text = terminalReport(madeUp())
  for (const part of [
    'a photo',
    'no animation',
    'no answer in 5 s',
    'made 3x4',
    'Worker of 1.50 MB',
    'jimp took no part',
  ])
    expect(text).toContain(part)
})

test('names of machines and errors cannot write into the page', () => {
  const html = htmlReport(madeUp(), madeUpPictures)
  expect(html).toContain('a &#60;processor&#62; &#38; more')
  expect(html).not.toMatch(/<script|<processor|https?:\/\/(?!www\.w3\.org)/)
})

test('a regression is a time or a memory that grew, or a throughput that shrank, by more than the margin', () => {
  const regressions = (change: (result: ReturnType<typeof madeUp>) => void) => {
    const now = madeUp()
    change(now)
    return compareResults(madeUp(), now, 0.1).regressions
  }
  const set = (row: { ratio?: { median: number } } | undefined, median: number) => {
    if (!row?.ratio) throw new Error('no such row')
    row.ratio.median = median
  }
  expect(regressions(() => {})).toBe(0)
  expect(regressions(({ latency }) => set(latency[0], 0.27))).toBe(0)
  expect(regressions(({ latency }) => set(latency[0], 0.28))).toBe(1)
  expect(regressions(({ memory }) => set(memory[0], 1.1))).toBe(1)
  expect(regressions(({ throughput }) => set(throughput[0], 3))).toBe(0)
  expect(regressions(({ throughput }) => set(throughput[0], 2.8))).toBe(1)
  // Faster is no regression, and of an unsettled row nothing is said.
  expect(regressions(({ latency }) => set(latency[0], 0.1))).toBe(0)
  expect(regressions(({ latency }) => set(latency[2], 9))).toBe(0)
})

test('results that share nothing cannot be compared', () => {
  const other = { ...madeUp(), latency: [], memory: [], throughput: [], coldStart: [] }
  expect(() => compareResults(other, madeUp(), 0.1)).toThrow('no measurement in common')
})
