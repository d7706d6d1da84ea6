import { expect, test } from 'vitest'
import { keyFor, keyGrammar, makeKeyStem } from './key.js'

test('a key is the UTC month, 128 random bits and the extension of what was encoded', () => {
  const stem = makeKeyStem(new Date('2026-12-31T23:59:59Z'))
  expect(stem).toMatch(/^202612\/[0-9a-f]{32}$/)
  expect(keyFor(stem, 'main', 'webp')).toBe(`${stem}.webp`)
  expect(keyFor(stem, 'thumb', 'gif')).toBe(`${stem}-thumb.gif`)
  expect(makeKeyStem(new Date('2027-01-01T00:00:00+05:00'))).toMatch(/^202612\//)
})

test('keys do not repeat, and every bit of them moves', () => {
  const stems = Array.from({ length: 1000 }, () => makeKeyStem(new Date()))
  expect(new Set(stems).size).toBe(1000)
  const digits = stems.map(stem => stem.slice(7))
  for (let place = 0; place < 32; place++)
    expect(new Set(digits.map(stem => stem.charAt(place))).size).toBe(16)
})

const random = '0123456789abcdef0123456789abcdef'

test.each([`202611/${random}.webp`, `202601/${random}-thumb.gif`, `202612/${random}-${'a'.repeat(32)}.webp`])(
  '%s is a key',
  key => expect(key).toMatch(keyGrammar),
)

test.each([
  `202613/${random}.webp`,
  `202600/${random}.webp`,
  `202611/${random.slice(1)}.webp`,
  `202611/${random}0.webp`,
  `202611/${random.toUpperCase()}.webp`,
  `202611/${random}.jpeg`,
  `202611/${random}.webp\n`,
  `202611/${random}.webp.php`,
  `202611/${random}-.webp`,
  `202611/${random}-Thumb.webp`,
  `202611/${random}-${'a'.repeat(33)}.webp`,
  `../202611/${random}.webp`,
  `202611/../${random}.webp`,
  `/202611/${random}.webp`,
  `202611\\${random}.webp`,
  '',
])('%j is none', key => expect(key).not.toMatch(keyGrammar))
