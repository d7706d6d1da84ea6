import type { Store } from '@sluice/core'
import { checkAbort, checkKeys, isSame, storeConflict, storeFailed } from './refuse.js'

/** Keeps files in this process: for tests and examples. They are gone when it ends. */
export function memoryStore(): Store {
  const kept = new Map<string, Uint8Array>()
  return {
    async commit(files, { signal, repeatable = false } = {}) {
      checkAbort(signal)
      checkKeys(files)
      for (const { key, bytes } of files) {
        const before = kept.get(key)
        if (before === undefined) continue
        if (!repeatable) throw storeFailed(`${key} exists`)
        if (!isSame(before, bytes)) throw storeConflict(key)
      }
      for (const { key, bytes } of files) kept.set(key, bytes.slice())
    },
    async get(key) {
      return kept.get(key)?.slice()
    },
    async delete(key) {
      kept.delete(key)
    },
    async *list(prefix = '') {
      for (const [key, bytes] of kept) if (key.startsWith(prefix)) yield { key, bytes: bytes.length }
    },
  }
}
