import type { FileToStore, NewRecord } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryRecords, removeUpload, sweep } from './index.js'
import { exampleRecord } from './testing.js'

let records = memoryRecords()
let store = memoryStore()
beforeEach(() => {
  records = memoryRecords()
  store = memoryStore()
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

async function stored(confirm = true, owner = ''): Promise<NewRecord> {
  const row = { ...exampleRecord(), owner }
  await records.open([row])
  await store.commit(
    row.files.map(
      ({ key, bytes }): FileToStore => ({ key, bytes: new Uint8Array(bytes), type: 'image/webp' }),
    ),
  )
  if (confirm) await records.confirm([row.id])
  return row
}

async function keys(): Promise<string[]> {
  const found: string[] = []
  for await (const { key } of store.list()) found.push(key)
  return found.sort()
}

const keysOf = (...rows: readonly NewRecord[]) =>
  rows.flatMap(({ files }) => files.map(({ key }) => key)).sort()
const nothing = { kept: 0, expired: 0, deleted: 0, failed: [] }

test('what stayed pending for an hour goes, and nothing else', async () => {
  const [pending, confirmed] = [await stored(false), await stored()]
  const start = Date.now()
  vi.setSystemTime(start + 3_599_000)
  expect(await sweep({ records, store })).toEqual(nothing)
  vi.setSystemTime(start + 3_600_000)
  expect(await sweep({ records, store })).toEqual({ ...nothing, expired: 1, deleted: 1 })
  expect(await records.find([pending.id])).toEqual([])
  expect(await keys()).toEqual(keysOf(confirmed))
})

test('an upload that the application has is kept, and it is asked for no other', async () => {
  const [mine, other, confirmed] = [await stored(false), await stored(false), await stored()]
  const isKept = vi.fn(async ({ id }: NewRecord) => id === mine.id)
  expect(await sweep({ records, store, pendingMs: 0, isKept })).toEqual({
    ...nothing,
    kept: 1,
    expired: 1,
    deleted: 1,
  })
  expect(isKept.mock.calls.map(([{ id }]) => id).sort()).toEqual([mine.id, other.id].sort())
  expect(await keys()).toEqual(keysOf(mine, confirmed))
  expect(await records.find([other.id])).toEqual([])
})

test('an application that cannot answer loses nothing', async () => {
  const row = await stored(false)
  const down = () => Promise.reject(new Error('database down'))
  await expect(sweep({ records, store, pendingMs: 0, isKept: down })).rejects.toThrow('database down')
  expect(await keys()).toEqual(keysOf(row))
})

test('many are swept in one go, also where some cannot be deleted', async () => {
  const rows: NewRecord[] = []
  for (let each = 0; each < 250; each++) rows.push(await stored(false))
  const remove = store.delete
  const stuck = new Set(rows.slice(0, 120).map(({ files }) => files[0]?.key))
  store.delete = async key => {
    if (stuck.has(key)) throw new Error('read-only')
    await remove(key)
  }
  const swept = await sweep({ records, store, pendingMs: 0 })
  expect([swept.expired, swept.deleted, swept.failed.length]).toEqual([250, 130, 120])
  expect(swept.failed[0]?.reason).toMatch(/^not deleted: \d{6}\//)
  store.delete = remove
  expect(await sweep({ records, store })).toEqual({ ...nothing, deleted: 120 })
  expect(await keys()).toEqual([])
})

test('a sweep that is stopped leaves the rest to the next', async () => {
  for (let each = 0; each < 5; each++) await stored(false)
  const stop = new AbortController()
  const isKept = vi.fn(() => {
    if (isKept.mock.calls.length === 2) stop.abort()
    return false
  })
  expect(await sweep({ records, store, pendingMs: 0, isKept, signal: stop.signal })).toMatchObject({
    expired: 2,
  })
  expect(await sweep({ records, store, pendingMs: 0 })).toMatchObject({ expired: 3, deleted: 5 })
})

test('an upload is removed by its id or any of its keys, with all of its files', async () => {
  const [byId, byKey, kept] = [await stored(), await stored(), await stored()]
  expect(await removeUpload(byId.id, { records, store })).toBe(true)
  expect(await removeUpload(byKey.files[1]?.key ?? '', { records, store })).toBe(true)
  expect(await removeUpload(byKey.id, { records, store })).toBe(false)
  expect(await keys()).toEqual(keysOf(kept))
  expect(await records.find([byId.id, byKey.id])).toEqual([])
})

test('after a delay, the files go with the first sweep behind it; the room is free at once', async () => {
  const row = await stored(true, 'ann')
  await removeUpload(row.id, { records, store, afterMs: 60_000 })
  expect(await records.held('ann')).toEqual({ bytes: 0, files: 0 })
  expect(await sweep({ records, store })).toEqual(nothing)
  expect(await keys()).toEqual(keysOf(row))
  vi.setSystemTime(Date.now() + 60_001)
  expect(await sweep({ records, store })).toEqual({ ...nothing, deleted: 1 })
  expect(await keys()).toEqual([])
})

test('what could not be deleted is told, and is the next sweep’s', async () => {
  const row = await stored()
  vi.spyOn(store, 'delete').mockRejectedValueOnce(new Error('read-only'))
  await expect(removeUpload(row.id, { records, store })).rejects.toMatchObject({ code: 'store-failed' })
  expect(await records.find([row.id])).toMatchObject([{ state: 'removed' }])
  expect(await sweep({ records, store })).toEqual({ ...nothing, deleted: 1 })
})
