import { MultipartParser } from '@remix-run/multipart-parser'
import { UploadError } from '@sluice/core'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { boundary, field, file, formType, multipartBody, type Part } from '../../test/multipart-body.js'
import { anyone, codeOf, limits, readerOf, rules } from '../../test/receiving.js'
import { receive } from './receive.js'

afterEach(() => vi.restoreAllMocks())

async function received(
  parts: readonly Part[] | Uint8Array,
  given: Partial<typeof limits> = {},
  size?: number,
  type = formType,
) {
  const body = parts instanceof Uint8Array ? parts : multipartBody(parts)
  const headers = new Headers({ 'content-type': type })
  const { files, fields } = await receive(headers, readerOf(body, size), { ...limits, ...given }, anyone)
  const contents = files.map(({ name, body }) => [name, Buffer.from(body).toString('latin1')])
  return { files: contents, fields: { ...fields } }
}
test('fields and files come in order, with their names and bytes', async () => {
  expect(await received([field('title', 'Möwe'), file('\x89PNG', '照片.png'), file('two', 'b.gif')])).toEqual(
    {
      files: [
        ['照片.png', '\xc2\x89PNG'],
        ['b.gif', 'two'],
      ],
      fields: { title: 'Möwe' },
    },
  )
})

test.each([1, 2, 3, 5, 7, 11, 64, 1000])('however the body is cut: %i bytes', async size => {
  const content = 'a\r\n--XsluiceY\r\n\r\r\n--Xsluice'
  const parts = [field('title', 'x'), file(content, 'a.png')]
  expect((await received(parts, {}, size)).files).toEqual([['a.png', content]])
  expect(await codeOf(received(multipartBody(parts, '\r\nan epilogue'), {}, size))).toBe('accepted')
})

test('any content comes out as it went in, in any cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.integer({ min: 1, max: 100 }),
      async (content, size) => {
        const { files } = await received([file(content), file('x')], {}, size)
        expect(files[0]).toEqual(['a.png', Buffer.from(content).toString('latin1')])
      },
    ),
    { numRuns: 200 },
  )
})

test.each([
  ["filename*=UTF-8''%E7%85%A7.jpg", '照.jpg'],
  ['filename="plain.jpg"; filename*=UTF-8\'\'%c3%a4.jpg', 'ä.jpg'],
  ['filename="a;b.jpg"', 'a;b.jpg'],
  ['filename="a%22b.jpg"', 'a%22b.jpg'],
  ['filename="C:\\\\Users\\\\me\\\\cat.jpg"', 'C:\\Users\\me\\cat.jpg'],
  ['filename=token.jpg', 'token.jpg'],
])('a file name written as %s', async (written, name) => {
  const head = `Content-Disposition: form-data; name="image"; ${written}`
  expect((await received([{ head, content: 'x' }])).files).toEqual([[name, 'x']])
})

test('the image itself may be the body', async () => {
  const { files } = await received(Buffer.from('\x89PNG', 'latin1'), {}, 1, 'image/png')
  expect(files).toEqual([[undefined, '\x89PNG']])
})

