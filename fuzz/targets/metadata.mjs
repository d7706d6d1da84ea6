// What a file says of itself, and what is kept of it: the whole pipeline but for drawing, in place of which
// there is one pixel in each format that carries a copyright. Ends in data that make sense, and in files with
// the copyright alone.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { kernelRenderer } from '@sluice/codecs'
import { jpeg } from '@sluice/codecs/jpeg'
import { png } from '@sluice/codecs/png'
import { definePolicy, metadataFields, sanitize, sniffFormat, UploadError, verifyOutput } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { readSeeds } from '../seeds.mjs'

export { mutateImage as mutate } from '@sluice/testkit/mutate/mutate-image'

const onePixel = /** @type {const} */ ({ maxWidth: 1, maxHeight: 1, fit: 'cover' })
const policy = definePolicy({
  extensions: ['jpg', 'png', 'gif', 'webp', 'avif', 'heic'],
  animated: 'first-frame',
  metadata: metadataFields,
  keep: ['copyright'],
  output: { ...onePixel, format: 'webp' },
  variants: { jpeg: { ...onePixel, format: 'jpeg' }, png: { ...onePixel, format: 'png' } },
})
const drawn = await drawOnePixel()
/** @type {import('@sluice/core').Renderer} */
const renderer = {
  name: 'one pixel',
  reads: policy.formats,
  writes: ['webp', 'jpeg', 'png'],
  render: async () => ({ renditions: drawn }),
}

async function drawOnePixel() {
  const store = memoryStore()
  const body = new Uint8Array(
    readFileSync(new URL('../../fixtures/files/odd/one-pixel.png', import.meta.url)),
  )
  const real = kernelRenderer({ codecs: [jpeg(), png()] })
  const once = definePolicy({ output: policy.output, variants: policy.variants })
  const stored = await sanitize({ body }, { policy: once, renderer: real, store })
  const files = Object.entries({ main: stored, ...stored.variants })
  return Promise.all(
    files.map(async ([name, { format, key }]) => {
      const bytes = (await store.get(key)) ?? new Uint8Array()
      return { name, format, bytes, width: 1, height: 1, frames: 1 }
    }),
  )
}

/** V8 counts its promises anew in each run, so that everything would look new. */
export const guided = false

export const seeds = () => readSeeds(16_384, bytes => sniffFormat(bytes) !== undefined)

/** Characters of a text, and bytes that a copyright adds to a file, at most. */
const [maxText, maxAdded] = [200, 900]

/** @param {Uint8Array} bytes */
export async function run(bytes) {
  const store = memoryStore()
  try {
    const { metadata = {}, ...stored } = await sanitize({ body: bytes }, { policy, renderer, store })
    check(metadata)
    for (const { key, bytes: length, format } of [stored, ...Object.values(stored.variants)]) {
      const plain = drawn.find(each => each.format === format)?.bytes ?? new Uint8Array()
      const file = (await store.get(key)) ?? new Uint8Array()
      verifyOutput(file, policy)
      assert.ok(length >= plain.length && length <= plain.length + maxAdded, `${length} bytes of ${format}`)
      if (metadata.copyright === undefined) assert.deepEqual(file, plain)
    }
  } catch (thrown) {
    if (!(thrown instanceof UploadError)) throw thrown
    assert.ok(thrown.status < 500, `${thrown.code}: ${thrown.detail}`)
  }
}

/** @param {import('@sluice/core').ImageMetadata} metadata */
function check({ takenAt, camera, copyright, location }) {
  for (const text of [takenAt, camera, copyright])
    if (text !== undefined)
      assert.ok(text !== '' && [...text].length <= maxText && !/\p{Cc}/u.test(text), JSON.stringify(text))
  if (takenAt !== undefined) assert.match(takenAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d)?$/)
  if (location === undefined) return
  const { latitude, longitude } = location
  assert.ok(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180, `${latitude}, ${longitude}`)
}
