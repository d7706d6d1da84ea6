import { expect, test } from 'vitest'
import { answerOf } from './client.mjs'
import type { Outcome } from './generator.mjs'
import { arrivals, visits } from './schedule.mjs'
import { acceptedOf, isOrderly, tally } from './tally.mjs'

const files = [
  { name: 'photo.jpg', kind: 'good' as const, moves: false, weight: 3 },
  { name: 'dance.gif', kind: 'good' as const, moves: true, weight: 1 },
  { name: 'bomb.png', kind: 'hostile' as const, moves: false, weight: 1 },
]

test('they come at a fixed rate, the same ones every time, in the shares that are told', () => {
  const all = arrivals(files, { perSecond: 50, seconds: 200 })
  expect(all).toHaveLength(10_000)
  expect(all[0]?.at).toBe(0)
  expect(all[1]?.at).toBe(20)
  expect(all.at(-1)?.at).toBe(199_980)
  expect(arrivals(files, { perSecond: 50, seconds: 200 })).toEqual(all)
  const share = (is: (visit: (typeof all)[number]) => boolean) => all.filter(is).length / all.length
  expect(share(({ file }) => file === 2)).toBeCloseTo(0.1, 1)
  expect(share(({ client }) => client === 'slow')).toBeCloseTo(0.02, 2)
  expect(share(({ client }) => client === 'cut')).toBeCloseTo(0.02, 2)
  expect(share(({ file }) => file === 0) / share(({ file }) => file === 1)).toBeCloseTo(3, 0)
})

test('at least one comes, and without hostile files none is needed', () => {
  expect(arrivals(files, { perSecond: 0.1, seconds: 1 })).toHaveLength(1)
  const next = visits(files.slice(0, 1), { hostile: 0, slow: 0, cut: 0 })
  expect([next(), next()]).toEqual(Array(2).fill({ file: 0, client: 'whole' }))
  expect(() => visits(files.slice(0, 1))).toThrow('no hostile files')
})

const whole = { client: 'whole' as const, told: [] }
const came = [
  { ...whole, file: 0, status: 201, at: 0, ms: 100, fromLastByte: 80 },
  { ...whole, file: 1, status: 201, at: 100, ms: 300, fromLastByte: 280 },
  { ...whole, file: 2, status: 201, at: 200, ms: 50, fromLastByte: 40 },
  { ...whole, file: 2, status: 422, code: 'corrupt', at: 300, ms: 5 },
  { ...whole, file: 0, status: 503, code: 'busy', at: 400, ms: 5 },
  { ...whole, file: 0, status: 422, code: 'corrupt', at: 500, ms: 5 },
  { ...whole, file: 0, status: 500, at: 600, ms: 5 },
  { ...whole, file: 0, status: 0, at: 700, ms: 5 },
  { ...whole, file: 0, status: -1, at: 800, ms: 30_000 },
  { ...whole, client: 'cut' as const, file: 0, status: 0, at: 900, ms: 5 },
  { ...whole, client: 'slow' as const, file: 0, status: 408, at: 950, ms: 5 },
]

/** All of whom count. */
const crowd = (outcomes: readonly Outcome[]) => ({ outcomes, everybody: outcomes, seconds: 1 })

test('accepted ones are counted and timed, refusals are told apart from what is wrong', () => {
  expect(tally(crowd(came), files)).toEqual({
    offered: 11,
    accepted: 3,
    perSecond: 3,
    answeredPerSecond: 7,
    statuses: { 201: 3, 422: 2, 500: 1, 503: 1, 'gave up': 1, lost: 1 },
    misbehaved: { 408: 1, lost: 1 },
    latency: { p50: 100, p99: expect.closeTo(296), p999: expect.closeTo(299.6) },
    fromLastByte: { p50: 80, p99: expect.closeTo(276), p999: expect.closeTo(279.6) },
    stills: { p50: 60, p99: expect.closeTo(79.6), p999: expect.closeTo(79.96) },
    hostile: { sent: 2, accepted: 1 },
    wrong: [
      { file: 'photo.jpg', verdict: '422 corrupt', times: 1 },
      { file: 'photo.jpg', verdict: '500', times: 1 },
    ],
  })
})

test('accepted are those of clients that sent all', () => {
  expect(acceptedOf([...came, { ...whole, client: 'slow', file: 0, status: 201, at: 0, ms: 9 }])).toBe(3)
})

test('who answers after the flood has had that time too', () => {
  const [first] = came
  if (!first) throw new Error('nobody came')
  expect(tally(crowd([{ ...first, at: 500, ms: 3500 }]), files).perSecond).toBe(0.25)
})

test('who came in seconds that do not count is not timed, but judged', () => {
  const counts = tally({ outcomes: came.slice(0, 1), everybody: came, seconds: 1 }, files)
  expect(counts).toMatchObject({ offered: 1, accepted: 1, perSecond: 1, latency: { p999: 100 } })
  const { statuses, misbehaved, hostile, wrong } = tally(crowd(came), files)
  expect(counts).toMatchObject({ statuses, misbehaved, hostile, wrong })
})

test('where nobody was accepted there is no latency', () => {
  expect(tally(crowd([]), files).latency).toEqual({ p50: Number.NaN, p99: Number.NaN, p999: Number.NaN })
})

test('orderly is an image, a refusal, or to come back', () => {
  expect(['201', '400', '422', '429', '503'].every(isOrderly)).toBe(true)
  expect(['200', '500', '502', 'lost', 'gave up'].some(isOrderly)).toBe(false)
})

test('an answer names all its files, a refusal its code', () => {
  const file = { key: 'a.webp', sha256: 'aa', width: 1 }
  const small = { key: 'a-small.webp', sha256: 'bb' }
  expect(answerOf(201, JSON.stringify({ ...file, variants: { small } }))).toEqual({
    status: 201,
    told: [{ key: 'a.webp', sha256: 'aa' }, small],
  })
  expect(answerOf(503, '{"code":"busy"}')).toEqual({ status: 503, code: 'busy', told: [] })
  expect(answerOf(502, '<html>')).toEqual({ status: 502, told: [] })
})
