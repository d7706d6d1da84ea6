import { createHash } from 'node:crypto'
import type { FileToStore, Store } from '@sluice/core'
import { variantOf } from '../audit/inspect-file.js'
import type { Journal } from '../lists/journal.js'
import { linesOf } from '../lists/read-lines.js'

/** What became of something: a line of the map. */
export interface Placed {
  /** A file, or the key that an upload had before. */
  readonly old: string
  readonly key: string
  readonly variants: Readonly<Record<string, string>>
  /** Of the main image. */
  readonly bytes: number
  readonly sha256: string
}

/** The log of what is about to be stored. */
export const begunLog = 'begun'

/**
 * A store that writes down what it is about to store, under which keys: killed in front of a commit, behind it, or within
 * it, the next run finds out which, and nothing is stored twice.
 */
export function storeOnce(store: Store, journal: Pick<Journal<unknown>, 'log'>, old: string): Store {
  return {
    ...store,
    async commit(files, options) {
      await journal.log(begunLog, JSON.stringify(describe(old, files)))
      await store.commit(files, options)
    },
  }
}

function describe(old: string, files: readonly FileToStore[]): Placed {
  const main = files.find(({ key }) => variantOf(key) === 'main')
  if (main === undefined) throw new TypeError('a commit without a main image')
  const variants = files.filter(file => file !== main).map(({ key }) => [variantOf(key), key])
  return {
    old,
    key: main.key,
    variants: Object.fromEntries(variants),
    bytes: main.bytes.length,
    sha256: createHash('sha256').update(main.bytes).digest('hex'),
  }
}

/** What was begun for things behind `after`, by their old names; the last one of each. */
export async function readBegun(
  journal: Pick<Journal<unknown>, 'read'>,
  after: string,
): Promise<ReadonlyMap<string, Placed>> {
  const begun = new Map<string, Placed>()
  for await (const line of linesOf(await journal.read(begunLog))) {
    const placed = parse(line)
    if (placed && placed.old > after) begun.set(placed.old, placed)
  }
  return begun
}

/** undefined of a line that was cut when its process was killed: what it tells of was not begun. */
function parse(line: string): Placed | undefined {
  if (line === '') return undefined
  try {
    return JSON.parse(line)
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined
    throw thrown
  }
}

/**
 * Whether what was begun is there as a whole. The main image comes last, so it says so; what a commit without a journal has
 * left of it (S3) is deleted.
 */
export async function settleBegun(store: Store, placed: Placed): Promise<boolean> {
  const main = await store.get(placed.key)
  if (main && createHash('sha256').update(main).digest('hex') === placed.sha256) return true
  for (const key of Object.values(placed.variants)) await store.delete(key)
  return false
}
