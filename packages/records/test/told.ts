import { createHash } from 'node:crypto'
import type { Records, Store } from '@sluice/core'
import { sweep } from '../src/index.js'

/** What an application told its clients, by the key of the main file. */
export type Told = Map<string, 'kept' | 'removing' | 'removed'>

/** @param output lines of life-child; the last may be half */
export function hear(told: Told, output: string): void {
  for (const line of output.split('\n').slice(0, -1)) {
    const { told: word, keys } = JSON.parse(line)
    if (keys.length > 0) told.set(keys[0], word)
  }
}

/**
 * What is wrong after the application was stopped, and a sweep. No upload is running then, so whatever is pending has
 * been pending for long enough.
 */
export async function whatIsWrong(records: Records, store: Store, told: Told): Promise<readonly string[]> {
  // Removals that were delayed are due by then.
  for await (const { id, due } of records.list({ state: 'removed' }))
    if (due !== undefined && due > Date.now()) await records.remove([id])
  const swept = await sweep({ records, store, pendingMs: 0 })
  const problems = swept.failed.map(({ id, reason }) => `${id} could not be swept: ${reason}`)
  const files = new Set<string>()
  for await (const { key } of store.list()) files.add(key)
  const rows = new Set<string>()
  for await (const row of records.list()) {
    if (row.state !== 'confirmed') problems.push(`${row.id} is ${row.state} after a sweep`)
    for (const { key, sha256 } of row.files) {
      rows.add(key)
      const bytes = await store.get(key)
      if (bytes === undefined) problems.push(`${key} has a row and no file`)
      else if (createHash('sha256').update(bytes).digest('hex') !== sha256)
        problems.push(`${key} is another file`)
    }
  }
  for (const key of files) if (!rows.has(key)) problems.push(`${key} is public and has no row`)
  for (const [key, word] of told) {
    if (word === 'kept' && !rows.has(key)) problems.push(`${key} was confirmed and is lost`)
    if (word === 'removed' && rows.has(key)) problems.push(`${key} was removed and is there`)
  }
  return problems
}
