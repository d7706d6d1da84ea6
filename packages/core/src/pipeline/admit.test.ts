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

test.each(['cat.php', 'cat.jpg.php', 'cat.jpg%2Ephp', 'a.php%00.jpg', 'a.php\0.jpg', '../jpg', 'a.svg'])(
  '%j is refused by its extension',
  async name => {
    const refused = admit({ body, name }, definePolicy())
    await expect(refused).rejects.toMatchObject({
      code: 'extension-not-allowed',
      status: 415,
      params: { accepted: 'jpg, jpeg, jfif, png, gif, webp' },
    })
  },
)

test.each(['cat', '', 'Blob', 'blob '])('%j is refused for want of an extension', async name => {
  await expect(admit({ body, name }, definePolicy())).rejects.toMatchObject({
    code: 'extension-missing',
    status: 415,
    message: expect.stringContaining('Rename the file so that it ends in one of: jpg, jpeg, jfif,'),
  })
})

test('`blob` is what a browser calls a Blob without a name: it is none', async () => {
  expect(await admit({ body, name: 'blob' }, policy)).toEqual({ bytes: body, name: '', extension: undefined })
  await expect(admit({ body, name: 'blob.php' }, policy)).rejects.toMatchObject({
    code: 'extension-not-allowed',
  })
})

test('where the nameless are accepted, a name without an extension passes, and no other', async () => {
  const open = definePolicy({ nameless: 'accept' })
  for (const [name, cleaned] of [
    ['picture', 'picture'],
    ['image 2', 'image_2'],
    ['', ''],
  ] as const)
    expect(await admit({ body, name }, open)).toEqual({ bytes: body, name: cleaned, extension: undefined })
  for (const name of ['a.php', 'a.php%00', 'a.php\0', 'a%2ephp', '.htaccess'])
    await expect(admit({ body, name }, open)).rejects.toMatchObject({ code: 'extension-not-allowed' })
})

test('names that programs of other systems give to JPEG and PNG are known', async () => {
  expect(await admit({ body, name: 'saved by chrome.jfif' }, definePolicy())).toMatchObject({
    extension: 'jfif',
  })
  const wide = definePolicy({ extensions: ['jpe', 'pjpeg', 'apng'] })
  expect(wide.formats).toEqual(['jpeg', 'png'])
  for (const extension of wide.extensions)
    expect(await admit({ body, name: `a.${extension}` }, wide)).toMatchObject({ extension })
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

test('what shall be seen of the picture is checked before a byte is read', async () => {
  const crop = { x: 0, y: 0.5, width: 1, height: 0.5 }
  expect(await admit({ body, crop }, policy)).toMatchObject({ view: { crop } })
  expect(await admit({ body, focus: { x: 0, y: 1 } }, policy)).toMatchObject({
    view: { focus: { x: 0, y: 1 } },
  })
  expect(await admit({ body }, policy)).not.toHaveProperty('view')
  const unread = new ReadableStream<Uint8Array>({ pull: () => expect.fail() }, { highWaterMark: 0 })
  await expect(admit({ body: unread, crop: { ...crop, height: 2 } }, policy)).rejects.toMatchObject({
    code: 'invalid-crop',
    stage: 'admit',
  })
})

test('size and abort signal are handed on', async () => {
  await expect(admit({ body: new Uint8Array(6) }, policy)).rejects.toMatchObject({ code: 'too-large' })
  await expect(admit({ body, contentLength: 6 }, policy)).rejects.toMatchObject({ code: 'too-large' })
  await expect(admit({ body }, policy, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' })
})

test('a photo of a phone is refused with what to do about it', async () => {
  const refusalOf = (name: string) =>
    admit({ body, name }, definePolicy()).catch(({ code, params, message }) => ({ code, params, message }))
  expect(await refusalOf('IMG_0001.HEIC')).toEqual({
    code: 'format-not-enabled',
    params: { found: 'heic', accepted: 'jpg, jpeg, jfif, png, gif, webp' },
    message:
      'This is a HEIC photo, which must be saved as JPEG first. Accepted are: jpg, jpeg, jfif, png, gif, webp.',
  })
  expect(await refusalOf('a.avif')).toMatchObject({ code: 'format-not-enabled', params: { found: 'avif' } })
  expect(await refusalOf('a.heic.php')).toMatchObject({ code: 'extension-not-allowed' })
})
