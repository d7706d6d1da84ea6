import { createHmac } from 'node:crypto'
import type { ErrorCode } from '@sluice/core'
import {
  boundary,
  field,
  file,
  formType,
  multipartBody,
  type Part,
} from '../../packages/adapters/test/multipart-body.js'
import { rendererCodes, secret } from './apps/endpoints.js'
import type { Got, Sent } from './client.js'
import { fixture, gifImage, losslessJpeg, ofLength, pngImage, withText } from './images.js'

export interface Row extends Sent {
  readonly name: string
  readonly status: number
  readonly code?: ErrorCode
  readonly check?: (got: Got) => boolean
}

const png = pngImage()
const form = (parts: readonly Part[] = [file(png)]) => ({ body: multipartBody(parts), type: formType })
const raw = (body: Uint8Array, type = 'image/png') => ({ body, type })

type Body = { readonly body?: Uint8Array; readonly type?: string }
const row = (
  name: string,
  path: string,
  { body, type }: Body,
  expected: number | ErrorCode,
  headers: Record<string, string> = {},
  more: Partial<Row> = {},
): Row => ({
  name,
  path,
  headers: { ...(type ? { 'content-type': type } : {}), ...headers },
  ...(body ? { body } : {}),
  ...(typeof expected === 'number'
    ? { status: expected }
    : { status: statusOf[expected] ?? 0, code: expected }),
  ...more,
})

/** Written out: the table of the library is what is on trial. */
const statusOf: Readonly<Partial<Record<ErrorCode, number>>> = {
  'method-not-allowed': 405,
  'cross-site': 403,
  'csrf-token': 403,
  unauthenticated: 401,
  forbidden: 403,
  'rate-limited': 429,
  'quota-exceeded': 429,
  'unsupported-media-type': 415,
  'malformed-body': 400,
  'no-file': 400,
  'wrong-field': 400,
  'duplicate-field': 400,
  'too-many-files': 400,
  'too-many-fields': 400,
  'field-too-large': 413,
  'too-large': 413,
  'empty-file': 400,
  'name-too-long': 400,
  'extension-not-allowed': 415,
  'format-not-allowed': 415,
  'format-unknown': 415,
  'extension-mismatch': 415,
  corrupt: 422,
  truncated: 422,
  'too-many-pixels': 422,
  'too-many-frames': 422,
  'too-many-total-pixels': 422,
  'too-many-scans': 422,
  'too-much-metadata': 422,
  'trailing-data': 422,
  'animation-not-allowed': 422,
  'unsupported-kind': 422,
  'decode-failed': 422,
  'too-costly': 422,
  'too-much-memory': 422,
  'timed-out': 422,
  aborted: 499,
  busy: 503,
  'renderer-unavailable': 503,
  'render-failed': 500,
  'verify-failed': 500,
  rejected: 422,
  'store-failed': 500,
  internal: 500,
}

