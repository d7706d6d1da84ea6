import { bytesOf, type Case, cases, corpusIsHere, isAccepted } from '@sluice/testkit/corpus'
import { thumb8, thumbDistance, thumbOf } from '@sluice/testkit/thumb8'
import { expect, test } from 'vitest'
import { decodePng, pngFrames } from '../src/index.js'
import { instantiate } from '../src/instance.js'
import { kernelModule } from './kernel-module.js'
import { isPng } from './signatures.js'

const MATCH = 8

/** Rejected for its size alone, which is decided before decoding. */
const BOMBS = ['65536-uint32-limit.png']

const module = kernelModule()
const pngs = cases.filter(c => c.group !== 'filenames' && isPng(bytesOf(c)))
const accepted = pngs.filter(isAccepted)
const name = (c: Case) => c.file.split('/').at(-1) ?? ''

const plan = ({ size = [64, 64], exif_orientation }: Case) => ({
  width: size[0],
  height: size[1],
  orientation: exif_orientation || 1,
})

test.runIf(corpusIsHere)('the corpus is there', () => {
  expect(pngs.length).toBeGreaterThan(600)
})

test.runIf(corpusIsHere)('every accepted PNG has the right thumb', () => {
  expect(accepted.length).toBeGreaterThan(500)
  const wrong = accepted.filter(c => {
    const { pixels, width, height } = decodePng(instantiate(module), bytesOf(c), plan(c))
    return thumbDistance(thumb8({ pixels, width, height }), thumbOf(c.thumb8)) > MATCH
  })
  expect(wrong.map(name)).toEqual([])
})

test.runIf(corpusIsHere)(
  'every accepted PNG has the right number of frames, and the first one has the right thumb',
  () => {
    const animated = accepted.filter(c => c.features.includes('acTL'))
    expect(animated.length).toBeGreaterThan(40)
    for (const c of animated) {
      const animation = pngFrames(instantiate(module), bytesOf(c), plan(c))
      const frames = [...animation]
      // The reference counts a default image that is not part of the animation, and shows it first.
      const hidden = animation.defaultImageIsHidden ? 1 : 0
      expect(frames.length + hidden, c.file).toBe(c.frames)
      expect(frames.length).toBe(animation.frameCount)
      const [first] = frames
      if (hidden || !first) continue
      expect(
        thumbDistance(
          thumb8({ pixels: first.pixels, width: animation.width, height: animation.height }),
          thumbOf(c.thumb8),
        ),
        c.file,
      ).toBeLessThanOrEqual(MATCH)
    }
  },
)

test.runIf(corpusIsHere)('every rejected PNG is refused by name, in the debug build too', () => {
  const rejected = pngs.filter(c => c.expect === 'reject' && !BOMBS.includes(name(c)))
  expect(rejected.length).toBeGreaterThan(60)
  for (const build of ['release', 'debug'] as const) {
    const kernels = kernelModule(build)
    for (const c of rejected) {
      const refusal = expect.objectContaining({
        code: expect.stringMatching(/^(corrupt|truncated|bad-checksum|unsupported-chunk|out-of-memory)$/),
      })
      expect(() => decodePng(instantiate(kernels), bytesOf(c), plan(c)), c.file).toThrow(refusal)
    }
  }
})
