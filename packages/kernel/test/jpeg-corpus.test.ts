import { expect, test } from 'vitest'
import { decodeJpeg } from '../src/index.js'
import { instantiate } from '../src/instance.js'
import { type CorpusCase, corpusCases, corpusFile, isJpeg } from './corpus.js'
import { kernelModule } from './kernel-module.js'
import { thumb8, thumbDistance } from './thumb.js'

const MATCH = 8
/** Of pictures with hardly any AC: what libjpeg guesses from neighbours, we guess too, by weights of our own. */
const GUESS = 15
const GUESSED = [0, 1, 2].map(scan => `peacock.progressive.scan00${scan}.jpeg`)

/** Rejected for its size alone, which is decided before decoding. */
const BOMBS = ['giant-image.jpg']

const module = kernelModule()
const cases = corpusCases()
const jpegs = cases.filter(c => c.group !== 'filenames' && isJpeg(corpusFile(c)))
const name = (c: CorpusCase) => c.file.split('/').at(-1) ?? ''

function decode(c: CorpusCase, [width, height] = c.size ?? [64, 64]) {
  const orientation = c.exif_orientation || 1 // 0 occurs, and means upright
  return decodeJpeg(instantiate(module), corpusFile(c), { width, height, orientation })
}

test('the corpus is there', () => {
  if (cases.length > 0) expect(jpegs.length).toBeGreaterThan(400)
})

test('every accepted JPEG of the picture groups has the right thumb', () => {
  const accepted = jpegs.filter(
    c =>
      c.expect === 'accept' &&
      ['jpeg', 'orientation'].includes(c.group) &&
      !/SOF9|4comp/.test(c.features ?? ''),
  )
  if (cases.length > 0) expect(accepted.length).toBeGreaterThan(200)
  const wrong = accepted.filter(c => {
    const { pixels, width, height } = decode(c)
    const most = GUESSED.includes(name(c)) ? GUESS : MATCH
    return thumbDistance(thumb8(pixels, width, height), c.thumb8 ?? '') > most
  })
  expect(wrong.map(name)).toEqual([])
})

test('every rejected JPEG is refused by name, in the debug build too', () => {
  const rejected = jpegs.filter(c => c.expect === 'reject' && !BOMBS.includes(name(c)))
  if (cases.length > 0) expect(rejected.length).toBeGreaterThan(150)
  for (const build of ['release', 'debug'] as const) {
    const kernels = kernelModule(build)
    for (const c of rejected) {
      expect(
        () => decodeJpeg(instantiate(kernels), corpusFile(c), { width: 64, height: 64 }),
        c.file,
      ).toThrow(
        expect.objectContaining({
          code: expect.stringMatching(/^(corrupt|truncated|unsupported-.*|out-of-memory)$/),
        }),
      )
    }
  }
})
