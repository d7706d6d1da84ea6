import { expect, test } from 'vitest'
import type { Stored, StoredFile } from '../pipeline/stages.js'
import { picture } from './picture.js'
import type { Uploaded, UploadedFile } from './uploaded.js'

const file = (name: string, width: number, height: number, format = 'webp') =>
  ({ key: `${name}.${format}`, url: `/i/${name}.${format}`, width, height, format }) as UploadedFile
const placeholder = { thumbhash: 'AA==', colour: '#102030' }
const upload = (main: UploadedFile, variants: Record<string, UploadedFile> = {}) =>
  ({ ...main, variants, placeholder }) as Uploaded

test('one source a format, best first, and an img for the rest', () => {
  const image = upload(file('a', 1600, 1067), {
    small: file('a-small', 800, 534),
    avif: file('a-avif', 1600, 1067, 'avif'),
    smallavif: file('a-smallavif', 800, 534, 'avif'),
    square: file('a-square', 400, 400, 'avif'),
  })
  const sizes = '(max-width: 1600px) 100vw, 1600px'
  expect(picture(image)).toEqual({
    sources: [{ type: 'image/avif', srcset: '/i/a-smallavif.avif 800w, /i/a-avif.avif 1600w', sizes }],
    img: {
      src: '/i/a.webp',
      srcset: '/i/a-small.webp 800w, /i/a.webp 1600w',
      sizes,
      width: 1600,
      height: 1067,
    },
    placeholder,
  })
})

test('where the main file is the better format, the img is the other', () => {
  const image = upload(file('a', 1600, 1200, 'avif'), { old: file('a-old', 800, 600) })
  const { sources, img } = picture(image, { sizes: '50vw' })
  expect(sources).toEqual([{ type: 'image/avif', srcset: '/i/a.avif 1600w', sizes: '50vw' }])
  expect(img).toEqual({
    src: '/i/a-old.webp',
    srcset: '/i/a-old.webp 800w',
    sizes: '50vw',
    width: 800,
    height: 600,
  })
})

test('JPEG is what all know: WebP and AVIF go before it', () => {
  const image = upload(file('a', 1600, 1200), {
    mail: file('a-mail', 800, 600, 'jpeg'),
    best: file('a-best', 1600, 1200, 'avif'),
  })
  const { sources, img } = picture(image)
  expect(sources.map(({ type }) => type)).toEqual(['image/avif', 'image/webp'])
  expect(img).toMatchObject({ src: '/i/a-mail.jpeg', width: 800 })
})

test('one format alone needs no source', () => {
  expect(picture(upload(file('a', 8, 6, 'gif')))).toMatchObject({ sources: [], img: { src: '/i/a.gif' } })
})

test('what sanitize stored gets its addresses by a function, and no placeholder where there is none', () => {
  const { key, width, height, format } = file('a', 8, 6)
  const stored = { key, width, height, format, variants: {} } as Stored & StoredFile
  const made = picture(stored, { url: each => `https://cdn.example/${each}` })
  expect(made.img).toMatchObject({
    src: 'https://cdn.example/a.webp',
    srcset: 'https://cdn.example/a.webp 8w',
  })
  expect(made).not.toHaveProperty('placeholder')
})