const sameOrigin = { 'sec-fetch-site': 'same-origin' }
const author = { 'x-role': 'author', ...sameOrigin }
const images: readonly Row[] = [
  row(
    'a photo in a form',
    '/images',
    form([field('title', 'x'), file(fixture('photos/valley.jpg'), 'valley.jpg')]),
    201,
    author,
    {
      check: ({ headers, text }) => {
        const { url, width, height, format, sha256 } = JSON.parse(text)
        return (
          headers.location === url &&
          width === 1600 &&
          height === 1200 &&
          format === 'webp' &&
          sha256.length === 64
        )
      },
    },
  ),
  row(
    'a photo as the body, upright',
    '/images',
    raw(fixture('orientation/exif-6.jpg'), 'image/jpeg'),
    201,
    author,
    {
      check: ({ text }) => JSON.parse(text).width === 240 && JSON.parse(text).height === 160,
    },
  ),
  row(
    'a photo in pieces without a length',
    '/images',
    form([file(fixture('orientation/exif-1.jpg'), 'a.jpg')]),
    201,
    author,
    { chunks: 50 },
  ),
  row(
    'answers are for nobody else',
    '/images',
    { type: formType },
    'malformed-body',
    { ...author, 'content-length': '0' },
    {
      check: ({ headers }) =>
        headers['cache-control'] === 'no-store' && headers['x-content-type-options'] === 'nosniff',
    },
  ),
  row('GET', '/images', {}, 'method-not-allowed', author, {
    method: 'GET',
    check: ({ headers }) => headers.allow === 'POST',
  }),
  row('PUT', '/images', form(), 'method-not-allowed', author, { method: 'PUT' }),
  row('nobody', '/images', form(), 'unauthenticated', sameOrigin),
  row('somebody without a role', '/images', form(), 'forbidden', { ...author, 'x-role': 'visitor' }),
  row('a form on another site', '/images', form(), 'cross-site', {
    ...author,
    'sec-fetch-site': 'cross-site',
    origin: 'https://evil.example',
  }),
  row('a form that hides where it comes from', '/images', form(), 'cross-site', { 'x-role': 'author' }),
  row('a PNG', '/images', form([file(fixture('png/photo.png'), 'photo.png')]), 201, author, {
    check: ({ text }) => JSON.parse(text).width === 320 && JSON.parse(text).height === 200,
  }),
  row('a WebP', '/images', form([file(fixture('webp/lossy.webp'), 'a.webp')]), 201, author, {
    check: ({ text }) => JSON.parse(text).width === 320 && JSON.parse(text).height === 240,
  }),
  row('an old browser', '/images', raw(fixture('orientation/exif-1.jpg')), 201, {
    'x-role': 'author',
    host: 'here.example',
    origin: 'https://here.example',
  }),
  row('an old browser elsewhere', '/images', raw(fixture('orientation/exif-1.jpg')), 'cross-site', {
    'x-role': 'author',
    host: 'here.example',
    origin: 'https://there.example',
  }),
  row('a trusted origin', '/images', raw(fixture('orientation/exif-1.jpg')), 201, {
    ...author,
    'sec-fetch-site': 'cross-site',
    origin: 'https://app.example',
  }),
  row(
    'a refusal in German',
    '/images',
    form([file('%PDF-1.7')]),
    'format-not-allowed',
    { ...author, 'accept-language': 'de' },
    {
      check: ({ headers, text }) =>
        headers['content-language'] === 'de' &&
        text.includes('Das ist ein PDF-Dokument. Angenommen werden: jpg'),
    },
  ),
  row(
    'a browser is sent back to its form',
    '/images',
    form([file('%PDF-1.7')]),
    303,
    { ...author, accept: 'text/html,*/*;q=0.8' },
    {
      check: ({ headers, text }) => headers.location === '/form?upload=format-not-allowed' && text === '',
    },
  ),
  row('small: a body of 2,000 bytes', '/images', raw(new Uint8Array(2000)), 'format-unknown', {
    ...author,
    'x-role': 'small',
  }),
  row('small: one of 2,001', '/images', raw(new Uint8Array(2001)), 'too-large', {
    ...author,
    'x-role': 'small',
  }),
]

const shapes: readonly Row[] = [
  row('JSON', '/limits', raw(Buffer.from('{}'), 'application/json'), 'unsupported-media-type'),
  row(
    'a form without files by its type',
    '/limits',
    raw(Buffer.from('a=b'), 'application/x-www-form-urlencoded'),
    'unsupported-media-type',
  ),
  row('no content type', '/limits', { body: png }, 'unsupported-media-type'),
  row('a compressed body', '/limits', raw(png), 'unsupported-media-type', { 'content-encoding': 'gzip' }),
  row('no boundary', '/limits', { ...form(), type: 'multipart/form-data' }, 'malformed-body'),
  row('a form without an end', '/limits', { ...form(), body: form().body.slice(0, -30) }, 'malformed-body'),
  row(
    'a form that is noise',
    '/limits',
    { body: Buffer.from('\0\xff'.repeat(500)), type: formType },
    'malformed-body',
  ),
  row('an epilogue in a piece of its own', '/limits', form(), 201, {}, { chunks: form().body.length }),
  row('no file', '/limits', form([field('a', 'b')]), 'no-file'),
  row('an empty input', '/limits', form([file('', '')]), 'no-file'),
  row('an empty file', '/limits', form([file('', 'a.png')]), 'empty-file'),
  row('another field', '/limits', form([file(png, 'a.png', 'avatar')]), 'wrong-field'),
  row('a field twice', '/limits', form([field('a', '1'), field('a', '2'), file(png)]), 'duplicate-field'),
]

