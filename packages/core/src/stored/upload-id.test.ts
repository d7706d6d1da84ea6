import { expect, test } from 'vitest'
import { keyFor, keyGrammar } from './key.js'
import { keyring } from './keyring.js'
import { newUploadId, stemOf } from './upload-id.js'

const secrets = { old: 'o'.repeat(32), new: 'n'.repeat(64) }
const ring = keyring({ current: 'new', secrets })
const upload = { id: 'upload-1', offered: '2026-11-30T23:59:59.999Z', secret: 'new' }
const drawing = { policy: '0123456789abcdef', codecVersion: 'kernel-1', view: {}, index: 0 }

test('an upload is called the same each time, in the month of its offer', async () => {
  const stem = await stemOf(upload, ring, drawing)
  expect(await stemOf({ ...upload }, keyring({ current: 'old', secrets }), { ...drawing })).toBe(stem)
  // printf 'key\\0["upload-1","0123456789abcdef","kernel-1",[null,null],0]' | openssl mac -digest SHA256 \\
  //   -macopt key:nnnn... HMAC
  expect(stem).toBe('202611/8536910e81c713782338901ff92384e3')
  expect(keyFor(stem, 'thumb', 'webp')).toMatch(keyGrammar)
})

test('whatever decides the bytes, and the secret, decides the name', async () => {
  const crop = { x: 0, y: 0, width: 0.5, height: 1 }
  const stems = await Promise.all([
    stemOf(upload, ring, drawing),
    stemOf({ ...upload, id: 'upload-2' }, ring, drawing),
    stemOf({ ...upload, secret: 'old' }, ring, drawing),
    stemOf({ ...upload, offered: '2026-12-01T00:00:00Z' }, ring, drawing),
    stemOf(upload, ring, { ...drawing, policy: 'f'.repeat(16) }),
    stemOf(upload, ring, { ...drawing, codecVersion: 'kernel-2' }),
    stemOf(upload, ring, { ...drawing, view: { crop } }),
    stemOf(upload, ring, { ...drawing, view: { focus: { x: 0, y: 0 } } }),
    stemOf(upload, ring, { ...drawing, index: 1 }),
  ])
  expect(new Set(stems).size).toBe(stems.length)
  expect(stems[3]?.slice(0, 7)).toBe('202612/')
  const turned = { height: 1, width: 0.5, y: 0, x: 0 }
  expect(await stemOf(upload, ring, { ...drawing, view: { crop: turned } })).toBe(stems[6])
})

test('an id is new and serialisable', () => {
  const one = newUploadId(ring)
  expect(JSON.parse(JSON.stringify(one))).toEqual(one)
  expect(one).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/), secret: 'new' })
  expect(newUploadId(ring).id).not.toBe(one.id)
})

test.each([
  [{ id: '' }, /1 to 200/],
  [{ id: 'x'.repeat(201) }, /1 to 200/],
  [{ offered: 'yesterday' }, /not a date/],
  [{ offered: '+010000-01-01T00:00:00Z' }, /not a date/],
  [{ secret: 'gone' }, /no secret/],
  [{ secret: 'toString' }, /no secret/],
])('%j is refused', async (change, message) => {
  await expect(stemOf({ ...upload, ...change }, ring, drawing)).rejects.toThrow(message)
})

test.each([
  [{ current: 'news', secrets }, /did you mean new/],
  [{ current: 'a', secrets: {} }, /not the id of a secret/],
  [{ current: 'a', secrets: { a: 'short' } }, /at least 32/],
  [{ current: 'a b', secrets: { 'a b': 'x'.repeat(32) } }, /must match/],
])('a keyring that cannot be right fails at start: %j', (given, message) => {
  expect(() => keyring(given)).toThrow(message)
  expect(() => keyring(given)).not.toThrow('short')
})
