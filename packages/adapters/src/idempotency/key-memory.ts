import type { KeyMemory } from './options.js'

/** Of this process alone. Of more keys than `most`, those that came first are forgotten. */
export function keyMemory(most = 10_000): KeyMemory {
  /** Oldest first: a Map keeps the order of insertion. */
  const kept = new Map<string, { readonly value: string; readonly end: number }>()
  return {
    async remember(key, value, lifetimeMs) {
      const now = Date.now()
      const before = kept.get(key)
      if (before !== undefined && before.end > now) return before.value
      kept.delete(key)
      kept.set(key, { value, end: now + lifetimeMs })
      const [oldest] = kept.keys()
      if (kept.size > most && oldest !== undefined) kept.delete(oldest)
      return value
    },
  }
}
