import { createHmac } from 'node:crypto'
import { field, file } from '../../../packages/adapters/test/multipart-body.js'
import { secret } from '../apps/endpoints.js'
import { form, png, type Row, row, sameOrigin } from './row.js'

const token = (() => {
  const random = '00112233445566778899aabbccddeeff'
  return `${random}.${createHmac('sha256', secret).update(`${random}.`).digest('hex')}`
})()
export const guard: readonly Row[] = [
  row({
    name: 'a token in the header',
    path: '/token',
    body: form(),
    expect: 201,
    headers: {
      ...sameOrigin,
      cookie: `csrf=${token}`,
      'x-csrf-token': token,
    },
  }),
  row({
    name: 'a token in a field before the file',
    path: '/token',
    body: form([field('csrf', token), file(png)]),
    expect: 201,
    headers: {
      ...sameOrigin,
      cookie: `csrf=${token}`,
    },
  }),
  row({
    name: 'a token behind the file',
    path: '/token',
    body: form([file(png), field('csrf', token)]),
    expect: 'csrf-token',
    headers: {
      ...sameOrigin,
      cookie: `csrf=${token}`,
    },
  }),
  row({
    name: 'no token',
    path: '/token',
    body: form(),
    expect: 'csrf-token',
    headers: { ...sameOrigin, cookie: `csrf=${token}` },
  }),
  row({
    name: 'the first of two',
    path: '/rate',
    body: form(),
    expect: 201,
    headers: { 'x-role': 'a' },
    check: ({ headers }) => headers.ratelimit === '"upload";r=1;t=7',
  }),
  row({
    name: 'the second of two',
    path: '/rate',
    body: form([file('hello')]),
    expect: 'format-unknown',
    headers: { 'x-role': 'a' },
    check: ({ headers }) => headers.ratelimit === '"upload";r=0;t=7',
  }),
  row({
    name: 'the third of two',
    path: '/rate',
    body: form(),
    expect: 'rate-limited',
    headers: { 'x-role': 'a' },
    check: ({ headers }) => headers['retry-after'] === '7',
  }),
  row({
    name: 'another user',
    path: '/rate',
    body: form(),
    expect: 201,
    headers: { 'x-role': 'a', 'x-user': 'bob' },
  }),
  row({ name: 'a quota of one file', path: '/quota', body: form(), expect: 201, headers: { 'x-role': 'a' } }),
  row({
    name: 'the second file',
    path: '/quota',
    body: form(),
    expect: 'quota-exceeded',
    headers: { 'x-role': 'a' },
    check: ({ headers }) => headers['retry-after'] === '7',
  }),
  row({ name: 'room for one image', path: '/one-image', body: form(), expect: 201 }),
  row({ name: 'no room for a second', path: '/one-image', body: form(), expect: 'too-many-stored' }),
  row({ name: 'no room for its bytes', path: '/one-byte', body: form(), expect: 'storage-full' }),
  row({ name: 'records that are down', path: '/broken-records', body: form(), expect: 'store-failed' }),
]
