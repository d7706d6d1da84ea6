import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { kernelRenderer } from '@sluice/codecs'
import { definePolicy, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { findCases } from '@sluice/testkit/find-corpus'
import sharp from 'sharp'
import { expect, test } from 'vitest'

/*
 * Screenshots and pixel art of more than 255 colours, by the default policy: exact, as libvips reads them,
 * and small.
 */

/** Bytes of libwebp 1.5 without loss, at its effort 6. */
const best = { 'code_dark_1x.png': 50_588, 'doc_light_1x.png': 125_384, 'pixelart_400c.png': 37_432 } as const
/** Of the best. */
const most = 1.02

const cases = findCases()
const renderer = kernelRenderer()
const pixelsOf = (bytes: Uint8Array) => sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true })

test.runIf(cases !== undefined).each(Object.entries(best))('%s', async (file, bytes) => {
  const input = new Uint8Array(readFileSync(join(cases ?? '', 'pictures', file)))
  const store = memoryStore()
  const policy = definePolicy({ timeMs: 120_000 })
  const { key } = await sanitize({ body: input }, { policy, renderer, store })
  const output = (await store.get(key)) ?? new Uint8Array()
  const [wanted, found] = [await pixelsOf(input), await pixelsOf(output)]
  expect([found.info.width, found.info.height]).toEqual([wanted.info.width, wanted.info.height])
  expect(Buffer.compare(found.data, wanted.data)).toBe(0)
  expect(output.length).toBeLessThanOrEqual(most * bytes)
})
