import { expect, test } from 'vitest'
import { decodeGif, gifFrames } from '../src/index.js'
import { instantiate } from '../src/instance.js'
import { type CorpusCase, corpusCases, corpusFile, isGif } from './corpus.js'
import { kernelModule } from './kernel-module.js'
import { thumb8, thumbDistance } from './thumb.js'

const MATCH = 8

/** Files whose picture differs from the reference's for a reason. */
const EXCEPTIONS: Record<string, string> = {
  'firefox-gif-leak2.gif':
    'an image of 4 columns on a screen of 32: the reference fills the rest with the background colour, browsers do not',
}

const module = kernelModule()
const cases = corpusCases()
const gifs = cases.filter(c => c.group !== 'filenames' && isGif(corpusFile(c)))
const accepted = gifs.filter(c => c.expect === 'accept')
const name = (c: CorpusCase) => c.file.split('/').at(-1) ?? ''

const plan = ({ size = [64, 64] }: CorpusCase) => ({ width: size[0], height: size[1] })

test('the corpus is there', () => {
  if (cases.length > 0) expect(gifs.length).toBeGreaterThan(100)
})

test('every accepted GIF has the right thumb', () => {
  if (cases.length > 0) expect(accepted.length).toBeGreaterThan(80)
  const wrong = accepted.filter(c => {
    const { pixels, width, height } = decodeGif(instantiate(module), corpusFile(c), plan(c))
    return thumbDistance(thumb8(pixels, width, height), c.thumb8 ?? '') > MATCH
  })
  expect(wrong.map(name).filter(n => !(n in EXCEPTIONS))).toEqual([])
  expect(Object.keys(EXCEPTIONS).length).toBeLessThanOrEqual(5)
})

test('every accepted GIF has the right number of frames, and the first is that of the still', () => {
  for (const c of accepted) {
    const { pixels } = decodeGif(instantiate(module), corpusFile(c), plan(c))
    const animation = gifFrames(instantiate(module), corpusFile(c), plan(c))
    let count = 0
    for (const frame of animation) {
      if (count === 0) expect(Buffer.compare(frame.pixels, pixels), c.file).toBe(0)
      count++
    }
    expect([count, animation.frameCount], c.file).toEqual([c.frames, c.frames])
  }
})

test('every rejected GIF is refused by name, in the debug build too', () => {
  const rejected = gifs.filter(c => c.expect === 'reject')
  if (cases.length > 0) expect(rejected.length).toBeGreaterThan(15)
  for (const build of ['release', 'debug'] as const) {
    const kernels = kernelModule(build)
    for (const c of rejected) {
      const refusal = expect.objectContaining({
        code: expect.stringMatching(/^(corrupt|truncated|out-of-memory)$/),
      })
      expect(() => [...gifFrames(instantiate(kernels), corpusFile(c), plan(c))], c.file).toThrow(refusal)
    }
  }
})
