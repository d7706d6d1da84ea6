import { expect, test } from 'vitest'
import { definePolicy } from '../policy/policy.js'
import { admit } from './admit.js'

const policy = definePolicy({ maxBytes: 5, maxNameBytes: 12 })
const body = new Uint8Array([1, 2, 3, 4, 5])

test('an upload with an accepted name passes with its cleaned name and extension', async () => {
  expect(await admit({ body, name: 'my cät.JPG' }, policy)).toEqual({
    bytes: body,
    name: 'my_cat.JPG',
    extension: 'jpg',
  })
})

test('a body without a name has no extension', async () => {
  expect(await admit({ body }, policy)).toEqual({ bytes: body, name: '', extension: undefined })
})

test.each([
  'cat.php',
  'cat.jpg.php',
  'cat.jpg%2Ephp',
  'a.php%00.jpg',
  'a.php\0.jpg',
  'cat',
  '',
  '../jpg',
  'a.svg',
  'a.heic',
])('%j is refused by its extension', async name => {
  const refused = admit({ body, name }, definePolicy())
  await expect(refused).rejects.toMatchObject({
    code: 'extension-not-allowed',
    status: 415,
    params: { accepted: 'jpg, jpeg, png, gif, webp' },
  })
})

test('a name is measured in bytes of UTF-8', async () => {
  await expect(admit({ body, name: 'äääää.jpg' }, policy)).rejects.toMatchObject({
    code: 'name-too-long',
    params: { maxNameBytes: 12 },
  })
  expect(await admit({ body, name: 'ääää.jpg' }, policy)).toMatchObject({ name: 'aaaa.jpg' })
  await expect(admit({ body, name: `${'a'.repeat(9)}.jpg` }, policy)).rejects.toMatchObject({
    code: 'name-too-long',
  })
})

test('size and abort signal are handed on', async () => {
  await expect(admit({ body: new Uint8Array(6) }, policy)).rejects.toMatchObject({ code: 'too-large' })
  await expect(admit({ body, contentLength: 6 }, policy)).rejects.toMatchObject({ code: 'too-large' })
  await expect(admit({ body }, policy, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' })
})

test('a photo of a phone is refused with what to do about it', async () => {
  const messageOf = (name: string) =>
    admit({ body, name }, definePolicy()).catch(({ message }: Error) => message)
  expect(await messageOf('IMG_0001.HEIC')).toBe(
    'Files of this kind are not accepted (a HEIC photo must be saved as JPEG first). ' +
      'Accepted are: jpg, jpeg, png, gif, webp.',
  )
  expect(await messageOf('a.avif')).toContain('(an AVIF must be saved as JPEG first)')
  expect(await messageOf('a.heic.php')).toContain('are not accepted. Accepted')
})
