import { type FileToStore, type Store, UploadError } from '@sluice/core'
import { expect, test } from 'vitest'
import { memoryStore } from './memory.js'
import { checkStore } from './testing.js'

/** Stores with one thing wrong each, and what the examiner must say about it. */
const mutants: readonly [string, (store: Store) => Partial<Store>, RegExp][] = [
  ['loses files', () => ({ commit: async () => {} }), /does not give the bytes/],
  [
    'keeps the bytes of the caller',
    () => mapStore({ copy: bytes => bytes }),
    /does not give the bytes|changing what get gave/,
  ],
  ['writes over', () => mapStore({ over: true }), /existing key is not refused/],
  ['takes any key', () => mapStore({ anyKey: true }), /is not refused with store-failed/],
  ['commits by halves', store => ({ commit: oneByOne(store) }), /refused commit are visible/],
  ['ignores the signal', store => ({ commit: files => store.commit(files) }), /aborted commit/],
  [
    'throws what it likes',
    store => ({ commit: (...given) => store.commit(...given).catch(() => Promise.reject('disk')) }),
    /threw disk/,
  ],
  ['lists nothing', () => ({ async *list() {} }), /list\(\) does not name/],
  ['ignores the prefix', store => ({ list: () => store.list() }), /begin with the prefix/],
  [
    'lists wrong sizes',
    store => ({
      async *list(prefix) {
        for await (const { key } of store.list(prefix)) yield { key, bytes: 1 }
      },
    }),
    /with its size/,
  ],
  ['never deletes', () => ({ delete: async () => {} }), /deleted file is still there/],
  [
    'fails to delete what is not there',
    store => ({
      async delete(key) {
        if (!(await store.get(key))) throw new Error('missing')
        await store.delete(key)
      },
    }),
    /deleting what is not there/,
  ],
  [
    'throws for what is not there',
    store => ({ get: async key => (await store.get(key)) ?? Promise.reject(new Error('missing')) }),
    /missing/,
  ],
]

test.each(mutants)('a store that %s is found out', async (_, change, problem) => {
  const store = memoryStore()
  const problems = await checkStore({ ...store, ...change(store) })
  expect(problems.join('\n')).toMatch(problem)
})

test('two simultaneous winners are found out', async () => {
  const store = memoryStore()
  const late = async (files: readonly FileToStore[]) => {
    const taken = await Promise.all(files.map(file => store.get(file.key)))
    await new Promise(resolve => setTimeout(resolve, 1))
    if (taken.some(Boolean)) throw new UploadError('store-failed')
    for (const { key } of files) await store.delete(key)
    await store.commit(files)
  }
  expect((await checkStore({ ...store, commit: late })).join()).toMatch(/not exactly one wins/)
})

function oneByOne(store: Store): Store['commit'] {
  return async (files, options) => {
    for (const file of files) await store.commit([file], options)
  }
}

/** A store with checks that can be left out. */
function mapStore({
  copy = (bytes: Uint8Array): Uint8Array => bytes.slice(),
  over = false,
  anyKey = false,
}): Partial<Store> {
  const checked = memoryStore()
  const kept = new Map<string, Uint8Array>()
  return {
    async commit(files, options) {
      const known = files.some(file => kept.has(file.key))
      if (known && !over) throw new UploadError('store-failed')
      if (!anyKey && !known) await checked.commit(files, options)
      for (const { key, bytes } of files) kept.set(key, copy(bytes))
    },
    async get(key) {
      const bytes = kept.get(key)
      return bytes && copy(bytes)
    },
    async delete(key) {
      kept.delete(key)
      await checked.delete(key)
    },
    async *list(prefix = '') {
      for (const [key, bytes] of kept) if (key.startsWith(prefix)) yield { key, bytes: bytes.length }
    },
  }
}
