import { UploadError } from '@sluice/core'
import { german } from '@sluice/core/messages/de'
import { expect, test } from 'vitest'
import { checkMessages, messageFor } from './messages.js'

const catalogue = { de: german }
const pdf = new UploadError('format-not-allowed', { found: 'pdf', accepted: 'jpg, png' })

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
  expect(messageFor(pdf, { fr: { language: 'fr', codes: {} } }, 'fr')).toEqual({
    language: 'en',
    text: 'This is a PDF document. Accepted are: jpg, png.',
  })
})

test('a catalogue for another language makes its own the default, and says which it is', () => {
  const { language, text } = messageFor(new UploadError('no-file'), { en: german }, null)
  expect(language).toBe('de')
  expect(text).toBe(messageFor(new UploadError('no-file'), { de: german }, 'de').text)
})

test('a catalogue in place of an object by language is told how to be written', () => {
  for (const given of [german, [german]])
    expect(() => checkMessages(given as never)).toThrow('keyed by language, such as { de: german }')
})
