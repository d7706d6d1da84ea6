import { expect, test } from 'vitest'
import { decodePng } from '../src/index.js'
import { instantiate } from '../src/instance.js'
import { corpusCases, corpusFile } from './corpus.js'
import { kernelModule } from './kernel-module.js'
import { largestDifference } from './pictures.js'
import { referencePng } from './png-reference.js'

// PngSuite and libpng's own test files: every colour type, depth, filter and interlace method, tRNS and bKGD.
const suite = corpusCases().filter(
  c => c.expect === 'accept' && /pngsuite|testpngs/.test(c.file) && c.file.endsWith('.png'),
)
const module = kernelModule()

test('PngSuite comes out bit-exact at 8 bits', async () => {
  if (corpusCases().length > 0) expect(suite.length).toBeGreaterThan(250)
  const different: string[] = []
  for (const c of suite) {
    const file = corpusFile(c)
    const [width, height] = c.in_size ?? [0, 0]
    const { pixels } = decodePng(instantiate(module), file, { width, height })
    if (largestDifference(pixels, await referencePng(file)) > 0) different.push(c.file)
  }
  expect(different).toEqual([])
})
