import { expect, test, vi } from 'vitest'
import type { Store } from '../contracts/store.js'
import type { Stored } from '../pipeline/stages.js'
import { discard, takeBack } from './discard.js'

const upload = { key: 'a', variants: { thumb: { key: 'b' }, wide: { key: 'c' } } }

function storeThat(remove: (key: string) => Promise<void>): Store {
  return { async commit() {}, get: async () => undefined, delete: remove, async *list() {} }
}

test('an upload goes with all its variants', async () => {
  const remove = vi.fn(async () => {})
  await discard(upload, storeThat(remove))
  expect(remove.mock.calls).toEqual([['a'], ['b'], ['c']])
})

test('what cannot be deleted keeps nothing else, and is named', async () => {
  const readOnly = new Error('read-only')
  const deleted: string[] = []
  const store = storeThat(async key => {
    if (key === 'a') throw readOnly
    deleted.push(key)
  })
  await expect(discard(upload, store)).rejects.toMatchObject({
    code: 'store-failed',
    detail: 'not deleted: a',
    cause: readOnly,
  })
  expect(deleted).toEqual(['b', 'c'])
  expect(await takeBack(upload as unknown as Stored, store)).toEqual([{ file: upload, thrown: readOnly }])
})
