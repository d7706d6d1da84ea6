import { TtlMap } from '../limits/ttl-map.js'
import type { KeyMemory } from './options.js'

/** Of this process alone. Of more keys than `most`, those that came first are forgotten. */
export function keyMemory(most = 10_000): KeyMemory {
  const kept = new TtlMap<{ readonly value: string; readonly end: number }>(most)
  return {
    async remember(key, value, lifetimeMs) {
      const before = kept.get(key)
      if (before) return before.value
      kept.set(key, { value, end: Date.now() + lifetimeMs })
      return value
    },
  }
}
