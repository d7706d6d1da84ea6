import type { Store } from '@sluice/core'
import { checkAbort, checkKeys, storeFailed } from './refuse.js'

/** Keeps files in this process: for tests and examples. They are gone when it ends. */
export function memoryStore(): Store {
  const kept = new Map<string, Uint8Array>()
  return {
    async commit(files, { signal } = {}) {
      checkAbort(signal)
      checkKeys(files)
      const taken = files.find(file => kept.has(file.key))
      if (taken) throw storeFailed(`${taken.key} exists`)
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
