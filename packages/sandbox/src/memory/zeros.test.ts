import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { bytesSpare, dropSpare, recycle, reuseBuffers, zeros } from './zeros.js'

const MiB = 2 ** 20

afterEach(dropSpare)

test.each([0, 1, 262_143, 262_144, 262_145, 5_000_001])('%d zeros', length => {
  const bytes = zeros(length)
  expect(bytes.length).toBe(length)
  expect(bytes.every(byte => byte === 0)).toBe(true)
  bytes.fill(7)
  expect(zeros(length).every(byte => byte === 0)).toBe(true)
})

test('large ones are not of the heap of the C library', () => {
  // Only a memory of WebAssembly is a whole number of its pages.
  expect(zeros(262_145).buffer.byteLength).toBe(5 * 65_536)
  expect(zeros(262_143).buffer.byteLength).toBe(262_143)
})

test('a thread that does more than draw keeps 10 MiB at most', () => {
  const all = [2, 8, 4].map(each => zeros(each * MiB).fill(7))
  for (const each of all) recycle(each)
  expect([bytesSpare(), ...all.map(({ length }) => length)]).toEqual([4 * MiB, 0, 0, 0])
})

test('what is not of zeros, and a small one, is left alone', () => {
  const others = [new Uint8Array(MiB).fill(7), zeros(1000).fill(7)]
  for (const each of others) recycle(each)
  expect(others.map(([byte]) => byte)).toEqual([7, 7])
})

describe('a thread that only draws keeps more', () => {
  const tidy = vi.fn()
  beforeAll(() => reuseBuffers(tidy))

  test('and may tidy up before each new one', () => {
    tidy.mockClear()
    recycle(zeros(MiB))
    zeros(MiB)
    expect(tidy).toHaveBeenCalledTimes(1)
  })

  test('one that was used is cleared and used again, and whoever still looks at it sees nothing', () => {
    const first = zeros(MiB).fill(7)
    const memory = first.buffer
    recycle(first)
    recycle(first)
    expect([first.length, memory.byteLength, bytesSpare()]).toEqual([0, 0, MiB])
    const second = zeros(MiB - 9)
    expect([second.length, second.buffer.byteLength, bytesSpare()]).toEqual([MiB - 9, MiB, 0])
    expect(second.every(byte => byte === 0)).toBe(true)
    second.fill(8)
    expect(first.length).toBe(0)
  })

  test.each([
    ['too small', 1, 2],
    ['too large', 8, 2],
  ])('one that is %s is not', (_, had, wanted) => {
    recycle(zeros(had * MiB))
    expect(zeros(wanted * MiB).buffer.byteLength).toBe(wanted * MiB)
    expect(bytesSpare()).toBe(had * MiB)
  })

  test.each([
    [4.1, 8, 8],
    [1, 0.6, 1],
    [9.8, 8.1, 10],
    [9.8, 5, 10],
  ])('one of %d MiB serves one of %d as well', (had, wanted, size) => {
    recycle(zeros(had * MiB))
    expect([zeros(wanted * MiB).buffer.byteLength, bytesSpare()]).toEqual([size * MiB, 0])
  })

  test('the smallest that is large enough comes first', () => {
    const all = [8, 4].map(each => zeros(each * MiB))
    for (const each of all) recycle(each)
    expect([zeros(4 * MiB).buffer.byteLength, zeros(4 * MiB).buffer.byteLength]).toEqual([4 * MiB, 8 * MiB])
  })

  test('24 MiB are kept at most, those that were used last; one of more than 10 is left to the collector', () => {
    const all = [8, 4, 8, 4, 1, 11].map(each => zeros(each * MiB))
    for (const each of all) recycle(each)
    expect(bytesSpare()).toBe(17 * MiB)
    expect(all.map(({ length }) => length)).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('large ones do not keep small ones out', () => {
    for (const each of [8, 8, 8, 1, 1].map(each => zeros(each * MiB))) recycle(each)
    expect([zeros(MiB), zeros(MiB)].map(({ buffer }) => buffer.byteLength)).toEqual([MiB, MiB])
    expect(bytesSpare()).toBe(16 * MiB)
  })
})
