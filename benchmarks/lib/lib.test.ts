import { expect, test } from 'vitest'
import { ratioOf, summarise } from './stats.mjs'
import { roundsFor, runsPerTurn, turns } from './turns.mjs'

const taken = (contender: Parameters<typeof turns>[0]) =>
  Array.from({ length: contender.rounds }, (_, round) => turns(contender)(round)).filter(Boolean).length

test('who is in focus takes part in every round, the others as their share allows, and at least once', () => {
  expect(taken({ ms: 1000, focus: true, rounds: 9, shareMs: 0 })).toBe(9)
  expect(taken({ ms: 1000, focus: false, rounds: 9, shareMs: 3500 })).toBe(3)
  expect(taken({ ms: 1000, focus: false, rounds: 9, shareMs: 0 })).toBe(1)
  expect(taken({ ms: 1, focus: false, rounds: 9, shareMs: 3500 })).toBe(9)
})

test('as many rounds as the time of those in focus allows, an odd number within bounds', () => {
  const contenders = [
    { focus: true as const, first: { ms: 200 } },
    { focus: true as const, first: { ms: 600 } },
    { first: { ms: 90_000 } },
  ]
  const bounds = { rounds: 7, mostRounds: 41 }
  expect(roundsFor(contenders, { ...bounds, focusMs: 16_000 })).toBe(21)
  expect(roundsFor(contenders, { ...bounds, focusMs: 0 })).toBe(7)
  expect(roundsFor(contenders, { ...bounds, focusMs: 160_000 })).toBe(41)
})

test('where one in focus is much faster, a turn of it is several runs, and the rounds know it', () => {
  const slow = { focus: true as const, first: { ms: 3000 } }
  const fast = { focus: true as const, first: { ms: 300 } }
  const other = { first: { ms: 1 } }
  const all = [fast, other, slow]
  expect(all.map(each => runsPerTurn(each, all))).toEqual([5, 1, 1])
  expect(runsPerTurn(fast, [fast, { focus: true, first: { ms: 600 } }])).toBe(1)
  expect(roundsFor(all, { rounds: 1, mostRounds: 41, focusMs: 27_000 })).toBe(7)
})

test('ratios are taken within a round: a machine that slows down meets both sides', () => {
  const yardstick = new Map([
    [0, 10],
    [1, 20],
    [2, 40],
  ])
  const times = new Map([
    [0, 5],
    [2, 20],
  ])
  expect(ratioOf(times, yardstick)).toMatchObject({ median: 0.5, low: 0.5, high: 0.5, rounds: 2 })
})

test('a summary is the median between its quartiles', () => {
  expect(summarise([5, 1, 3, 2, 4])).toEqual({ median: 3, low: 2, high: 4, rounds: 5 })
})
