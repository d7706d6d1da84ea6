import { createRequire } from 'node:module'
import { keyFor, keyring, makeKeyStem, newUploadId } from '@sluice/core'
import { type R2QuarantineBinding, r2Quarantine, signOffer, sweepQuarantine } from '@sluice/stores/quarantine'
import { type R2Binding, r2Store } from '@sluice/stores/r2'
import { checkStore } from '@sluice/stores/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

interface Simulator {
  getR2Bucket(name: string): Promise<R2Binding>
  dispose(): Promise<void>
}
// Cloudflare's own simulator of R2.
const { Miniflare }: { Miniflare: new (options: object) => Simulator } = createRequire(
  new URL('../runtimes/package.json', import.meta.url),
)('miniflare')

const simulator = new Miniflare({
  modules: true,
  script: 'export default {}',
  r2Buckets: ['BUCKET', 'QUARANTINE'],
  cf: false,
})
let bucket: R2Binding
beforeAll(async () => {
  bucket = await simulator.getR2Bucket('BUCKET')
}, 60_000)
afterAll(() => simulator.dispose())

const stem = makeKeyStem(new Date())
const file = (name: string) => ({
  key: keyFor(stem, name, 'webp'),
  bytes: new Uint8Array([1, 2, 3]),
  type: 'image/webp',
})

test('it does what a store promises', async () => {
  expect(await checkStore(r2Store(bucket))).toEqual([])
})

test('files carry their type and may be cached for ever', async () => {
  await r2Store(bucket).commit([file('main')])
  expect(await bucket.head(file('main').key)).toMatchObject({
    httpMetadata: { contentType: 'image/webp', cacheControl: 'public, max-age=31536000, immutable' },
  })
})

test('a put that fails takes the others of its commit back, and leaves what was there before', async () => {
  const failing: R2Binding = {
    ...bound(bucket),
    put: (key, ...rest) =>
      key.includes('-second') ? Promise.reject(new Error('R2 is away')) : bucket.put(key, ...rest),
  }
  const commit = r2Store(failing).commit([file('first'), file('second'), file('third')])
  await expect(commit).rejects.toMatchObject({ code: 'store-failed', detail: 'Error: R2 is away' })
  for (const name of ['first', 'second', 'third']) expect(await bucket.head(file(name).key)).toBeNull()

  await expect(r2Store(bucket).commit([file('main'), file('fourth')])).rejects.toMatchObject({
    code: 'store-failed',
  })
  expect(await bucket.head(file('main').key)).not.toBeNull()
  expect(await bucket.head(file('fourth').key)).toBeNull()
})

test('what could not be taken back is named in the private detail', async () => {
  const stuck: R2Binding = {
    ...bound(bucket),
    put: (key, ...rest) =>
      key.includes('-sixth') ? Promise.reject(new Error('away')) : bucket.put(key, ...rest),
    delete: () => Promise.reject(new Error('away')),
  }
  const commit = r2Store(stuck).commit([file('sixth'), file('seventh')])
  await expect(commit).rejects.toMatchObject({ detail: `Error: away; left behind: ${file('seventh').key}` })
})

test('a quarantine in R2 is read by its binding, as of one version, and emptied', async () => {
  type Putting = { put(key: string, bytes: Uint8Array, options: object): Promise<object> }
  const binding = (await simulator.getR2Bucket('QUARANTINE')) as unknown as R2QuarantineBinding & Putting
  const presign = { bucket: 'https://account.r2.cloudflarestorage.com/quarantine' }
  const quarantine = r2Quarantine(binding, { ...presign, accessKeyId: 'a', secretAccessKey: 'b' })
  const ring = keyring({ current: 'a', secrets: { a: 'a'.repeat(32) } })
  const expires = new Date(Date.now() + 300_000)
  const wish = { bytes: 3, type: 'image/png', sha256: 'ab'.repeat(32) }
  const offer = { ...newUploadId(ring), role: 'author', ...wish, expires: expires.toISOString() }
  const ticket = await signOffer(offer, ring)
  const { url, headers } = await quarantine.present(offer, ticket)
  expect(url).toMatch(
    /^https:\/\/account\.r2\.cloudflarestorage\.com\/quarantine\/[0-9a-f]{32}\?.*%2Fauto%2Fs3%2F/,
  )
  expect(headers['x-amz-meta-sluice-offer']).toBe(ticket)
  expect(await quarantine.find(offer.id)).toBeUndefined()
  // As R2 keeps the headers of a PUT by its S3 API.
  await binding.put(offer.id, new Uint8Array([1, 2, 3]), { customMetadata: { 'sluice-offer': ticket } })
  const found = await quarantine.find(offer.id)
  expect(found).toMatchObject({ ticket, bytes: 3 })
  expect(await quarantine.read(offer.id, found?.etag ?? '')).toEqual(new Uint8Array([1, 2, 3]))
  await binding.put(offer.id, new Uint8Array([4]), { customMetadata: { 'sluice-offer': ticket } })
  await expect(quarantine.read(offer.id, found?.etag ?? '')).rejects.toMatchObject({ code: 'store-failed' })
  await quarantine.settle(offer.id, expires)
  expect(await quarantine.find(offer.id)).toBeUndefined()
  expect(await binding.head(offer.id)).toMatchObject({ size: 0 })
  expect(await sweepQuarantine(quarantine)).toBe(0)
  expect(await sweepQuarantine(quarantine, { olderThanMs: -60_000 })).toBe(1)
  expect(await binding.head(offer.id)).toBeNull()
})

/** The binding is a proxy, which cannot be spread. */
function bound(real: R2Binding): R2Binding {
  return {
    put: (...given) => real.put(...given),
    head: key => real.head(key),
    get: key => real.get(key),
    delete: keys => real.delete(keys),
    list: options => real.list(options),
  }
}
