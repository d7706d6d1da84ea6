import { defaultRenderer } from '@sluice/codecs'
import {
  definePolicy,
  type Kit,
  keyring,
  newUploadId,
  type Store,
  type StoredFile,
  sanitize,
  type UploadEvent,
} from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { makePng } from '@sluice/testkit/images/png'
import { expect, test } from 'vitest'

const policy = definePolicy({ variants: { thumb: { maxWidth: 8, maxHeight: 8 } } })
const renderer = defaultRenderer()
const ring = keyring({ current: 'a', secrets: { a: 'a'.repeat(32), b: 'b'.repeat(32) } })
const upload = { body: makePng(24, 16), name: 'cat.png' }
const other = { body: makePng(24, 17), name: 'cat.png' }

function kitOf(store: Store, more: Partial<Kit> = {}): Kit {
  return { policy, renderer, store, keyring: ring, id: newUploadId(ring, 'upload-1', new Date(0)), ...more }
}

async function keysOf(store: Store): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const { key } of store.list()) keys.push(key)
  return keys.sort()
}

test('an upload with an id becomes the same files each time, and nothing besides', async () => {
  const store = memoryStore()
  const kit = kitOf(store)
  const all = await Promise.all([upload, upload, upload].map(each => sanitize(each, kit)))
  expect(all[1]).toEqual(all[0])
  expect(all[2]).toEqual(all[0])
  expect(all[0]).toMatchObject({
    key: expect.stringMatching(/^197001\/[0-9a-f]{32}\.webp$/),
    codecVersion: renderer.codecVersion,
  })
  expect(await keysOf(store)).toEqual(filesOf(all[0]).sort())
  const rotated = keyring({ current: 'b', secrets: { a: 'a'.repeat(32), b: 'b'.repeat(32) } })
  expect(await sanitize(upload, { ...kit, keyring: rotated })).toEqual(all[0])
})

test('another policy or crop is another name, other bytes under one name are an alarm', async () => {
  const store = memoryStore()
  const kit = kitOf(store)
  const first = await sanitize(upload, kit)
  const cut = await sanitize({ ...upload, crop: { x: 0, y: 0, width: 0.75, height: 1 } }, kit)
  const small = await sanitize(upload, { ...kit, policy: definePolicy({ output: { maxWidth: 10 } }) })
  expect(new Set([first.key, cut.key, small.key]).size).toBe(3)
  const events: UploadEvent[] = []
  const conflict = sanitize(other, { ...kit, onEvent: event => events.push(event) })
  await expect(conflict).rejects.toMatchObject({ code: 'store-conflict', status: 500 })
  expect(events).toMatchObject([{ event: 'upload.refused', code: 'store-conflict' }])
  for (const { key } of [first, ...Object.values(first.variants)]) expect(await store.get(key)).toBeDefined()
})

test('what the application refuses stays: another attempt may have had its yes', async () => {
  const store = memoryStore()
  const events: string[] = []
  const failing = kitOf(store, {
    onStored: () => Promise.reject(new Error('the database is away')),
    onEvent: ({ event }) => events.push(event),
  })
  await expect(sanitize(upload, failing)).rejects.toMatchObject({ code: 'internal' })
  expect(events).toEqual(['upload.refused'])
  expect(await keysOf(store)).toHaveLength(2)
  await sanitize(upload, kitOf(store))
  expect(await keysOf(store)).toHaveLength(2)
})

test('what would name files by chance is refused', async () => {
  const store = memoryStore()
  const nameless = { ...renderer, codecVersion: undefined }
  for (const [more, detail] of [
    [{ keyring: undefined }, /needs a keyring/],
    [{ renderer: nameless }, /has no codecVersion/],
  ] as const)
    await expect(sanitize(upload, kitOf(store, more))).rejects.toMatchObject({
      code: 'internal',
      detail: expect.stringMatching(detail),
    })
  expect(await keysOf(store)).toEqual([])
})

function filesOf({
  key,
  variants,
}: {
  key: string
  variants: Readonly<Record<string, StoredFile>>
} = noFile) {
  return [key, ...Object.values(variants).map(variant => variant.key)]
}
const noFile = { key: '', variants: {} }