describe('limits, from both sides', () => {
  const two = [file('1'), file('2')]
  const body = multipartBody(two)
  test.each([
    ['maxBytes', body, { maxBytes: body.length }, 'accepted'],
    ['maxBytes', body, { maxBytes: body.length - 1 }, 'body-too-large'],
    ['maxBytes of the one file', body, { maxBytes: body.length - 1, maxFiles: 1 }, 'too-large'],
    ['an epilogue counts', multipartBody(two, '\r\n!'), { maxBytes: body.length }, 'body-too-large'],
    ['so does a preamble', multipartBody(two, '\r\n', '!\r\n'), { maxBytes: body.length }, 'body-too-large'],
    ['maxFiles', two, {}, 'accepted'],
    ['maxFiles', two, { fields: new Map([['image', rules({ maxFiles: 1 })]]) }, 'too-many-files'],
    [
      'maxFileBytes',
      [file('12345')],
      { fields: new Map([['image', rules({ maxFileBytes: 5 })]]) },
      'accepted',
    ],
    [
      'maxFileBytes',
      [file('123456')],
      { fields: new Map([['image', rules({ maxFileBytes: 5 })]]) },
      'too-large',
    ],
    ['maxFields of one name', [field('a', ''), field('a', ''), file('x')], {}, 'accepted'],
    [
      'maxFields of one name',
      [field('a', ''), field('a', ''), field('a', ''), file('x')],
      {},
      'too-many-fields',
    ],
    ['maxFields', [field('a', ''), field('b', ''), file('x')], {}, 'accepted'],
    ['maxFields', [field('a', ''), field('b', ''), field('c', ''), file('x')], {}, 'too-many-fields'],
    ['maxFieldBytes', [field('a', '1234567890'), file('x')], {}, 'accepted'],
    ['maxFieldBytes', [field('a', '12345678901'), file('x')], {}, 'field-too-large'],
    ['maxFieldBytes in UTF-8', [field('a', 'ääääää'), file('x')], {}, 'field-too-large'],
    [
      'the head of a part',
      [{ ...file('x'), head: `${file('x').head}\r\nX: ${'y'.repeat(8000)}` }],
      { maxBytes: 20_000 },
      'accepted',
    ],
    [
      'the head of a part',
      [{ ...file('x'), head: `${file('x').head}\r\nX: ${'y'.repeat(9000)}` }],
      { maxBytes: 20_000 },
      'malformed-body',
    ],
  ])('%s (%#)', async (_, parts, given, expected) => {
    expect(await codeOf(received(parts, given))).toBe(expected)
    expect(await codeOf(received(parts, given, 3))).toBe(expected)
  })
})

test.each([
  ['nothing', [], 'no-file'],
  ['fields only', [field('title', 'x')], 'no-file'],
  ['an input left empty', [file('', '')], 'no-file'],
  ['a text field of the name of the file', [field('image', 'x')], 'no-file'],
  ['another field', [file('x', 'a.png', 'avatar')], 'wrong-field'],
  [
    'a part without a name',
    [{ head: 'Content-Disposition: form-data; filename="a.png"', content: 'x' }],
    'malformed-body',
  ],
  ['a part without a head', [{ head: 'X: y', content: 'x' }], 'malformed-body'],
])('%s is %s', async (_, parts, expected) => {
  expect(await codeOf(received(parts))).toBe(expected)
})

test.each([
  ['no end', `--${boundary}\r\n${file('x').head}\r\n\r\nx`],
  ['nothing at all', ''],
  ['another boundary', '--other\r\n\r\nx\r\n--other--'],
  ['a name that is no UTF-8', `--${boundary}\r\n${file('x', '\xff.png').head}\r\n\r\nx\r\n--${boundary}--`],
])('a body with %s is malformed', async (_, body) => {
  expect(await codeOf(received(Buffer.from(body, 'latin1')))).toBe('malformed-body')
})

test('only what the parser says of the body is malformed: a bug in it is no mistake of the client', async () => {
  const bug = new TypeError('a bug')
  vi.spyOn(MultipartParser.prototype, 'finish').mockImplementation(() => {
    throw bug
  })
  expect(await codeOf(received([file('x')]))).toBe(bug)
})

test.each([
  ['multipart/form-data', 'malformed-body'],
  ['multipart/form-data; boundary=', 'malformed-body'],
  [`multipart/form-data; boundary=${'x'.repeat(71)}`, 'malformed-body'],
  ['multipart/form-data; boundary=a; boundary=b', 'malformed-body'],
  ['multipart/mixed; boundary=a', 'unsupported-media-type'],
  ['application/json', 'unsupported-media-type'],
  ['application/x-www-form-urlencoded', 'unsupported-media-type'],
  ['', 'unsupported-media-type'],
  [`Multipart/Form-Data; charset=utf-8; Boundary="${boundary}"`, 'accepted'],
])('content type %j: %s', async (type, expected) => {
  expect(await codeOf(received([file('x')], {}, undefined, type))).toBe(expected)
})

