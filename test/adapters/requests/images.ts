import { field, file, formType } from '../../../packages/adapters/test/multipart-body.js'
import { fixture } from '../images.js'
import { author, form, type Row, raw, row, sameOrigin } from './row.js'

export const images: readonly Row[] = [
  row({
    name: 'a photo in a form',
    path: '/images',
    body: form([field('title', 'x'), file(fixture('photos/valley.jpg'), 'valley.jpg')]),
    expect: 201,
    headers: author,
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
  }),
  row({
    name: 'a photo as the body, upright',
    path: '/images',
    body: raw(fixture('orientation/exif-6.jpg'), 'image/jpeg'),
    expect: 201,
    headers: author,
    check: ({ text }) => JSON.parse(text).width === 240 && JSON.parse(text).height === 160,
  }),
  row({
    name: 'a photo in pieces without a length',
    path: '/images',
    body: form([file(fixture('orientation/exif-1.jpg'), 'a.jpg')]),
    expect: 201,
    headers: author,
    chunks: 50,
  }),
  row({
    name: 'answers are for nobody else',
    path: '/images',
    body: { type: formType },
    expect: 'malformed-body',
    headers: { ...author, 'content-length': '0' },
    check: ({ headers }) =>
      headers['cache-control'] === 'no-store' && headers['x-content-type-options'] === 'nosniff',
  }),
  row({
    name: 'GET',
    path: '/images',
    expect: 'method-not-allowed',
    headers: author,
    method: 'GET',
    check: ({ headers }) => headers.allow === 'POST',
  }),
  row({
    name: 'PUT',
    path: '/images',
    body: form(),
    expect: 'method-not-allowed',
    headers: author,
    method: 'PUT',
  }),
  row({ name: 'nobody', path: '/images', body: form(), expect: 'unauthenticated', headers: sameOrigin }),
  row({
    name: 'somebody without a role',
    path: '/images',
    body: form(),
    expect: 'forbidden',
    headers: { ...author, 'x-role': 'visitor' },
  }),
  row({
    name: 'a form on another site',
    path: '/images',
    body: form(),
    expect: 'cross-site',
    headers: {
      ...author,
      'sec-fetch-site': 'cross-site',
      origin: 'https://evil.example',
    },
  }),
  row({
    name: 'a form of a program, which says nothing of where it comes from',
    path: '/images',
    body: form(),
    expect: 201,
    headers: { 'x-role': 'author' },
  }),
  row({
    name: 'the same with a cookie, as an old browser sends it',
    path: '/images',
    body: form(),
    expect: 'origin-missing',
    headers: { 'x-role': 'author', cookie: 'session=1' },
    check: ({ text }) => text.includes('with Cookie but without Origin or Sec-Fetch-Site'),
  }),
  row({
    name: 'a PNG',
    path: '/images',
    body: form([file(fixture('png/photo.png'), 'photo.png')]),
    expect: 201,
    headers: author,
    check: ({ text }) => JSON.parse(text).width === 320 && JSON.parse(text).height === 200,
  }),
  row({
    name: 'a WebP',
    path: '/images',
    body: form([file(fixture('webp/lossy.webp'), 'a.webp')]),
    expect: 201,
    headers: author,
    check: ({ text }) => JSON.parse(text).width === 320 && JSON.parse(text).height === 240,
  }),
  row({
    name: 'an old browser',
    path: '/images',
    body: raw(fixture('orientation/exif-1.jpg')),
    expect: 201,
    headers: {
      'x-role': 'author',
      host: 'here.localhost',
      origin: 'https://here.localhost',
    },
  }),
  row({
    name: 'an old browser elsewhere',
    path: '/images',
    body: raw(fixture('orientation/exif-1.jpg')),
    expect: 'cross-site',
    headers: {
      'x-role': 'author',
      host: 'here.localhost',
      origin: 'https://there.example',
    },
  }),
  row({
    name: 'a trusted origin',
    path: '/images',
    body: raw(fixture('orientation/exif-1.jpg')),
    expect: 201,
    headers: {
      ...author,
      'sec-fetch-site': 'cross-site',
      origin: 'https://app.example',
    },
  }),
  row({
    name: 'a refusal in German',
    path: '/images',
    body: form([file('%PDF-1.7')]),
    expect: 'format-not-allowed',
    headers: { ...author, 'accept-language': 'de' },
    check: ({ headers, text }) =>
      headers['content-language'] === 'de' &&
      text.includes('Das ist ein PDF-Dokument. Angenommen werden: jpg'),
  }),
  row({
    name: 'a browser is sent back to its form',
    path: '/images',
    body: form([file('%PDF-1.7')]),
    expect: 303,
    headers: { ...author, accept: 'text/html,*/*;q=0.8' },
    check: ({ headers, text }) => headers.location === '/form?upload=format-not-allowed' && text === '',
  }),
  row({
    name: 'small: a body of 2,000 bytes',
    path: '/images',
    body: raw(new Uint8Array(2000)),
    expect: 'format-unknown',
    headers: {
      ...author,
      'x-role': 'small',
    },
  }),
  row({
    name: 'small: one of 2,001',
    path: '/images',
    body: raw(new Uint8Array(2001)),
    expect: 'too-large',
    headers: {
      ...author,
      'x-role': 'small',
    },
  }),
]
