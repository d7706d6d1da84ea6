import { bytesOf, type Case, cases, corpusIsHere, isAccepted } from '@sluice/testkit/corpus'
import { thumb8, thumbDistance, thumbOf } from '@sluice/testkit/thumb8'
import { expect, test } from 'vitest'
import { decodeGif, gifFrames } from '../src/index.js'
import { instantiate } from '../src/instance.js'
import { kernelModule } from './kernel-module.js'
import { isGif } from './signatures.js'

const MATCH = 8

/** Files whose picture differs from the reference's for a reason. */
const EXCEPTIONS: Record<string, string> = {
  'firefox-gif-leak2.gif':
    'an image of 4 columns on a screen of 32: the reference fills the rest with the background colour, browsers do not',
}

const module = kernelModule()
const gifs = cases.filter(c => c.group !== 'filenames' && isGif(bytesOf(c)))
const accepted = gifs.filter(isAccepted)
const name = (c: Case) => c.file.split('/').at(-1) ?? ''

const plan = ({ size = [64, 64] }: Case) => ({ width: size[0], height: size[1] })

test.runIf(corpusIsHere)('the corpus is there', () => {
  expect(gifs.length).toBeGreaterThan(100)
})

test.runIf(corpusIsHere)('every accepted GIF has the right thumb', () => {
  expect(accepted.length).toBeGreaterThan(80)
  const wrong = accepted.filter(c => {
    const { pixels, width, height } = decodeGif(instantiate(module), bytesOf(c), plan(c))
    return thumbDistance(thumb8({ pixels, width, height }), thumbOf(c.thumb8)) > MATCH
  })
  expect(wrong.map(name).filter(n => !(n in EXCEPTIONS))).toEqual([])
  expect(Object.keys(EXCEPTIONS).length).toBeLessThanOrEqual(5)
})

test.runIf(corpusIsHere)(
  'every accepted GIF has the right number of frames, and the first is that of the still',
  () => {
    for (const c of accepted) {
      const { pixels } = decodeGif(instantiate(module), bytesOf(c), plan(c))
      const animation = gifFrames(instantiate(module), bytesOf(c), plan(c))
      let count = 0
      for (const frame of animation) {
        if (count === 0) expect(Buffer.compare(frame.pixels, pixels), c.file).toBe(0)
        count++
      }
      expect([count, animation.frameCount], c.file).toEqual([c.frames, c.frames])
    }
  },
)

test.runIf(corpusIsHere)('every rejected GIF is refused by name, in the debug build too', () => {
  const rejected = gifs.filter(c => c.expect === 'reject')
  expect(rejected.length).toBeGreaterThan(15)
  for (const build of ['release', 'debug'] as const) {
    const kernels = kernelModule(build)
    for (const c of rejected) {
      const refusal = expect.objectContaining({
        code: expect.stringMatching(/^(corrupt|truncated|out-of-memory)$/),
      })
      expect(() => [...gifFrames(instantiate(kernels), bytesOf(c), plan(c))], c.file).toThrow(refusal)
    }
  }
})