const limits: readonly Row[] = [
  row('a body of maxBytes', '/limits', raw(ofLength(png, 16 * 1024)), 'too-much-metadata'),
  row('a body of one more', '/limits', raw(ofLength(png, 16 * 1024 + 1)), 'too-large'),
  row(
    'the same without a length',
    '/limits',
    raw(ofLength(png, 16 * 1024 + 1)),
    'too-large',
    {},
    { chunks: 7 },
  ),
  row(
    'a megabyte without a length',
    '/limits',
    raw(new Uint8Array(1_000_000)),
    'too-large',
    {},
    { chunks: 20 },
  ),
  row(
    'maxFiles',
    '/limits',
    form([file(png), file(png)]),
    201,
    {},
    { check: ({ text }) => JSON.parse(text).uploads.length === 2 },
  ),
  row('one file more', '/limits', form([file(png), file(png), file(png)]), 'too-many-files'),
  row('maxFields', '/limits', form([field('a', ''), field('b', ''), file(png)]), 201),
  row(
    'one field more',
    '/limits',
    form([field('a', ''), field('b', ''), field('c', ''), file(png)]),
    'too-many-fields',
  ),
  row('maxFieldBytes', '/limits', form([field('a', '1234567890'), file(png)]), 201),
  row('one byte more', '/limits', form([field('a', '12345678901'), file(png)]), 'field-too-large'),
  row('a name of maxNameBytes', '/limits', form([file(png, `${'n'.repeat(16)}.png`)]), 201),
  row('a name of one more', '/limits', form([file(png, `${'n'.repeat(17)}.png`)]), 'name-too-long'),
  row('maxPixels', '/limits', raw(pngImage(8, 8)), 201),
  row('a column more', '/limits', raw(pngImage(9, 8)), 'too-many-pixels'),
  row('maxMetadataBytes', '/limits', raw(withText(png, 40)), 201),
  row('one byte of it more', '/limits', raw(withText(png, 41)), 'too-much-metadata'),
  row('a byte behind the end', '/limits', raw(new Uint8Array([...png, 0])), 'trailing-data'),
  row('a still GIF', '/limits', raw(gifImage(8, 1)), 201),
  row('an animation', '/limits', raw(gifImage(8, 2)), 'animation-not-allowed'),
  row('101 scans', '/images', raw(fixture('bad/bomb-101-scans.jpg')), 'too-many-scans', author),
  row('maxFrames', '/animations', raw(gifImage(4, 3)), 201),
  row('a frame more', '/animations', raw(gifImage(4, 4)), 'too-many-frames'),
  row('maxTotalPixels', '/animations', raw(gifImage(5, 2)), 201),
  row('more in all frames', '/animations', raw(gifImage(6, 2)), 'too-many-total-pixels'),
]

