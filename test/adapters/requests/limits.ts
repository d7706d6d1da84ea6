import { field, file } from '../../../packages/adapters/test/multipart-body.js'
import { fixture, gifImage, ofLength, pngImage, withText } from '../images.js'
import { author, form, png, type Row, raw, row } from './row.js'

export const limits: readonly Row[] = [
  row({
    name: 'a body of maxBytes',
    path: '/limits',
    body: raw(ofLength(png, 16 * 1024)),
    expect: 'too-much-metadata',
  }),
  row({
    name: 'a body of one more',
    path: '/limits',
    body: raw(ofLength(png, 16 * 1024 + 1)),
    expect: 'too-large',
  }),
  row({
    name: 'the same without a length',
    path: '/limits',
    body: raw(ofLength(png, 16 * 1024 + 1)),
    expect: 'too-large',
    chunks: 7,
  }),
  row({
    name: 'a megabyte without a length',
    path: '/limits',
    body: raw(new Uint8Array(1_000_000)),
    expect: 'too-large',
    chunks: 20,
  }),
  row({
    name: 'maxFiles',
    path: '/limits',
    body: form([file(png), file(png)]),
    expect: 201,
    check: ({ text }) => JSON.parse(text).uploads.length === 2,
  }),
  row({
    name: 'one file more',
    path: '/limits',
    body: form([file(png), file(png), file(png)]),
    expect: 'too-many-files',
  }),
  row({
    name: 'maxFields',
    path: '/limits',
    body: form([field('a', ''), field('b', ''), file(png)]),
    expect: 201,
  }),
  row({
    name: 'one field more',
    path: '/limits',
    body: form([field('a', ''), field('b', ''), field('c', ''), file(png)]),
    expect: 'too-many-fields',
  }),
  row({
    name: 'maxFieldBytes',
    path: '/limits',
    body: form([field('a', '1234567890'), file(png)]),
    expect: 201,
  }),
  row({
    name: 'one byte more',
    path: '/limits',
    body: form([field('a', '12345678901'), file(png)]),
    expect: 'field-too-large',
  }),
  row({
    name: 'a name of maxNameBytes',
    path: '/limits',
    body: form([file(png, `${'n'.repeat(16)}.png`)]),
    expect: 201,
  }),
  row({
    name: 'a name of one more',
    path: '/limits',
    body: form([file(png, `${'n'.repeat(17)}.png`)]),
    expect: 'name-too-long',
  }),
  row({ name: 'maxPixels', path: '/limits', body: raw(pngImage(8, 8)), expect: 201 }),
  row({ name: 'a column more', path: '/limits', body: raw(pngImage(9, 8)), expect: 'too-many-pixels' }),
  row({ name: 'maxMetadataBytes', path: '/limits', body: raw(withText(png, 40)), expect: 201 }),
  row({
    name: 'one byte of it more',
    path: '/limits',
    body: raw(withText(png, 41)),
    expect: 'too-much-metadata',
  }),
  row({
    name: 'a byte behind the end',
    path: '/limits',
    body: raw(new Uint8Array([...png, 0])),
    expect: 'trailing-data',
  }),
  row({ name: 'a still GIF', path: '/limits', body: raw(gifImage(8, 1)), expect: 201 }),
  row({ name: 'an animation', path: '/limits', body: raw(gifImage(8, 2)), expect: 'animation-not-allowed' }),
  row({
    name: '101 scans',
    path: '/images',
    body: raw(fixture('bad/bomb-101-scans.jpg')),
    expect: 'too-many-scans',
    headers: author,
  }),
  row({ name: 'maxFrames', path: '/animations', body: raw(gifImage(4, 3)), expect: 201 }),
  row({ name: 'a frame more', path: '/animations', body: raw(gifImage(4, 4)), expect: 'too-many-frames' }),
  row({ name: 'maxTotalPixels', path: '/animations', body: raw(gifImage(5, 2)), expect: 201 }),
  row({
    name: 'more in all frames',
    path: '/animations',
    body: raw(gifImage(6, 2)),
    expect: 'too-many-total-pixels',
  }),
]
