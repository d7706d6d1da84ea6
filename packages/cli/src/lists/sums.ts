import { keyGrammar } from '@sluice/core'
import { UsageError } from '../terminal.js'
import { linesOf } from './read-lines.js'

/** A line of what `sha256sum` writes and reads. */
export interface Hashed {
  readonly hash: string
  readonly key: string
}

/** `<64 hex digits>  <name>`; what is no such line is left out. */
export async function* hashesIn(path: string): AsyncGenerator<Hashed> {
  for await (const line of linesOf(path)) {
    const [, hash, key] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
    if (hash !== undefined && key !== undefined) yield { hash, key }
  }
}

/**
 * The keys of a list, also of one whose names begin with `files/`, in their order.
 * @param after the key to begin behind
 * @throws UsageError where they are in no order
 */
export async function* sumsIn(path: string, after = ''): AsyncGenerator<Hashed, undefined> {
  let last = ''
  for await (const { hash, key: name } of hashesIn(path)) {
    const key = name.replace(/^(?:\.\/)?(?:files\/)?/, '')
    if (!keyGrammar.test(key)) continue
    if (key <= last) throw new UsageError(`${path} is not sorted by key`)
    last = key
    if (key > after) yield { key, hash }
  }
  return undefined
}

/** Asked for keys in their order, tells the hash of each that is in the list. */
export function followSums(path: string): (key: string) => Promise<string | undefined> {
  const lines = sumsIn(path)
  let next = lines.next()
  return async key => {
    for (;;) {
      const { done, value } = await next
      if (done || value.key > key) return undefined
      next = lines.next()
      if (value.key === key) return value.hash
    }
  }
}