const content: readonly Row[] = [
  row('a script with a second extension', '/limits', form([file(png, 'a.png.php')]), 'extension-not-allowed'),
  row('a script behind %00', '/limits', form([file(png, 'a.php%00.png')]), 'extension-not-allowed'),
  row('no extension', '/limits', form([file(png, 'blob')]), 'extension-not-allowed'),
  row('a name of another alphabet', '/limits', form([file(png, '照片.png')]), 201),
  row('a PNG called JPEG', '/limits', form([file(png, 'a.jpg')]), 'extension-mismatch'),
  row('a PNG called JPEG, where that may be', '/any-extension', form([file(png, 'a.jpg')]), 201),
  row('a page', '/limits', form([file('<!doctype html><script>1</script>')]), 'format-not-allowed'),
  row('noise', '/limits', form([file('hello')]), 'format-unknown'),
  row('a header bomb', '/images', raw(fixture('bad/bomb-10000x10000.png')), 'too-many-pixels', author),
  row('half a photo', '/images', raw(fixture('bad/cut.jpg')), 'truncated', author),
  row('a wrong checksum', '/images', raw(fixture('bad/wrong-crc.png')), 'corrupt', author),
  row('a lossless JPEG', '/images', raw(losslessJpeg), 'unsupported-kind', author),
  row('one good file and one bad', '/limits', form([file(png), file('hello')]), 'format-unknown'),
]

const token = (() => {
  const random = '00112233445566778899aabbccddeeff'
  return `${random}.${createHmac('sha256', secret).update(`${random}.`).digest('hex')}`
})()
const guard: readonly Row[] = [
  row('a token in the header', '/token', form(), 201, {
    ...sameOrigin,
    cookie: `csrf=${token}`,
    'x-csrf-token': token,
  }),
  row('a token in a field before the file', '/token', form([field('csrf', token), file(png)]), 201, {
    ...sameOrigin,
    cookie: `csrf=${token}`,
  }),
  row('a token behind the file', '/token', form([file(png), field('csrf', token)]), 'csrf-token', {
    ...sameOrigin,
    cookie: `csrf=${token}`,
  }),
  row('no token', '/token', form(), 'csrf-token', { ...sameOrigin, cookie: `csrf=${token}` }),
  row(
    'the first of two',
    '/rate',
    form(),
    201,
    { 'x-role': 'a' },
    { check: ({ headers }) => headers.ratelimit === '"upload";r=1;t=7' },
  ),
  row(
    'the second of two',
    '/rate',
    form([file('hello')]),
    'format-unknown',
    { 'x-role': 'a' },
    { check: ({ headers }) => headers.ratelimit === '"upload";r=0;t=7' },
  ),
  row(
    'the third of two',
    '/rate',
    form(),
    'rate-limited',
    { 'x-role': 'a' },
    { check: ({ headers }) => headers['retry-after'] === '7' },
  ),
  row('another user', '/rate', form(), 201, { 'x-role': 'a', 'x-user': 'bob' }),
  row('a quota of one file', '/quota', form(), 201, { 'x-role': 'a' }),
  row(
    'the second file',
    '/quota',
    form(),
    'quota-exceeded',
    { 'x-role': 'a' },
    { check: ({ headers }) => headers['retry-after'] === '7' },
  ),
]

const failures: readonly Row[] = [
  row(
    'a scanner that refuses',
    '/rejecting',
    form(),
    'rejected',
    {},
    { check: ({ text }) => text.includes('it shows a virus') },
  ),
  row('a scanner that is down', '/broken-scanner', form(), 'internal'),
  row('a session store that is down', '/broken-authorize', form(), 'internal'),
  row('a disk that is full', '/broken-store', form(), 'store-failed'),
  row('a renderer that gives nothing', '/lying-renderer', form(), 'verify-failed'),
  ...rendererCodes.map(code => row(`a renderer that ends with ${code}`, `/render/${code}`, form(), code)),
]

/** What is sent, in this order, and what must come back: the same in every framework and runtime. */
export const rows: readonly Row[] = [...images, ...shapes, ...limits, ...content, ...guard, ...failures]

/** A form whose body stops half way, with everything announced. */
export const unfinished = { path: '/impatient', type: formType, body: form().body, boundary }
export const slowUpload: Sent = {
  path: '/one-at-a-time',
  headers: { 'content-type': formType },
  body: form().body,
}
