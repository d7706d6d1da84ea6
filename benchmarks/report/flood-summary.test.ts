import { expect, test } from 'vitest'
import { floodRow, floodRows, soakRow } from './flood.fixture.js'
import { floodSummary } from './flood-summary.mjs'

test('a column for each contender; what was not measured is a dash', () => {
  const text = floodSummary([...floodRows(), floodRow({ load: 3, perSecond: 6 })])
  expect(text).toContain('| | Sluice | multer <sharp> |')
  expect(text).toContain('| JPEG uploads a second, at most | 7.0 | – |')
  expect(text).toContain('| at 3 times that: accepted, share of it | 75 % | – |')
  expect(text).toContain('| at 10 times that: accepted, share of it | 90 % | 0 % |')
  expect(text).toContain('| — slowest hundredth of stills, from the last byte | 0.9 s | – |')
  expect(text).toContain('| — killed for its memory | never | once |')
  expect(text).not.toContain('An hour')
})

test('a soak is told where there was one', () => {
  const soak = soakRow([80, 90, 100, 100, 101, 100, 99, 100, 101, 101, 101, 101])
  const text = floodSummary([...floodRows(), soak])
  expect(text).toMatch(
    /An hour at\n0\.8 times .* 1\.0 MiB more than before, the memories of pictures apart, and\nno more/,
  )
  const steady = soakRow([80, 90, 100, 100, 101, 100, 99, 100, 100, 99, 100, 100])
  expect(floodSummary([...floodRows(), steady])).toContain('left it with no more memory than before')
})

test('rows of several days are not told as of one', () => {
  const again = floodRow({ load: 3, date: '2026-11-30T01:00:00.000Z' })
  expect(floodSummary(floodRows())).toContain('Measured on 2026-11-28:')
  expect(floodSummary([again, ...floodRows()])).toContain('Measured between 2026-11-28 and 2026-11-30:')
})
