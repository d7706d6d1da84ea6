import { field, file, formType, multipartBody } from '../../../packages/adapters/test/multipart-body.js'
import { form, png, type Row, raw, row } from './row.js'

export const shapes: readonly Row[] = [
  row({
    name: 'JSON',
    path: '/limits',
    body: raw(Buffer.from('{}'), 'application/json'),
    expect: 'unsupported-media-type',
  }),
  row({
    name: 'a form without files by its type',
    path: '/limits',
    body: raw(Buffer.from('a=b'), 'application/x-www-form-urlencoded'),
    expect: 'unsupported-media-type',
  }),
  row({ name: 'no content type', path: '/limits', body: { body: png }, expect: 'unsupported-media-type' }),
  row({
    name: 'a compressed body',
    path: '/limits',
    body: raw(png),
    expect: 'unsupported-media-type',
    headers: { 'content-encoding': 'gzip' },
  }),
  row({
    name: 'no boundary',
    path: '/limits',
    body: { ...form(), type: 'multipart/form-data' },
    expect: 'malformed-body',
  }),
  row({
    name: 'a form without an end',
    path: '/limits',
    body: { ...form(), body: form().body.slice(0, -30) },
    expect: 'malformed-body',
  }),
  row({
    name: 'a form that is noise',
    path: '/limits',
    body: { body: Buffer.from('\0\xff'.repeat(500)), type: formType },
    expect: 'malformed-body',
  }),
  row({
    name: 'an epilogue in a piece of its own',
    path: '/limits',
    body: form(),
    expect: 201,
    chunks: form().body.length,
  }),
  row({ name: 'no file', path: '/limits', body: form([field('a', 'b')]), expect: 'no-file' }),
  row({ name: 'an empty input', path: '/limits', body: form([file('', '')]), expect: 'no-file' }),
  row({ name: 'an empty file', path: '/limits', body: form([file('', 'a.png')]), expect: 'empty-file' }),
  row({
    name: 'another field',
    path: '/limits',
    body: form([file(png, 'a.png', 'avatar')]),
    expect: 'wrong-field',
    check: ({ text }) =>
      text.includes('see the option otherFiles of the server') && JSON.parse(text).file === 'a.png',
  }),
  row({
    name: 'a preamble',
    path: '/limits',
    body: { body: multipartBody([file(png)], '\r\n', 'a preamble\r\n'), type: formType },
    expect: 201,
  }),
  row({
    name: 'a part of type image without a file name',
    path: '/limits',
    body: form([
      { head: 'Content-Disposition: form-data; name="image"\r\nContent-Type: image/png', content: png },
    ]),
    expect: 201,
  }),
  row({
    name: 'two fields with files',
    path: '/fields',
    body: form([file(png, 'me.png', 'avatar'), file(png, 'a.png', 'gallery'), file(png, 'b.png', 'gallery')]),
    expect: 201,
    check: ({ text }) =>
      JSON.parse(text)
        .uploads.map(({ field }: { field: string }) => field)
        .join() === 'avatar,gallery,gallery',
  }),
  row({
    name: 'one of them left out, and a PDF beside',
    path: '/fields',
    body: form([
      file('%PDF-1.7', 'cv.pdf', 'cv'),
      file(png, 'a.png', 'gallery'),
      field('tag', 'a'),
      field('tag', 'b'),
    ]),
    expect: 201,
  }),
  row({
    name: 'no file, where none need be',
    path: '/fields',
    body: form([field('title', 'x')]),
    expect: 200,
    check: ({ text }) => text === '{"uploads":[]}',
  }),
  row({
    name: 'PUT, where it is taken',
    path: '/fields',
    body: form([file(png, 'a.png', 'avatar')]),
    expect: 201,
    method: 'PUT',
  }),
  row({
    name: 'a field twice',
    path: '/limits',
    body: form([field('a', '1'), field('a', '2'), file(png)]),
    expect: 201,
  }),
]
