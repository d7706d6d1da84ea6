import { describe, expect, test } from 'vitest'
import { crossOriginGuard } from './cross-origin.js'

const trustedOrigins = ['https://app.example', 'https://other.example:8443']
const request = (headers: Record<string, string>, clientCertificate = false) => ({
  method: 'POST',
  headers: new Headers({ ...form, ...headers }),
  host: 'here.example',
  address: undefined,
  clientCertificate,
})
const check = crossOriginGuard({ trustedOrigins })
const strict = crossOriginGuard({ trustedOrigins, requireOrigin: true })
const form = { 'content-type': 'multipart/form-data; boundary=x' }

test.each([
  ['the same origin', { 'sec-fetch-site': 'same-origin', origin: 'https://here.example' }],
  ['a person, not a page', { 'sec-fetch-site': 'none' }],
  ['a trusted origin', { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' }],
  ['a trusted origin with a port', { 'sec-fetch-site': 'same-site', origin: 'https://other.example:8443' }],
  ['an old browser, same host', { origin: 'https://here.example' }],
  ['a program that sends the image itself', { 'content-type': 'image/png' }],
])('allowed: %s', (_, headers) => {
  expect(() => check(request(headers))).not.toThrow()
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
  ['a sandboxed page with a token', { origin: 'null', authorization: 'Bearer x' }],
])('refused: %s', (_, headers) => {
  expect(() => check(request(headers))).toThrowError(
    expect.objectContaining({ code: 'cross-site', status: 403 }),
  )
})

describe('with neither Origin nor Sec-Fetch-Site', () => {
  test.each([
    ['a form', {}],
    ['a form with a Bearer token', { authorization: 'bearer abc' }],
    ['text', { 'content-type': 'text/plain' }],
    ['URL-encoded fields', { 'content-type': 'Application/X-WWW-Form-URLEncoded;charset=utf-8' }],
    ['no content type at all', { 'content-type': '' }],
  ])('%s comes from a program, and with requireOrigin it is refused', (_, headers) => {
    expect(() => check(request(headers))).not.toThrow()
    expect(() => strict(request(headers))).toThrowError(
      expect.objectContaining({
        code: 'origin-missing',
        message: expect.stringMatching(/csrf\.requireOrigin/),
      }),
    )
  })

  test.each([
    ['a cookie', { cookie: 'session=1' }, false, 'with Cookie'],
    ['a cookie and a token', { cookie: 'a=b', authorization: 'Bearer x' }, false, 'with Cookie'],
    ['a password', { authorization: 'Basic YTpi' }, false, 'Authorization'],
    ['Kerberos', { authorization: 'Negotiate abc' }, false, 'Authorization'],
    ['a scheme that only looks like it', { authorization: 'Bearerish x' }, false, 'Authorization'],
    ['a client certificate', {}, true, 'client certificate'],
  ])('%s may come from a browser: refused, with what is missing', (_, headers, certificate, named) => {
    const refuse = () => check(request(headers, certificate))
    expect(refuse).toThrowError(expect.objectContaining({ code: 'origin-missing', status: 403 }))
    expect(refuse).toThrowError(new RegExp(`${named}.*Origin or Sec-Fetch-Site.*option csrf`))
  })

  test('an image alone is nothing that a form can send', () => {
    const image = request({ 'content-type': 'image/png', cookie: 'session=1' }, true)
    expect(() => check(image)).not.toThrow()
    expect(() => strict(image)).not.toThrow()
  })
})

test.each([
  'app.example',
  'https://app.example/',
  'https://APP.example',
  'https://a@app.example',
  '*',
  'null',
])('the trusted origin %s is refused at start', origin =>
  expect(() => crossOriginGuard({ trustedOrigins: [origin] })).toThrowError(/csrf\.trustedOrigins/),
)
