import { bytesOf, type Case, cases, corpusIsHere, isAccepted } from '@sluice/testkit/corpus'
import { thumb8, thumbDistance, thumbOf } from '@sluice/testkit/thumb8'
import { expect, test } from 'vitest'
import { decodeWebp, resize, webpFrames } from '../src/index.js'
import { instantiate } from '../src/instance.js'
import { kernelModule } from './kernel-module.js'
import { isWebp } from './signatures.js'

const MATCH = 8

const module = kernelModule()
const webps = cases.filter(c => c.group !== 'filenames' && isWebp(bytesOf(c)))
const accepted = webps.filter(isAccepted)

const plan = ({ size = [64, 64], exif_orientation }: Case) => ({
  width: size[0],
  height: size[1],
  orientation: exif_orientation || 1,
})

test.runIf(corpusIsHere)('the corpus is there', () => {
  expect(webps.length).toBeGreaterThan(75)
})

test.runIf(corpusIsHere)('every accepted WebP has the right thumb', () => {
  expect(accepted.length).toBeGreaterThan(70)
  const wrong = accepted.filter(c => {
    const { pixels, width, height } = decodeWebp(instantiate(module), bytesOf(c), plan(c))
    return thumbDistance(thumb8({ pixels, width, height }), thumbOf(c.thumb8)) > MATCH
  })
  expect(wrong.map(c => c.file)).toEqual([])
})

test.runIf(corpusIsHere)('rows that go into the resizer one by one give what the whole picture gives', () => {
  const still = accepted.filter(c => c.frames === 1 && c.in_size[0] * c.in_size[1] < 500_000)
  expect(still.length).toBeGreaterThan(50)
  for (const c of still) {
    const [width, height] = c.in_size
    const whole = decodeWebp(instantiate(module), bytesOf(c), { width, height })
    const small = { width: Math.ceil(width / 3), height: Math.ceil(height / 3) }
    const streamed = decodeWebp(instantiate(module), bytesOf(c), small)
    const alpha = whole.pixels.some((v, i) => i % 4 === 3 && v !== 255)
    const resized = resize(instantiate(module), whole, { ...small, opaque: !alpha })
    // A picture with alpha that is opaque everywhere goes the other way through the resizer.
    const largest = streamed.pixels.reduce(
      (most, v, i) => Math.max(most, Math.abs(v - (resized.pixels[i] ?? 0))),
      0,
    )
    expect(largest, c.file).toBeLessThanOrEqual(1)
  }
})

test.runIf(corpusIsHere)(
  'every accepted WebP has the right number of frames, and the first is the still',
  () => {
    const animated = accepted.filter(c => c.frames > 1)
    expect(animated.length).toBeGreaterThan(7)
    for (const c of animated) {
      const { pixels } = decodeWebp(instantiate(module), bytesOf(c), plan(c))
      const animation = webpFrames(instantiate(module), bytesOf(c), plan(c))
      let count = 0
      for (const frame of animation) {
        if (count === 0) expect(Buffer.compare(frame.pixels, pixels), c.file).toBe(0)
        count++
      }
      expect([count, animation.frameCount], c.file).toEqual([c.frames, c.frames])
    }
  },
)

test.runIf(corpusIsHere)('every rejected WebP is refused by name, in the debug build too', () => {
  const rejected = webps.filter(c => c.expect === 'reject')
  expect(rejected.length).toBeGreaterThan(0)
  for (const build of ['release', 'debug'] as const) {
    const kernels = kernelModule(build)
    for (const c of rejected) {
      const refusal = expect.objectContaining({
        code: expect.stringMatching(/^(corrupt|truncated|out-of-memory|bad-arguments)$/),
      })
      expect(() => [...webpFrames(instantiate(kernels), bytesOf(c), plan(c))], c.file).toThrow(refusal)
    }
  }
})
