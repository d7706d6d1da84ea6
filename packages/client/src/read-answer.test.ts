import { definePolicy } from '@sluice/core'
import { german } from '@sluice/core/messages/de'
import { expect, test } from 'vitest'
import { readAnswer } from './read-answer.js'

const policy = definePolicy({ maxBytes: 5 })
const read = (status: number, body: unknown, retryAfter: string | null = null) =>
  readAnswer({ status, body: typeof body === 'string' ? body : JSON.stringify(body), retryAfter }, policy)
const thrownBy = (...answer: Parameters<typeof read>) => {
  try {
    return read(...answer)
  } catch (error) {
    return error
  }
}

const file = { key: 'a', url: '/a', format: 'webp', width: 8, height: 6, frames: 1, bytes: 9, sha256: '0a' }
const image = { ...file, variants: { thumb: file } }

test('an accepted upload is its image, also out of a list', () => {
  expect(read(201, image)).toEqual(image)
  expect(read(201, { uploads: [image, { ...image, key: 'b' }] })).toEqual(image)
  expect(read(200, { ...image, title: 'of the application' })).toMatchObject(image)
})

test.each([
  {},
  { id: 7 },
  { uploads: [] },
  { uploads: 'a' },
  { uploads: [null] },
  ...Object.keys(image).map(name => ({ ...image, [name]: undefined })),
  { ...image, url: '' },
  { ...image, width: '8' },
  { ...image, variants: { thumb: { ...file, url: undefined } } },
  { ...image, variants: { thumb: null } },
])('a success that does not tell of an image is our fault: %j', body => {
  expect(thrownBy(201, body)).toMatchObject({
    code: 'internal',
    detail: `201: ${JSON.stringify(body)}`.slice(0, 205),
  })
})

test('a problem is the error that the server threw, in the language in which it answered', () => {
  const problem = { code: 'too-large', title: 'Die Datei ist zu groß.', status: 413, params: { maxBytes: 7 } }
  expect(thrownBy(413, problem)).toMatchObject({
    name: 'UploadError',
    code: 'too-large',
    status: 413,
    message: 'Die Datei ist zu groß.',
    params: { maxBytes: 7 },
  })
})

test.each([
  [413, 'too-large', 'The file is too large: at most 5 bytes are accepted.'],
  [401, 'unauthenticated', 'Sign in to upload images.'],
  [429, 'rate-limited', 'Too many uploads. Try again in 9 seconds.'],
  [502, 'busy', 'The server is busy. Try again in 9 seconds.'],
  [200, 'internal', 'Something went wrong on our side.'],
  [404, 'internal', 'Something went wrong on our side.'],
])('what answers %s in its own words becomes %s', (status, code, message) => {
  expect(thrownBy(status, '<h1>nginx</h1>', '9')).toMatchObject({
    code,
    message,
    detail: `${status}: <h1>nginx</h1>`,
  })
})

test('what answers in its own words is said in the language of the page', () => {
  const nginx = { status: 413, body: '<h1>nginx</h1>', retryAfter: null }
  expect(() => readAnswer(nginx, definePolicy(), german)).toThrow('höchstens 8 MB werden angenommen.')
  const problem = { code: 'too-large', title: 'of the server', params: {} }
  expect(() => readAnswer({ ...nginx, body: JSON.stringify(problem) }, policy, german)).toThrow(
    'of the server',
  )
})

test.each([{ code: 'constructor' }, { code: 7 }, { title: 'no code' }, 'null', '[]'])(
  'a problem of somebody else goes by its status: %j',
  body => {
    expect(thrownBy(403, body)).toMatchObject({
      code: 'forbidden',
      message: 'You may not upload images here.',
    })
  },
)
