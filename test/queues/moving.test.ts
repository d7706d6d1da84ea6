import { defaultRenderer } from '@sluice/codecs'
import { definePolicy, keyring, recordId, type UploadError } from '@sluice/core'
import { copier, importer, moveJob, rerenderer } from '@sluice/jobs'
import { memoryRecords } from '@sluice/records'
import { memoryStore } from '@sluice/stores'
import { makePng } from '@sluice/testkit/images/png'
import { expect, test } from 'vitest'

const ring = keyring({ current: 'a', secrets: { a: 'a'.repeat(32) } })
const renderer = defaultRenderer()
const policy = definePolicy({ variants: { thumb: { maxWidth: 8, maxHeight: 8 } } })
const move = (id: string) => ({ id, offered: '2026-11-28', secret: 'a' })

/** A store with one image of ours, and its confirmed row. */
async function place() {
  const [store, records] = [memoryStore(), memoryRecords()]
  const work = importer({ read: () => makePng(40, 20), store, renderer, keyring: ring, records, policy })
  const result = await work(await moveJob(move('first'), 'cat.png'), {})
  const key = result?.stored?.key ?? ''
  const again = rerenderer({ store, renderer, keyring: ring, records })
  return { store, records, key, thumb: result?.stored?.variants.thumb?.key ?? '', again }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (thrown: UploadError) => thrown.code,
  )

test('a job follows from the move and the old name, and from nothing else', async () => {
  const one = await moveJob(move('a'), 'x/y.png')
  expect(one).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    offered: '2026-11-28',
    secret: 'a',
    old: 'x/y.png',
  })
  expect(await moveJob(move('a'), 'x/y.png')).toEqual(one)
  expect((await moveJob(move('b'), 'x/y.png')).id).not.toBe(one.id)
  expect((await moveJob(move('a'), 'x/z.png')).id).not.toBe(one.id)
})

test('an old file has the name that its path ends with, or none', async () => {
  const work = importer({ read: () => makePng(40, 20), store: memoryStore(), renderer, keyring: ring })
  const refusal = async (old: string) => (await work(await moveJob(move('a'), old), {}))?.refused?.code
  expect(await refusal('a.b/cat')).toBeUndefined()
  expect(await refusal('cat.png')).toBeUndefined()
  expect(await refusal('a/cat.php')).toBe('extension-not-allowed')
})

test('what another attempt has replaced is told again, until its old files go', async () => {
  const { store, records, key, thumb, again } = await place()
  const job = await moveJob(move('second'), key)
  const first = await again(job, {})
  expect(first?.stored?.variants).toEqual({})
  expect(await again(job, {})).toEqual(first)
  expect(await records.find([recordId(key)])).toMatchObject([
    { state: 'confirmed', files: [{ name: 'main' }] },
  ])
  // As a sweep that was killed between two files.
  await store.delete(key)
  expect(await again(job, {})).toBeUndefined()
  await store.delete(thumb)
  expect(await again(job, {})).toBeUndefined()
})

test('another move of the same name meets what the first has replaced, and draws nothing', async () => {
  const { store, records, key, again } = await place()
  await again(await moveJob(move('second'), key), {})
  const keys = []
  for await (const entry of store.list()) keys.push(entry.key)
  const other = { ...move('second'), offered: '2026-12-01', secret: 'b' }
  const ring = keyring({ current: 'b', secrets: { a: 'a'.repeat(32), b: 'b'.repeat(32) } })
  const work = rerenderer({ store, renderer, keyring: ring, records })
  expect(await work(await moveJob(other, key), {})).toBeUndefined()
  for await (const entry of store.list()) expect(keys).toContain(entry.key)
})

test('what is being removed is not drawn, what is pending later, and what nobody knows is refused', async () => {
  const { store, records, key, again } = await place()
  await records.remove([recordId(key)], new Date(Date.now() + 60_000))
  expect(await again(await moveJob(move('second'), key), {})).toBeUndefined()

  const pending = memoryRecords()
  const [row] = await records.find([key])
  if (row === undefined) throw new Error('no row')
  await pending.open([row])
  const waits = rerenderer({ store, renderer, keyring: ring, records: pending })
  expect(await codeOf(waits(await moveJob(move('second'), key), {}))).toBe('busy')

  const nobody = rerenderer({ store, renderer, keyring: ring, records: memoryRecords() })
  const refused = await nobody(await moveJob(move('second'), key), {})
  expect(refused?.refused).toMatchObject({ code: 'rejected', detail: `${key} has no record` })
})

test('without records the old files stay; the largest file is drawn from, whatever the main one is', async () => {
  const { store, key, thumb } = await place()
  await store.delete(key)
  const again = rerenderer({ store, renderer, keyring: ring })
  const result = await again(await moveJob(move('second'), key), {})
  expect(result?.stored).toMatchObject({ width: 8, height: 4, policyVersion: definePolicy().version })
  expect(await store.get(thumb)).toBeDefined()
  expect(await again(await moveJob(move('second'), `202611/${'0'.repeat(32)}.webp`), {})).toBeUndefined()
})

test('a copy writes nothing over, and believes only what it has read back', async () => {
  const { store, key, thumb } = await place()
  const job = await moveJob(move('copy'), key)
  const to = memoryStore()
  await to.commit([{ key: thumb, bytes: (await store.get(thumb)) ?? new Uint8Array(), type: 'image/webp' }])
  expect(await copier({ from: store, to })(job, {})).toMatchObject({ copied: [key], there: [thumb] })
  expect(await copier({ from: store, to })(job, {})).toMatchObject({ copied: [], bytes: expect.any(Number) })

  const other = memoryStore()
  await other.commit([{ key, bytes: makePng(1, 1), type: 'image/webp' }])
  expect(await codeOf(copier({ from: store, to: other })(job, {}))).toBe('store-conflict')
  const forgetful = { ...memoryStore(), get: async () => undefined }
  expect(await codeOf(copier({ from: store, to: forgetful })(job, {}))).toBe('store-failed')
})

test('renderers whose bytes may differ are refused at start', () => {
  const odd = { ...renderer, codecVersion: undefined }
  const options = { store: memoryStore(), renderer: odd, keyring: ring }
  expect(() => importer({ ...options, read: () => undefined })).toThrow(
    /importer: the renderer .* no version/,
  )
  expect(() => rerenderer(options)).toThrow(/rerenderer: /)
})
