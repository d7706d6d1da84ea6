import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TtlMap } from './ttl-map.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const until = (milliseconds: number) => ({ end: Date.now() + milliseconds })

test('an entry is there until its end, and takes no room any more once another comes', () => {
  const map = new TtlMap(100)
  for (let i = 0; i < 50; i++) map.set(`early ${i}`, until(1000))
  vi.advanceTimersByTime(999)
  expect(map.get('early 49')).toBeDefined()
  vi.advanceTimersByTime(1)
  expect(map.get('early 49')).toBeUndefined()
  map.set('late', until(1000))
  expect(map.size).toBe(1)
})

test('of too many, the one that was set least recently goes', () => {
  const map = new TtlMap(2)
  map.set('a', until(1000))
  map.set('b', until(1000))
  map.set('a', until(2000))
  map.set('c', until(1000))
  expect(['a', 'b', 'c'].map(key => map.get(key) !== undefined)).toEqual([true, false, true])
})
