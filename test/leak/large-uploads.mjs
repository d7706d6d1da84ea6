// Pictures of 64 megapixels one after the other, on the built packages: large-uploads.mjs <webp,png,jpeg...>. Prints one line
// of JSON: what became of each, and the most memory of the process meanwhile, in MiB. Nobody asks the collector to come.
import { defaultRenderer } from '@sluice/codecs'
import { definePolicy, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { forgetPeak, peakBytes } from '@sluice/testkit/process-memory'
import { makeEmptyScans } from '../../fixtures/make/hostile/jpeg.mjs'
import { makePlainWebp } from '../../fixtures/make/hostile/others.mjs'
import { makeFlatPng } from '../../fixtures/make/hostile/png.mjs'

const make = {
  // Twice 4 bytes a pixel: the decoder's own, and what it gives.
  webp: () => makePlainWebp(8000, 8000),
  // All rows at once, 8 bytes a pixel.
  png: () => makeFlatPng(8000, 512, { depth: 16, colour: 6, interlaced: true }),
  // Coefficients of all blocks.
  jpg: () => makeEmptyScans(8000, 8000, 3),
}
const kinds = process.argv[2].split(',')
const bodies = new Map([...new Set(kinds)].map(kind => [kind, new Uint8Array(make[kind]())]))
// What it took to make them is not asked.
globalThis.gc()
forgetPeak()

const policy = definePolicy()
const renderer = defaultRenderer()
const results = []
for (const kind of kinds) {
  const upload = { body: bodies.get(kind), name: `large.${kind}` }
  const code = await sanitize(upload, { policy, renderer, store: memoryStore() }).then(
    () => 'accepted',
    error => `${error.code}: ${error.detail}`,
  )
  results.push({ kind, code, peakMiB: Math.ceil(peakBytes() / 2 ** 20) })
}
console.log(JSON.stringify(results))
