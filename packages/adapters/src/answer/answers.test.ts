import { UploadError, type Uploaded } from '@sluice/core'
import { expect, test } from 'vitest'
import { answerTo } from './answer-to.js'
import { problem } from './problem.js'
import { redirectTo, wantsPage } from './redirect.js'

const upload: Uploaded = {
  key: '202611/aa.webp',
  url: '/images/202611/aa.webp',
  format: 'webp',
  width: 1,
  height: 2,
  frames: 1,
  bytes: 3,
  sha256: 'cc',
  variants: {},
}
const form = { uploads: [upload] }
const settings = { redirect: undefined, messages: {}, single: true }
const page = new Headers({ accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })

test('an accepted upload is 201 with its place and its JSON', () => {
  expect(answerTo({ form, headers: { RateLimit: 'x' } }, new Headers(), settings)).toEqual({
    status: 201,
    headers: {
      RateLimit: 'x',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Content-Type': 'application/json',
      Location: upload.url,
    },
    body: JSON.stringify(upload),
  })
})

test('where several files may be sent, the answer is a list', () => {
  const many = { ...settings, single: false }
  expect(JSON.parse(answerTo({ form, headers: {} }, new Headers(), many).body)).toEqual({ uploads: [upload] })
})

test('where no file was sent and none need be, nothing was created', () => {
  const { status, headers, body } = answerTo({ form: { uploads: [] }, headers: {} }, new Headers(), settings)
  expect([status, headers.Location, body]).toEqual([200, undefined, '{"uploads":[]}'])
})

test('a refusal names its file', () => {
  const error = new UploadError('empty-file', {}, { file: 'cat.png' })
  expect(JSON.parse(problem(error, new Headers(), {}).body)).toMatchObject({
    code: 'empty-file',
    file: 'cat.png',
  })
})

test('a refusal is a problem with the numbers, and nothing private', () => {
  const error = new UploadError(
    'too-large',
    { maxBytes: 5 },
    { detail: '/srv/secret', cause: new Error('stack') },
  )
  const answer = problem(error, new Headers(), {})
  expect(answer.status).toBe(413)
  expect(answer.headers).toMatchObject({
    'Content-Type': 'application/problem+json',
    'Content-Language': 'en',
  })
  expect(JSON.parse(answer.body)).toEqual({
    type: 'urn:sluice:problem:too-large',
    title: 'The file is too large: at most 5 bytes are accepted.',
    status: 413,
    code: 'too-large',
    params: { maxBytes: 5 },
  })
})

test('some statuses want more of HTTP', () => {
  expect(
    problem(new UploadError('method-not-allowed', { methods: 'POST, PUT' }), new Headers(), {}).headers,
  ).toMatchObject({
    Allow: 'POST, PUT',
  })
  expect(
    problem(new UploadError('rate-limited', { retryAfter: 7 }), new Headers(), {}).headers,
  ).toMatchObject({
    'Retry-After': '7',
  })
})

test('a form of a browser is sent back to its page with a code', () => {
  const back = { ...settings, redirect: '/upload?tab=2#form' }
  const refused = answerTo({ error: new UploadError('too-large'), headers: {} }, page, back)
  expect(refused).toMatchObject({ status: 303, headers: { Location: '/upload?tab=2&upload=too-large#form' } })
  expect(answerTo({ form, headers: {} }, page, back).headers.Location).toBe('/upload?tab=2&upload=done#form')
  expect(redirectTo('/upload', 'done').headers.Location).toBe('/upload?upload=done')
  // Programs get JSON all the same, and so does everybody where no page is set.
  expect(answerTo({ form, headers: {} }, new Headers({ accept: '*/*' }), back).status).toBe(201)
  expect(answerTo({ form, headers: {} }, page, settings).status).toBe(201)
})

test.each([
  ['text/html', true],
  ['application/json, text/html;q=0.1', true],
  ['application/json', false],
  ['*/*', false],
  ['', false],
])('Accept %j wants a page: %s', (accept, wants) => expect(wantsPage(new Headers({ accept }))).toBe(wants))
