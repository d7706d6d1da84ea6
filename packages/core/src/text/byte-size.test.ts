import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatByteSize, parseByteSize } from './byte-size.js'

test.each([
  ['8 MiB', 8_388_608],
  ['500 kB', 500_000],
  ['1.5MB', 1_500_000],
  ['1 GiB', 1_073_741_824],
  ['2 GB', 2_000_000_000],
  ['0 B', 0],
  ['1 KiB', 1024],
])('%s is %d bytes', (text, bytes) => expect(parseByteSize(text)).toBe(bytes))

test.each([
  '',
  '8',
  'MiB',
  '8 mib',
  '8 KB',
  '-1 MiB',
  '1e3 B',
  '8  MiB',
  '1.2.3 MB',
  '8 MiB ',
  '1 TiB',
  '8 iB',
])('%j is no size', text => expect(parseByteSize(text)).toBeUndefined())

test.each([
  [8_388_608, '8 MiB'],
  [1, '1 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [256_000_000, '244.14 MiB'],
  [2 ** 30, '1 GiB'],
])('%d is shown as %s', (bytes, text) => expect(formatByteSize(bytes)).toBe(text))

test('what is shown is close to what was meant', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), bytes => {
      const shown = parseByteSize(formatByteSize(bytes)) ?? Number.NaN
      expect(Math.abs(shown - bytes)).toBeLessThanOrEqual(bytes * 0.006)
    }),
  )
})
