import { bytesOf, cases, corpusIsHere, isAccepted } from '@sluice/testkit/corpus'
import { expect, test } from 'vitest'
import { decodePng } from '../src/index.js'
import { instantiate } from '../src/instance.js'
import { kernelModule } from './kernel-module.js'
import { largestDifference } from './pictures.js'
import { referencePng } from './png-reference.js'

// PngSuite and libpng's own test files: every colour type, depth, filter and interlace method, tRNS and bKGD.
const suite = cases
  .filter(isAccepted)
  .filter(({ file }) => /pngsuite|testpngs/.test(file) && file.endsWith('.png'))
const module = kernelModule()

test.runIf(corpusIsHere)('PngSuite comes out bit-exact at 8 bits', async () => {
  expect(suite.length).toBeGreaterThan(250)
  const different: string[] = []
  for (const c of suite) {
    const file = bytesOf(c)
    const [width, height] = c.in_size
    const { pixels } = decodePng(instantiate(module), file, { width, height })
    if (largestDifference(pixels, await referencePng(file)) > 0) different.push(c.file)
  }
  expect(different).toEqual([])
})
