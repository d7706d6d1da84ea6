import type { Library } from '../library/library.js'
import { type Hashed, sumsIn } from '../lists/sums.js'
import type { Finding } from './finding.js'
import type { Facts } from './inspect-file.js'

/** What somebody wrote down of an upload when it was stored. */
export interface Recorded {
  readonly findings: readonly Finding[]
  readonly role?: string | undefined
}

/** What is known of the files besides the files: records, and lists of hashes. */
export interface Known {
  /** What is wrong between an upload's files and what is known of it. @param now in milliseconds since 1970 */
  check(stem: string, files: readonly Facts[], now: number): Promise<Recorded>
  /** Whether an image may have the bytes of another: two people have uploaded it. */
  mayRepeat(key: string): Promise<boolean>
  /** What is known of files that are not there. @param now in milliseconds since 1970 */
  withoutFiles(library: Library, now: number): AsyncIterable<Finding>
  /** A list in the order of keys, held beside the files as they come. @param after the key to begin behind */
  list?(after: string): List
}

export interface List {
  /** The next file. @returns what is wrong with it, and with those of the list before it */
  meet(file: Facts): AsyncIterable<Finding>
  /** Those behind the last file. */
  rest(): AsyncIterable<Finding>
}

/** Where nobody has written anything down. */
export const nothingKnown: Known = {
  check: async () => ({ findings: [] }),
  mayRepeat: async () => false,
  async *withoutFiles() {},
}

/** The list of a backup, as `sha256sum` reads it: files that have changed since, or are gone. */
export function listOfSums(path: string): (after: string) => List {
  return after => {
    const lines = sumsIn(path, after)
    let next: Promise<IteratorResult<Hashed, undefined>> | undefined
    const peek = () => {
      next ??= lines.next()
      return next
    }
    return {
      async *meet({ key, sha256 }) {
        for (;;) {
          const { done, value } = await peek()
          if (done || value.key > key) return
          next = undefined
          if (value.key < key) yield { path: value.key, problem: 'missing', detail: `in ${path}` }
          else if (value.hash !== sha256)
            yield { path: key, problem: 'changed', detail: `differs from ${path}` }
        }
      },
      async *rest() {
        for (;;) {
          const { done, value } = await peek()
          if (done) return
          next = undefined
          yield { path: value.key, problem: 'missing', detail: `in ${path}` }
        }
      },
    }
  }
}
