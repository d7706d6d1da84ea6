import { file } from '../../../packages/adapters/test/multipart-body.js'
import { fixture, losslessJpeg } from '../images.js'
import { author, form, png, type Row, raw, row } from './row.js'

export const content: readonly Row[] = [
  row({
    name: 'a script with a second extension',
    path: '/limits',
    body: form([file(png, 'a.png.php')]),
    expect: 'extension-not-allowed',
  }),
  row({
    name: 'a script behind %00',
    path: '/limits',
    body: form([file(png, 'a.php%00.png')]),
    expect: 'extension-not-allowed',
  }),
  row({
    name: 'no extension',
    path: '/limits',
    body: form([file(png, 'photo')]),
    expect: 'extension-missing',
  }),
  row({
    name: 'a Blob of a canvas, as a browser sends it',
    path: '/limits',
    body: form([file(png, 'blob')]),
    expect: 201,
  }),
  row({
    name: 'a photo of a phone, as HEIC',
    path: '/limits',
    body: form([file(png, 'IMG_0001.HEIC')]),
    expect: 'format-not-enabled',
  }),
  row({
    name: 'a name of another alphabet',
    path: '/limits',
    body: form([file(png, '照片.png')]),
    expect: 201,
  }),
  row({
    name: 'a PNG called JPEG',
    path: '/limits',
    body: form([file(png, 'a.jpg')]),
    expect: 'extension-mismatch',
  }),
  row({
    name: 'a PNG called JPEG, where that may be',
    path: '/any-extension',
    body: form([file(png, 'a.jpg')]),
    expect: 201,
  }),
  row({
    name: 'a page',
    path: '/limits',
    body: form([file('<!doctype html><script>1</script>')]),
    expect: 'format-not-allowed',
  }),
  row({ name: 'noise', path: '/limits', body: form([file('hello')]), expect: 'format-unknown' }),
  row({
    name: 'a header bomb',
    path: '/images',
    body: raw(fixture('bad/bomb-10000x10000.png')),
    expect: 'too-many-pixels',
    headers: author,
  }),
  row({
    name: 'half a photo',
    path: '/images',
    body: raw(fixture('bad/cut.jpg')),
    expect: 'truncated',
    headers: author,
  }),
  row({
    name: 'a wrong checksum',
    path: '/images',
    body: raw(fixture('bad/wrong-crc.png')),
    expect: 'corrupt',
    headers: author,
  }),
  row({
    name: 'a lossless JPEG',
    path: '/images',
    body: raw(losslessJpeg),
    expect: 'unsupported-kind',
    headers: author,
  }),
  row({
    name: 'one good file and one bad',
    path: '/limits',
    body: form([file(png), file('hello')]),
    expect: 'format-unknown',
  }),
]
