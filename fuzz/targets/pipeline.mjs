// The whole pipeline with the hardened codecs: a stored image or a refusal, never a fault of ours.
import assert from 'node:assert/strict'
import { defaultRenderer } from '@sluice/codecs'
import { definePolicy, sanitize, sniffFormat, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { mutateImage } from '@sluice/testkit/mutate/mutate-image'
import { mutatePng } from '@sluice/testkit/mutate/png'
import { readSeeds } from '../seeds.mjs'

/** Little is encoded, and quickly: it is the reading that is tried. */
const policy = definePolicy({
  output: { maxWidth: 64, maxHeight: 64, effort: 0 },
  animationEffort: 0,
  maxPixels: 1_000_000,
  maxTotalPixels: 2_000_000,
  maxFrames: 40,
  timeMs: 60_000,
})
const renderer = defaultRenderer()
const read = new Set(renderer.reads)

/** Most of it is WebAssembly, which V8 does not count. */
export const guided = false

export const seeds = () =>
  readSeeds(16_384, bytes => {
    const format = sniffFormat(bytes)
    return format !== undefined && read.has(format)
  })

/**
 * @param {Uint8Array} bytes
 * @param {import('@sluice/testkit/mutate/bytes').Random} random
 * @param {readonly Uint8Array[]} pool
 */
export function mutate(bytes, random, pool) {
  return sniffFormat(bytes) === 'png' && random.chance(0.5)
    ? new Uint8Array(mutatePng(Buffer.from(bytes), random))
    : mutateImage(bytes, random, pool)
}

/** @param {Uint8Array} bytes */
export async function run(bytes) {
  try {
    await sanitize({ body: bytes }, { policy, renderer, store: memoryStore() })
  } catch (thrown) {
    if (!(thrown instanceof UploadError)) throw thrown
    const { code, detail, status } = thrown
    assert.ok(status < 500, `${code}: ${detail}`)
    assert.ok(code !== 'timed-out', `${code} before fuel was used up`)
  }
}
