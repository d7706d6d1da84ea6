import { type Store, sha256, type UploadId } from '@sluice/core'

/**
 * One of many that are moved: a file of an old folder, or a stored upload. Its id says what the log of a run
 * would say, so that it may be worked on any number of times, also at once. JSON.
 */
export interface MoveJob extends UploadId {
  /** The path of the file in its folder, or the key of the upload's main image. */
  readonly old: string
  /** Keys of all files of the upload, where they are known. Default: the store is asked. */
  readonly keys?: readonly string[] | undefined
}

/**
 * @param move the whole of it: an id of its own, when it was begun, and the secret that its files are named
 * by. Exactly the same for each of its jobs, also where they are enqueued again after a crash: write it down
 * @param old what is moved
 * @example
 * const move = { id: 'blog-2019', offered: '2026-11-28', secret: '2026' }
 * await queue.add('import', await moveJob(move, '2019/cat.jpg'))
 */
export async function moveJob(move: UploadId, old: string, keys?: readonly string[]): Promise<MoveJob> {
  const hash = await sha256(new TextEncoder().encode(JSON.stringify([move.id, old])))
  return { ...move, id: hash.slice(0, 32), old, ...(keys && { keys }) }
}

/** The main keys of all uploads in a store, in no particular order. */
export async function* uploadsIn(store: Pick<Store, 'list'>): AsyncGenerator<string> {
  for await (const { key } of store.list()) if (!key.includes('-')) yield key
}

/** Month and random digits: what the keys of an upload have in common. */
export function stemOfKey(key: string): string {
  return key.slice(0, 39)
}

export async function keysOf(store: Pick<Store, 'list'>, { old, keys }: MoveJob): Promise<readonly string[]> {
  if (keys) return keys
  const found: string[] = []
  for await (const { key } of store.list(stemOfKey(old))) found.push(key)
  return found
}
