import { keyFor, keyGrammar, makeKeyStem, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import fc from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { ServeOptions } from './options.js'
import { keyOfPath, serving } from './serve.js'

const store = memoryStore()
const stem = makeKeyStem(new Date())
const key = keyFor(stem, 'main', 'webp')
const etag = `"${key}"`
const bytes = Uint8Array.from({ length: 100 }, (_, index) => index)
beforeAll(() =>
  store.commit([
    { key, bytes, type: 'image/webp' },
    { key: keyFor(stem, 'thumb', 'avif'), bytes, type: 'image/avif' },
    { key: keyFor(stem, 'main', 'gif'), bytes, type: 'image/gif' },
  ]),
)

function ask(
  fields: Record<string, string> = {},
  method = 'GET',
  path = `/images/${key}`,
  options: ServeOptions = {},
) {
  return serving(store, options)({ method, path, fields: new Headers(fields) }, undefined)
}

const secure = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
}

test('an image comes whole, as what it is, and can do nothing', async () => {
  expect(await ask()).toEqual({
    status: 200,
    headers: {
      ...secure,
      'Cross-Origin-Resource-Policy': 'same-site',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Accept-Ranges': 'bytes',
      ETag: etag,
      'Content-Type': 'image/webp',
      'Content-Length': '100',
      'Content-Disposition': 'inline',
    },
    body: bytes,
  })
  expect((await ask({}, 'GET', `/images/${stem}-thumb.avif`)).headers['Content-Type']).toBe('image/avif')
  expect((await ask({}, 'GET', `/images/${stem}.gif`)).headers['Content-Type']).toBe('image/gif')
})

test('HEAD tells the same and sends nothing', async () => {
  const { body, ...head } = await ask()
  expect(body).toHaveLength(100)
  expect(await ask({ range: 'bytes=0-1' }, 'HEAD')).toEqual(head)
})

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'get'])(
  '%s is not for images',
  async method => {
    const { status, headers, body } = await ask({}, method)
    expect([status, headers.Allow, body]).toEqual([405, 'GET, HEAD', undefined])
  },
)

test('what is not there is told in one way, whatever it is', async () => {
  const answers = [
    await ask({}, 'GET', `/images/${makeKeyStem(new Date())}.webp`),
    await ask({}, 'GET', `/images/${stem}-large.webp`),
    await ask({}, 'GET', '/images/../../etc/passwd'),
    await ask({ 'if-none-match': '*' }, 'GET', `/images/${stem}.avif`),
    await ask({ 'if-none-match': '*' }, 'HEAD', '/'),
  ]
  for (const answer of answers)
    expect(answer).toEqual({
      status: 404,
      headers: { ...secure, 'Cache-Control': 'no-store', 'Content-Length': '0' },
    })
})

describe('conditions (RFC 9110, 13)', () => {
  test.each([
    [etag, 304],
    [`W/${etag}`, 304],
    [`"other", ${etag}`, 304],
    ['*', 304],
    ['"other"', 200],
    [`W/"other","${stem}"`, 200],
    ['', 200],
  ])('If-None-Match: %s is %d', async (tag, status) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask({ 'if-none-match': tag, range: 'bytes=0-1' }, method)
      expect(answer.status).toBe(status === 200 && method === 'GET' ? 206 : status)
      expect(answer.headers.ETag).toBe(etag)
      if (status === 304)
        expect([answer.body, answer.headers['Content-Length']]).toEqual([undefined, undefined])
    }
  })

  test.each([
    [etag, 200],
    ['*', 200],
    [`W/${etag}`, 412],
    ['"other"', 412],
  ])('If-Match: %s is %d', async (tag, status) => {
    expect((await ask({ 'if-match': tag })).status).toBe(status)
  })

  test('a date says nothing: If-Modified-Since is passed over', async () => {
    expect((await ask({ 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' })).status).toBe(200)
  })
})

describe('ranges (RFC 9110, 14)', () => {
  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['Bytes=90-', 90, 99],
    ['bytes=-10', 90, 99],
    ['bytes=-1000', 0, 99],
    ['bytes=50-99999999999999999999999', 50, 99],
  ])('%s', async (range, first, last) => {
    const { status, headers, body } = await ask({ range })
    expect([status, headers['Content-Range'], headers['Content-Length']]).toEqual([
      206,
      `bytes ${first}-${last}/100`,
      String(last - first + 1),
    ])
    expect(body).toEqual(bytes.slice(first, last + 1))
  })

  test.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', `bytes=${'9'.repeat(400)}-`])(
    '%s is none of it: 416',
    async range => {
      const { status, headers, body } = await ask({ range })
      expect([status, headers['Content-Range'], body]).toEqual([416, 'bytes */100', undefined])
    },
  )

  test.each([
    'bytes=5-4',
    'bytes=-',
    'bytes=',
    'bytes=a-b',
    'bytes=0-1,5-6',
    'lines=0-1',
    '0-1',
    'bytes=0x1-2',
  ])('%s is not taken for a range: all of it', async range => expect((await ask({ range })).status).toBe(200))

  test.each([
    [etag, 206],
    [`W/${etag}`, 200],
    ['"other"', 200],
    ['Fri, 01 Jan 2100 00:00:00 GMT', 200],
  ])('If-Range: %s is %d', async (tag, status) => {
    expect((await ask({ range: 'bytes=0-1', 'if-range': tag })).status).toBe(status)
  })

  test('any range is answered with the bytes that it names', async () => {
    const number = fc.oneof(fc.nat(120), fc.bigInt({ min: 0n, max: 10n ** 30n }))
    await fc.assert(
      fc.asyncProperty(fc.option(number), fc.option(number), async (from, to) => {
        const { status, headers, body } = await ask({ range: `bytes=${from ?? ''}-${to ?? ''}` })
        const [, first, last] = /^bytes (\d+)-(\d+)\/100$/.exec(headers['Content-Range'] ?? '') ?? []
        if (status === 206) expect(body).toEqual(bytes.slice(Number(first), Number(last) + 1))
        else expect([status === 200 ? body?.length : body]).toEqual([status === 200 ? 100 : undefined])
        if (status === 206) expect(body?.length).toBeGreaterThan(0)
      }),
    )
  })
})

