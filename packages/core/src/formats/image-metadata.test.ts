import fc from 'fast-check'
import { expect, test } from 'vitest'
import { be, bytesOf } from '../../test/bytes-of.js'
import { tiffFile } from '../../test/tiff-file.js'
import type { Format } from './format.js'
import { metadataFields, readImageMetadata } from './image-metadata.js'

const read = (
  block: Uint8Array,
  wanted = metadataFields as readonly (typeof metadataFields)[number][],
  format: Format = 'jpeg',
) =>
  readImageMetadata(
    bytesOf('before', block, 'behind'),
    { format, exif: { offset: 6, length: block.length } },
    wanted,
  )

const main = { 271: 'Canon', 272: 'Canon EOS R5', 33432: 'A. Photographer\0An Editor' }
const exif = { 36867: '2026:11:28 10:30:05', 36881: '+01:00' }
const gps = {
  1: 'N',
  2: [
    [52, 1],
    [31, 1],
    [1234, 100],
  ],
  3: 'W',
  4: [
    [13, 1],
    [24, 1],
    [0, 1],
  ],
} as const

test('what was asked for, in both byte orders, with and without prefix', () => {
  for (const little of [true, false]) {
    const block = tiffFile(main, { exif, gps, little })
    const whole = {
      takenAt: '2026-11-28T10:30:05+01:00',
      camera: 'Canon EOS R5',
      copyright: 'A. Photographer; An Editor',
      location: { latitude: 52.520094, longitude: -13.4 },
    }
    expect(read(block)).toEqual(whole)
    expect(read(bytesOf('Exif\0\0', block))).toEqual(whole)
    expect(read(block, ['camera'])).toEqual({ camera: 'Canon EOS R5' })
    expect(read(block, [])).toBeUndefined()
  }
})

test('of a HEIF the number of bytes before it stands in front', () => {
  const block = tiffFile(main)
  expect(read(bytesOf(be(0, 4), block), ['camera'], 'heic')).toEqual({ camera: 'Canon EOS R5' })
  expect(read(bytesOf(be(6, 4), 'Exif\0\0', block), ['camera'], 'avif')).toEqual({ camera: 'Canon EOS R5' })
  expect(read(bytesOf(be(2 ** 31, 4), block), ['camera'], 'heic')).toBeUndefined()
})

test.each([
  ['Canon', 'Canon EOS R5', 'Canon EOS R5'],
  ['NIKON CORPORATION', 'NIKON D850', 'NIKON D850'],
  ['Apple', 'iPhone 17', 'Apple iPhone 17'],
  ['Apple', undefined, 'Apple'],
  [undefined, 'X100', 'X100'],
])('maker %s and model %s are %s', (make, model, camera) => {
  const block = tiffFile({ ...(make && { 271: make }), ...(model && { 272: model }) })
  expect(read(block)).toEqual({ camera })
})

test.each([
  '0000:00:00 00:00:00',
  '2026-11-28 10:30:05',
  '2026:13:01 10:30:05',
  '    :  :     :  :  ',
  '2026:11:28 25:00:00',
])('a date such as %j is none', text => expect(read(tiffFile({}, { exif: { 36867: text } }))).toBeUndefined())

test('an offset that makes no sense is left out', () => {
  const block = tiffFile({}, { exif: { ...exif, 36881: 'CEST' } })
  expect(read(block)).toEqual({ takenAt: '2026-11-28T10:30:05' })
})

test.each([
  [
    'a denominator of 0',
    {
      ...gps,
      2: [
        [0, 0],
        [0, 1],
        [0, 1],
      ],
    },
  ],
  [
    'north of the pole',
    {
      ...gps,
      2: [
        [91, 1],
        [0, 1],
        [0, 1],
      ],
    },
  ],
  ['no reference', { 2: gps[2], 4: gps[4] }],
  [
    'two numbers',
    {
      ...gps,
      4: [
        [1, 1],
        [2, 1],
      ],
    },
  ],
] as const)('a place with %s is none', (_, broken) =>
  expect(read(tiffFile({}, { gps: broken }))).toBeUndefined(),
)

test('text is cut, and has no controls and no marks of direction', () => {
  const text = read(tiffFile({ 33432: `\u202e<b>\u0007 © ${'x'.repeat(400)}` }))?.copyright ?? ''
  expect(text).toMatch(/^<b> © x+$/)
  expect(text.length).toBe(200)
})

test('one broken directory does not take the others with it', () => {
  const block = tiffFile(main, { exif, gps })
  expect(read(block.subarray(0, -40), ['camera', 'location'])).toEqual({ camera: 'Canon EOS R5' })
})

test('never throws', () => {
  const whole = tiffFile(main, { exif, gps })
  const blocks = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }).map(changes => {
      const changed = whole.slice()
      for (const [at, value] of changes) changed[at] = value
      return changed
    }),
    fc.nat(whole.length).map(end => whole.subarray(0, end)),
  )
  fc.assert(
    fc.property(blocks, fc.constantFrom<Format>('jpeg', 'heic'), (block, format) => {
      const found = read(block, metadataFields, format)
      for (const key of Object.keys(found ?? {})) expect(metadataFields).toContain(key)
    }),
    { numRuns: 2000 },
  )
})
