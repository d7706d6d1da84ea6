import { defaultRenderer } from '@sluice/codecs'
import { definePolicy, keyring, type Records, type Store, type UploadResult } from '@sluice/core'
import { copier, importer, type MoveJob, moveJob, rerenderer, uploadsIn, type Work } from '@sluice/jobs'
import type { QueueUnderTest } from '@sluice/jobs/testing'
import { memoryRecords, sweep } from '@sluice/records'
import { memoryStore } from '@sluice/stores'
import { makePng } from '@sluice/testkit/images/png'
import { expect } from 'vitest'

const old: ReadonlyMap<string, Uint8Array> = new Map([
  ['2019/cat.png', makePng(40, 20, 1)],
  ['2019/no-extension', makePng(30, 30, 2)],
  ['top.png', makePng(20, 40, 3)],
  ['bad.png', Buffer.from('no image at all')],
])
const secrets = { a: 'a'.repeat(32), b: 'b'.repeat(32) }
const ring = keyring({ current: 'b', secrets })
const renderer = defaultRenderer()
const later = definePolicy({ variants: { thumb: { maxWidth: 8, maxHeight: 8 } } })
const move = (id: string) => ({ id, offered: '2026-11-28', secret: 'a' })

/**
 * Sends an import, then a rerender of what it has stored, then a copy over a queue: each job twice, and each
 * time that a result is told for the first time the teller dies. In the end everything is there once.
 */
export async function movesOnce(queue: QueueUnderTest): Promise<void> {
  const [store, target] = [memoryStore(), memoryStore()]
  const records = memoryRecords()

  const imported = tellOnce()
  await carry(
    queue,
    importer({
      read: path => old.get(path),
      store,
      renderer,
      keyring: ring,
      records,
      owner: 'ann',
      finish: imported.finish,
    }),
    await Promise.all([...old.keys(), 'gone.png'].map(path => moveJob(move('import'), path))),
  )
  expect(imported.told.size).toBe(4)
  expect(imported.refused()).toEqual(['format-unknown'])
  expect(imported.keys()).toHaveLength(3)
  expect(await keysIn(store)).toEqual(imported.keys())
  const before = await rowsOf(records)
  expect(before.map(({ state, owner, role }) => [state, owner, role])).toEqual(
    Array(3).fill(['confirmed', 'ann', 'import']),
  )

  const drawn = tellOnce()
  const mains: string[] = []
  for await (const key of uploadsIn(store)) mains.push(key)
  await carry(
    queue,
    rerenderer({
      store,
      renderer,
      keyring: ring,
      policy: later,
      records,
      keepMs: 0,
      finish: drawn.finish,
    }),
    await Promise.all(mains.map(key => moveJob(move('rerender'), key))),
  )
  expect([drawn.told.size, drawn.refused(), drawn.keys().length]).toEqual([3, [], 6])
  expect(await keysIn(store)).toEqual([...imported.keys(), ...drawn.keys()].sort())
  expect(await sweep({ records, store, pendingMs: 0 })).toMatchObject({ deleted: 3, expired: 0, failed: [] })
  expect(await keysIn(store)).toEqual(drawn.keys())
  const after = await rowsOf(records)
  expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort())
  for (const { state, owner, policyVersion, notes } of after) {
    expect([state, owner, policyVersion]).toEqual(['confirmed', 'ann', later.version])
    expect(notes.map(({ code }) => code)).toEqual(['drawn-again'])
  }
  for (const { stored } of drawn.told.values()) expect(stored?.policyVersion).toBe(later.version)

  mains.length = 0
  for await (const key of uploadsIn(store)) mains.push(key)
  await carry(
    queue,
    copier({ from: store, to: target }),
    await Promise.all(mains.map(key => moveJob(move('copy'), key))),
  )
  expect(await keysIn(target)).toEqual(drawn.keys())
  for (const key of drawn.keys()) expect(await target.get(key)).toEqual(await store.get(key))
}

/** Each job is two of the queue's: it may not know that they are one. */
async function carry(queue: QueueUnderTest, work: Work<MoveJob>, jobs: readonly MoveJob[]): Promise<void> {
  const worker = await queue.start(({ data }, options) => work(JSON.parse(data), options))
  const sent = [...jobs, ...jobs].map(job => ({
    id: crypto.randomUUID().replaceAll('-', ''),
    data: JSON.stringify(job),
  }))
  await Promise.all(sent.map(job => queue.send(job)))
  const ends = await Promise.all(sent.map(({ id }) => queue.settled(id)))
  await worker.stop()
  expect(ends).toEqual(sent.map(() => 'done'))
}

/** A table with one row an id, whose first insert of each is lost on the way. */
function tellOnce() {
  const tried = new Set<string>()
  const told = new Map<string, UploadResult>()
  return {
    told,
    async finish(result: UploadResult) {
      if (!tried.has(result.id)) {
        tried.add(result.id)
        throw new Error('the connection was lost')
      }
      const first = told.get(result.id) ?? result
      told.set(result.id, first)
      expect(result).toEqual(first)
    },
    keys: () =>
      [...told.values()]
        .flatMap(({ stored }) => (stored ? [stored, ...Object.values(stored.variants)] : []))
        .map(({ key }) => key)
        .sort(),
    refused: () => [...told.values()].flatMap(({ refused }) => refused?.code ?? []),
  }
}

async function keysIn(store: Store): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const { key } of store.list()) keys.push(key)
  return keys.sort()
}

async function rowsOf(records: Records) {
  const rows = []
  for await (const row of records.list()) rows.push(row)
  return rows
}
