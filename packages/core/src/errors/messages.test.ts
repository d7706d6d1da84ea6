import { expect, test } from 'vitest'
import { german } from '../messages/de.js'
import { english } from '../messages/en.js'
import { fillMessage, sayKind, sayRefusal } from './messages.js'
import { sayNumber } from './units.js'

test.each([
  ['maxBytes', 5, '5 bytes'],
  ['maxBytes', 1023, '1,023 bytes'],
  ['maxBytes', 1024, '1 kB'],
  ['maxBytes', 8 * 2 ** 20, '8 MB'],
  ['maxBytes', 8 * 2 ** 20 - 1, '7.9 MB'],
  // What is promised is accepted, in units of 1000 too.
  ['maxBytes', 8_000_000, '7.6 MB'],
  ['maxBytes', 2 ** 30, '1 GB'],
  // What was found is never said to be within the limit.
  ['metadataBytes', 2 ** 20 + 1, '1.1 MB'],
  ['maxMetadataBytes', 2 ** 20, '1 MB'],
  ['trailingBytes', 1, '1 byte'],
  ['memoryMb', 512, '512 MB'],
  ['maxPixels', 64_000_000, '64 megapixels'],
  ['maxPixels', 1_000_000, '1 megapixel'],
  ['maxPixels', 999_999, '999,999 pixels'],
  ['maxTotalPixels', 128_000_000, '128 megapixels'],
  ['totalPixels', 128_000_001, '128.1 megapixels'],
  ['timeMs', 10_000, '10 seconds'],
  ['timeMs', 500, '0.5 seconds'],
  ['retryAfter', 1, '1 second'],
  ['retryAfter', 0.2, '1 second'],
  ['retryAfter', 90, '90 seconds'],
  ['retryAfter', 91, '2 minutes'],
  ['retryAfter', 5401, '2 hours'],
  ['maxFiles', 1, '1 file'],
  ['maxFiles', 10, '10 files'],
  ['maxFrames', 1, '1 frame'],
  ['limit', 4, '4 uploads'],
  ['width', 9000, '9000'],
  ['toString', 9000, '9000'],
])('%s of %d is said as %s', (name, value, text) => {
  expect(sayNumber(name, value, 'en', english.units)).toBe(text)
})

test('what a file is comes from the catalogue, text of others stays as it is', () => {
  expect(sayRefusal('format-not-allowed', { found: 'pdf', accepted: 'jpg' }, german)).toBe(
    'Das ist ein PDF-Dokument. Angenommen werden: jpg.',
  )
  expect(sayRefusal('rejected', { reason: 'pdf' })).toBe('The image was refused: pdf.')
  expect(sayKind('toString')).toBe('toString')
})

test('what a catalogue leaves out is said in English, also its units', () => {
  const few = { language: 'de', codes: { 'too-many-files': 'Höchstens {maxFiles}.' } }
  expect(sayRefusal('too-many-files', { maxFiles: 2 }, few)).toBe('Höchstens 2 files.')
  expect(sayRefusal('empty-file', {}, few)).toBe(english.codes['empty-file'])
})

test('a message is filled only from own values, once', () => {
  expect(fillMessage('{a} {b} {toString}', { a: '{b}', b: 1 })).toBe('{b} 1 ')
  expect(fillMessage('{a}', { a: '$&' })).toBe('$&')
})
