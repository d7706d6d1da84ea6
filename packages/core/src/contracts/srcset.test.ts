import { expect, test } from 'vitest'
import type { Stored, StoredFile } from '../pipeline/stages.js'
import { srcset } from './srcset.js'

const file = (key: string, width: number, height: number) =>
  ({ key, width, height, format: key.split('.')[1] }) as StoredFile
const stored = (main: StoredFile, variants: Record<string, StoredFile>) => ({ ...main, variants }) as Stored

test('candidates by width, each once', () => {
  const image = stored(file('a.webp', 1600, 1067), {
    thumb: file('a-thumb.webp', 320, 213),
    card: file('a-card.webp', 800, 534),
    again: file('a-again.webp', 800, 534),
  })
  expect(srcset(image, key => `/i/${key}`)).toBe(
    '/i/a-thumb.webp 320w, /i/a-again.webp 800w, /i/a.webp 1600w',
  )
})

test('a cropped variant shows another picture and is left out', () => {
  const image = stored(file('a.webp', 1600, 1067), { square: file('a-square.webp', 400, 400) })
  expect(srcset(image, key => key)).toBe('a.webp 1600w')
})

test('a list is of one format: a browser chooses by width alone', () => {
  const image = stored(file('a.webp', 1600, 1200), { next: file('a-next.avif', 800, 600) })
  expect(srcset(image, key => key)).toBe('a.webp 1600w')
  expect(srcset(image, key => key, 'avif')).toBe('a-next.avif 800w')
  expect(srcset(image, key => key, 'gif')).toBe('')
})

test('two formats of the same width are two candidates', () => {
  const image = stored(file('a.webp', 1600, 1200), { next: file('a-next.avif', 1600, 1200) })
  expect(srcset(image, key => key)).toBe('a.webp 1600w')
  expect(srcset(image, key => key, 'avif')).toBe('a-next.avif 1600w')
})

test('a thin picture', () => {
  const image = stored(file('a.webp', 1600, 3), { small: file('a-small.webp', 320, 1) })
  expect(srcset(image, key => key)).toBe('a-small.webp 320w, a.webp 1600w')
})
