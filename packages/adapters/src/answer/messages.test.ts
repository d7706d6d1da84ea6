import { errorTable, foreignNames, formats, formatTable, UploadError } from '@sluice/core'
import { expect, test } from 'vitest'
import { messageFor } from './messages.js'
import { german } from './messages-de.js'

const catalogue = { de: german }
const pdf = new UploadError('format-not-allowed', { found: 'a PDF document', accepted: 'jpg, png' })

test.each([
  [null, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['de-AT,en;q=0.5', 'de'],
  ['DE', 'de'],
  ['en, de', 'en'],
  ['en;q=0.3, de;q=0.8', 'de'],
  ['de;q=0, en', 'en'],
  ['fr, de;q=0.1', 'de'],
  ['fr', 'en'],
  ['*', 'en'],
  ['__proto__', 'en'],
  ['de;q=nonsense', 'en'],
])('for %j the language is %s', (header, language) => {
  expect(messageFor(pdf, catalogue, header).language).toBe(language)
})

test('numbers and words are filled in', () => {
  expect(messageFor(pdf, catalogue, 'de').text).toBe('Das ist ein PDF-Dokument. Angenommen werden: jpg, png.')
  expect(messageFor(pdf, catalogue, 'en').text).toBe('This is a PDF document. Accepted are: jpg, png.')
})

test('a code without a translation is said in English', () => {
  expect(messageFor(pdf, { fr: { codes: {} } }, 'fr')).toEqual({
    language: 'en',
    text: 'This is a PDF document. Accepted are: jpg, png.',
  })
})

test('German has every code with the same places, and every word', () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
  for (const [code, { message }] of Object.entries(errorTable))
    expect([code, places(german.codes[code as keyof typeof errorTable] ?? '')]).toEqual([
      code,
      places(message),
    ])
  expect(Object.keys(german.codes).sort()).toEqual(Object.keys(errorTable).sort())
  const labels = formats.map(format => formatTable[format].label)
  expect(Object.keys(german.words ?? {})).toEqual(expect.arrayContaining([...foreignNames, ...labels]))
})
