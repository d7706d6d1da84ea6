import { UploadError } from '@sluice/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Slot } from '../slot.js'
import { Admission, type Bounds, type Place } from './admission.js'
import { Slots, type Taken } from './slots.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const patient = { signal: undefined, aborted: () => new UploadError('aborted') }
const isBusy = expect.objectContaining({ code: 'busy', stage: 'guard' })

/** Two workers, each of which takes 100 ms an image, and nothing set but what is given. */
function poolOf({ eachMs = 100, ...bounds }: Partial<Bounds> & { eachMs?: number } = {}) {
  const create = () => expect.fail('no worker is needed')
  const slots = new Slots([new Slot(create, () => {}), new Slot(create, () => {})], 100)
  const admission = new Admission(
    { size: 2, maxQueue: 50, maxReserved: 1000, maxWaitMs: 500, ...bounds },
    slots,
  )
  admission.drew(eachMs)
  const taken: Taken[] = []
  /** Images that are drawn, or wait. */
  function come(count: number, key?: string) {
    for (let n = 0; n < count; n++)
      void slots
        .take(key ?? `visitor ${n}`, { memoryMb: 1, isClip: false }, patient)
        .then(each => taken.push(each))
  }
  /** That many are finished, and the next begun. */
  async function finish(count: number) {
    await Promise.resolve()
    for (const each of taken.splice(0, count)) slots.release(each)
    await Promise.resolve()
  }
  return { admission, slots, come, finish }
}

/** Two are drawn and `waiting` wait, and have for longer than 500 ms. */
function overloaded(waiting: number, bounds?: Parameters<typeof poolOf>[0]) {
  const pool = poolOf(bounds)
  pool.come(2 + waiting)
  vi.advanceTimersByTime(501)
  return pool
}

/** How many are let in one after the other, each of a key of its own, whose bodies are all on their way. */
function letIn(admission: Admission, key = (n: number) => `sender ${n}`): Place[] {
  const places: Place[] = []
  for (let n = 0; n < 1000; n++)
    try {
      places.push(admission.enter(key(n)))
    } catch (thrown) {
      expect(thrown).toEqual(isBusy)
      break
    }
  return places
}

test.each([
  ['eight for each worker', 1000, 16],
  ['what is drawn in 1.5 seconds, where that is more', 10, 300],
])('a burst: %s', (_, eachMs, count) => {
  expect(letIn(poolOf({ eachMs }).admission).length).toBe(count)
})

test.each([
  ['three for each worker, one of them drawn', 1000, 6],
  ['what is drawn in half a second, where that is more', 10, 100],
])(
  'while more come than are drawn: %s, and the others are told before they send a body',
  (_, eachMs, count) => {
    expect(letIn(overloaded(1, { eachMs }).admission).length).toBe(count - 3)
  },
)

test('who waits counts as well as who is on their way', () => {
  // 9 before it are done within 500 ms, the two that are drawn among them, and 10 are not.
  expect(letIn(overloaded(7).admission).length).toBe(1)
  expect(letIn(overloaded(8).admission)).toEqual([])
})

test('more come than can be drawn until nobody has waited for as long', async () => {
  const { admission, come, finish } = overloaded(1)
  const most = () => {
    const places = letIn(admission)
    for (const place of places) place.leave()
    return places.length
  }
  const overload = most()
  await finish(2)
  await finish(1)
  vi.advanceTimersByTime(500)
  expect(most()).toBe(overload + 3)
  vi.advanceTimersByTime(1)
  expect(most()).toBeGreaterThan(2 * overload)
  come(14)
  admission.enter('in the burst').leave()
  vi.advanceTimersByTime(500)
  admission.enter('still').leave()
  vi.advanceTimersByTime(1)
  expect(() => admission.enter('by now')).toThrow(isBusy)
})

test('whose body is there, or who has gone, is on their way no more', () => {
  const { admission } = overloaded(1)
  const places = letIn(admission)
  places[0]?.leave()
  places[0]?.leave()
  places[1]?.arrive()
  expect(letIn(admission).length).toBe(2)
})

test('slow senders are not waited for: a thousand of them keep nobody out', () => {
  const { admission } = overloaded(1)
  for (let round = 0; round < 100; round++) {
    expect(letIn(admission).length).toBe(7)
    vi.advanceTimersByTime(501)
  }
})

test('the turn counts: what one sender has in the queue or on the way keeps nobody else out', () => {
  const { admission, come } = poolOf()
  come(22, 'sends much')
  vi.advanceTimersByTime(501)
  expect(() => admission.enter('sends much')).toThrow(isBusy)
  letIn(admission, () => 'promises much')
  expect(() => admission.enter('promises much')).toThrow(isBusy)
  admission.enter('somebody else')
})

test('requests that have a place are counted until they leave', () => {
  const { admission } = poolOf({ maxReserved: 2 })
  const places = letIn(admission)
  expect(places.length).toBe(2)
  for (const place of places) place.arrive()
  expect(() => admission.enter('another')).toThrow(isBusy)
  places[0]?.leave()
  places[0]?.leave()
  expect(letIn(admission).length).toBe(1)
})
