import { expect, test } from 'vitest'
import { crossOriginGuard } from './cross-origin.js'

const check = crossOriginGuard(['https://app.example', 'https://other.example:8443'])
const form = { host: 'here.example', 'content-type': 'multipart/form-data; boundary=x' }

test.each([
  ['the same origin', { 'sec-fetch-site': 'same-origin', origin: 'https://here.example' }],
  ['a person, not a page', { 'sec-fetch-site': 'none' }],
  ['a trusted origin', { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' }],
  ['a trusted origin with a port', { 'sec-fetch-site': 'same-site', origin: 'https://other.example:8443' }],
  ['an old browser, same host', { origin: 'https://here.example' }],
  ['a program that sends the image itself', { 'content-type': 'image/png' }],
])('allowed: %s', (_, headers) => {
  expect(() => check(new Headers({ ...form, ...headers }))).not.toThrow()
})

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a sibling', { 'sec-fetch-site': 'same-site', origin: 'https://sub.here.example' }],
  ['another site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
  ['an unknown word', { 'sec-fetch-site': 'friendly', origin: 'https://here.example' }],
  ['an old browser, another host', { origin: 'https://evil.example' }],
  ['an old browser, another port', { origin: 'https://here.example:444' }],
  ['a sandboxed page', { origin: 'null' }],
  ['a user name in the origin', { origin: 'https://evil@here.example' }],
  ['a path in the origin', { origin: 'https://here.example/' }],
  ['upper case', { origin: 'HTTPS://HERE.EXAMPLE' }],
  ['a trusted origin with more behind it', { origin: 'https://app.example.evil.example' }],
  ['a trusted host by another scheme', { origin: 'http://app.example' }],
  ['a form that says nothing', {}],
  ['text that says nothing', { 'content-type': 'text/plain' }],
  ['a form of URL-encoded fields', { 'content-type': 'Application/X-WWW-Form-URLEncoded;charset=utf-8' }],
  ['no content type at all', { 'content-type': '' }],
])('refused: %s', (_, headers) => {
  expect(() => check(new Headers({ ...form, ...headers }))).toThrowError(
    expect.objectContaining({ code: 'cross-site', status: 403 }),
  )
})

test.each([
  'app.example',
  'https://app.example/',
  'https://APP.example',
  'https://a@app.example',
  '*',
  'null',
])('the trusted origin %s is refused at start', origin =>
  expect(() => crossOriginGuard([origin])).toThrowError(/csrf\.trustedOrigins/),
)
