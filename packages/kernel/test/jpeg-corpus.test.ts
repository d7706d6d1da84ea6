import { bytesOf, type Case, cases, corpusIsHere, isAccepted } from '@sluice/testkit/corpus'
import { thumb8, thumbDistance, thumbOf } from '@sluice/testkit/thumb8'
import { expect, test } from 'vitest'
import { decodeJpeg } from '../src/index.js'
import { instantiate } from '../src/instance.js'
import { kernelModule } from './kernel-module.js'
import { isJpeg } from './signatures.js'

const MATCH = 8
/**
 * Of pictures with hardly any AC: what libjpeg guesses from neighbours, we guess too, by weights of our own.
 */
const GUESS = 15
const GUESSED = [0, 1, 2].map(scan => `peacock.progressive.scan00${scan}.jpeg`)

/** Rejected for its size alone, which is decided before decoding. */
const BOMBS = ['giant-image.jpg']

const module = kernelModule()
const jpegs = cases.filter(c => c.group !== 'filenames' && isJpeg(bytesOf(c)))
const name = (c: Case) => c.file.split('/').at(-1) ?? ''

function decode(c: Case, [width, height] = c.size ?? [64, 64]) {
  const orientation = c.exif_orientation || 1 // 0 occurs, and means upright
  return decodeJpeg(instantiate(module), bytesOf(c), { width, height, orientation })
}

test.runIf(corpusIsHere)('the corpus is there', () => {
  expect(jpegs.length).toBeGreaterThan(400)
})

test.runIf(corpusIsHere)('every accepted JPEG of the picture groups has the right thumb', () => {
  const accepted = jpegs
    .filter(isAccepted)
    .filter(c => ['jpeg', 'orientation'].includes(c.group) && !/SOF9|4comp/.test(c.features))
  expect(accepted.length).toBeGreaterThan(200)
  const wrong = accepted.filter(c => {
    const { pixels, width, height } = decode(c)
    const most = GUESSED.includes(name(c)) ? GUESS : MATCH
    return thumbDistance(thumb8({ pixels, width, height }), thumbOf(c.thumb8)) > most
  })
  expect(wrong.map(name)).toEqual([])
})

test.runIf(corpusIsHere)('every rejected JPEG is refused by name, in the debug build too', () => {
  const rejected = jpegs.filter(c => c.expect === 'reject' && !BOMBS.includes(name(c)))
  expect(rejected.length).toBeGreaterThan(150)
  for (const build of ['release', 'debug'] as const) {
    const kernels = kernelModule(build)
    for (const c of rejected) {
      expect(() => decodeJpeg(instantiate(kernels), bytesOf(c), { width: 64, height: 64 }), c.file).toThrow(
        expect.objectContaining({
          code: expect.stringMatching(/^(corrupt|truncated|unsupported-.*|out-of-memory)$/),
        }),
      )
    }
  }
})
