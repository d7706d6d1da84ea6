import { field, file, formType } from '../../../packages/adapters/test/multipart-body.js'
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
  }),
  row({
    name: 'a field twice',
    path: '/limits',
    body: form([field('a', '1'), field('a', '2'), file(png)]),
    expect: 'duplicate-field',
  }),
]
