import { expect, test } from 'vitest'
import { countedOf, openWindows, windowAt } from './windows.mjs'

test('a crowd of 25 seconds has three windows, the last of which takes what comes late', () => {
  const windows = openWindows(25)
  expect(windows).toHaveLength(3)
  const places = [0, 9999, 10_000, 25_000, 31_000].map(at => windows.indexOf(windowAt(windows, at)))
  expect(places).toEqual([0, 0, 1, 2, 2])
  expect(openWindows(0.5)).toHaveLength(1)
})

test('those that count have who came in them, from their own start', () => {
  const who = { file: 0, client: 'whole' as const, status: 201, told: [], ms: 100 }
  const windows = openWindows(25)
  for (const [index, window] of windows.entries()) window.lag = index === 1 ? 11 : 1
  const outcomes = [9, 11, 19, 24].map(second => ({ ...who, at: second * 1000 }))
  const counted = countedOf({ windows, outcomes }, ({ lag }) => lag <= 10)
  expect(counted.map(({ seconds }) => seconds)).toEqual([10, 5])
  expect(counted.map(({ outcomes }) => outcomes.map(({ at }) => at))).toEqual([[9000], [4000]])
})