test('a download has the name that the application gives, and the extension of the image', async () => {
  const disposition = async (name: string) =>
    (await ask({}, 'GET', undefined, { download: async asked => (asked === key ? name : undefined) }))
      .headers['Content-Disposition']
  expect(await disposition('Summer.JPG')).toBe('attachment; filename=Summer.webp')
  expect(await disposition('sömmer ☀.png')).toBe(
    `attachment; filename="s?mmer ?.webp"; filename*=UTF-8''s%C3%B6mmer%20%E2%98%80.webp`,
  )
  expect(await disposition('../..\\a"b\r\nSet-Cookie: x.exe')).toBe(
    'attachment; filename="a\\"bSet-Cookie: x.webp"',
  )
  expect(await disposition('photo\u202egpj.exe')).toBe('attachment; filename=photogpj.webp')
  for (const nameless of ['', '.htaccess', '\ud800', 'a/'])
    expect(await disposition(nameless)).toBe('attachment; filename=image.webp')
  expect((await disposition('x'.repeat(5000)))?.length).toBeLessThan(150)
})

test('the application may choose who embeds the images and how long they are kept', async () => {
  const { headers } = await ask({}, 'GET', undefined, {
    resourcePolicy: 'cross-origin',
    cacheControl: 'private, max-age=60',
  })
  expect(headers).toMatchObject({
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'private, max-age=60',
  })
})

test('a store that fails is the fault of the operator, and told to nobody else', async () => {
  const failure = new UploadError('store-failed', {}, { detail: '/srv/secret: EIO' })
  const onError = vi.fn()
  const failing = serving({ get: () => Promise.reject(failure) }, { onError })
  const { status, headers, body } = await failing(
    { method: 'GET', path: key, fields: new Headers() },
    undefined,
  )
  expect([status, headers['Cache-Control'], body]).toEqual([500, 'no-store', undefined])
  expect(onError.mock.calls).toEqual([[failure]])
})

test.each([
  [{ resourcePolcy: 'same-site' }, /resourcePolcy is not an option; did you mean resourcePolicy\?/],
  [{ resourcePolicy: 'everybody' }, /resourcePolicy must be one of same-origin, same-site, cross-origin/],
  [{ cacheControl: 'a\r\nb' }, /cacheControl/],
  [{ download: 'photo.jpg' }, /download must be a function/],
  [{ onError: true }, /onError must be a function/],
])('%j fails at start', (options, message) => {
  expect(() => serving(store, options as ServeOptions)).toThrow(message)
})

test.each([undefined, '', {}, 7])('%j is no store', wrong => {
  expect(() => serving(wrong as never, {})).toThrow(/store must be/)
})

describe('a key is found in a path', () => {
  const aKey = fc
    .tuple(
      fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
      fc.option(fc.stringMatching(/^[a-z0-9]{1,32}$/)),
    )
    .map(([date, name]) => keyFor(makeKeyStem(date), name ?? 'main', 'webp'))
  const anything = fc.string({ unit: 'binary', maxLength: 40 })

  test('where it is the end of it, whatever stands before', () => {
    fc.assert(
      fc.property(anything, aKey, (before, key) => {
        expect(keyOfPath(key)).toBe(key)
        expect(keyOfPath(`${before}/${key}`)).toBe(key)
      }),
    )
  })

  test('and nothing else is one: no traversal, no encoded character, no NUL, nothing behind', () => {
    const odd = [
      '/',
      '\\',
      '.',
      '..',
      '/..',
      '/../',
      '%2e',
      '%2F',
      '%2e%2e%2f',
      '%00',
      '\0',
      '\n',
      '?',
      '#',
      ';',
      ':',
      ' ',
      '::$DATA',
      '.php',
    ]
    const part = fc.oneof(fc.constantFrom(...odd), anything)
    fc.assert(
      fc.property(aKey, fc.array(part, { minLength: 1, maxLength: 3 }), fc.nat(100), (key, parts, at) => {
        const place = at % (key.length + 1)
        const path = key.slice(0, place) + parts.join('') + key.slice(place)
        const found = keyOfPath(path)
        if (found === undefined) return
        // Only what has the grammar, as it stands at the end of the path.
        expect(found).toMatch(keyGrammar)
        expect(path === found || path.endsWith(`/${found}`)).toBe(true)
        expect(found).not.toMatch(/\.\.|%|\0|\\|\s/)
      }),
      { numRuns: 5000 },
    )
    for (const each of odd)
      for (const place of [1, 6, 7, 20, 39, 40]) {
        const broken = key.slice(0, place) + each + key.slice(place)
        const found = keyOfPath(`/images/${broken}`)
        expect(found === undefined || found === key, JSON.stringify(broken)).toBe(true)
        expect(keyOfPath(`/images/${key}${each}`), `${key}${JSON.stringify(each)}`).toBeUndefined()
      }
  })
})