test('a name that comes more than once has a list of values, and no name is special', async () => {
  const parts = [field('tag', 'a'), field('__proto__', 'p'), field('tag', 'b'), field('tag', 'c'), file('x')]
  const headers = new Headers({ 'content-type': formType })
  const { fields } = await receive(
    headers,
    readerOf(multipartBody(parts)),
    { ...limits, maxFields: 4 },
    anyone,
  )
  expect(Object.entries(fields)).toEqual([
    ['tag', ['a', 'b', 'c']],
    ['__proto__', 'p'],
  ])
  expect(Object.getPrototypeOf(fields)).toBe(null)
  expect(fields.constructor).toBe(undefined)
})

describe('what comes before the first boundary (RFC 2046, 5.1.1)', () => {
  test.each([
    ['a CRLF', '\r\n'],
    ['an explanation', 'This is a message of several parts.\r\n'],
    ['something like a boundary', `x--${boundary}\r\n--${boundary.slice(1)}\r\n`],
  ])('%s is passed over, in any cut', async (_, preamble) => {
    const body = multipartBody([field('a', 'b'), file('x')], '\r\n', preamble)
    for (const size of [1, 2, 3, 5, 7, 11, 1000])
      expect(await received(body, {}, size)).toEqual({ files: [['a.png', 'x']], fields: { a: 'b' } })
  })
  test('and is all there is where no boundary comes', async () => {
    expect(await codeOf(received(Buffer.from('\r\nnothing')))).toBe('malformed-body')
    expect(await codeOf(received(Buffer.from(`nothing\r\n--${boundary}--`)))).toBe('no-file')
  })
})

test('a part without a file name is a file where its type is of an image', async () => {
  const named = (type: string) => ({
    head: `Content-Disposition: form-data; name="image"\r\n${type}`,
    content: 'x',
  })
  expect(await received([named('Content-Type: Image/PNG')])).toEqual({
    files: [[undefined, 'x']],
    fields: {},
  })
  expect(await codeOf(received([named('Content-Type: application/octet-stream')]))).toBe('no-file')
  expect(await codeOf(received([named('X: image/png')]))).toBe('no-file')
})

test('a request without a body is one of no bytes', async () => {
  const typed = (type: string) => new Headers({ 'content-type': type })
  expect(await codeOf(receive(typed(formType), undefined, limits, anyone))).toBe('malformed-body')
  const { files } = await receive(typed('image/png'), undefined, limits, anyone)
  expect(files.map(({ body }) => body.length)).toEqual([0])
})

test('a compressed body is not read', async () => {
  const headers = new Headers({ 'content-type': 'image/png', 'content-encoding': 'gzip' })
  expect(await codeOf(receive(headers, readerOf(new Uint8Array(9)), limits, anyone))).toBe(
    'unsupported-media-type',
  )
})

test('beforeFile sees the fields before each file and can refuse', async () => {
  const seen: unknown[] = []
  const body = multipartBody([field('csrf', 't'), file('x'), field('late', 'l'), file('y')])
  await receive(new Headers({ 'content-type': formType }), readerOf(body), limits, {
    ...anyone,
    async beforeFile(fields) {
      seen.push({ ...fields })
    },
    async atEnd(fields) {
      seen.push(Object.keys(fields))
    },
  })
  expect(seen).toEqual([{ csrf: 't' }, { csrf: 't', late: 'l' }, ['csrf', 'late']])
  const refusing = receive(new Headers({ 'content-type': formType }), readerOf(body), limits, {
    ...anyone,
    async beforeFile() {
      throw new UploadError('csrf-token')
    },
  })
  expect(await codeOf(refusing)).toBe('csrf-token')
})

test('any bytes are a form or an UploadError', async () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          `--${boundary}`,
          '\r\n',
          '--',
          file('x').head,
          field('a', '').head,
          ':',
          '\0',
          '"',
          'x',
        ),
        { maxLength: 20 },
      )
      .map(words => new TextEncoder().encode(words.join(''))),
  )
  await fc.assert(
    fc.asyncProperty(noise, fc.integer({ min: 1, max: 50 }), async (body, size) => {
      expect(await codeOf(received(body, {}, size))).toBeTypeOf('string')
    }),
    { numRuns: 500 },
  )
})
