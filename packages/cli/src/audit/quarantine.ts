import { mkdir, open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isErrno } from '@sluice/stores/fs/durable'
import { privateMode } from '@sluice/stores/fs/layout'
import { type Library, Unreadable } from '../library/library.js'
import { UsageError } from '../terminal.js'
import { type Finding, rowOf } from './finding.js'

/** What was taken out of the public place, and what would not go. */
export interface Moved {
  readonly folder: string
  readonly moved: number
  readonly left: readonly { readonly path: string; readonly why: string }[]
}

/**
 * Takes what should never be served out of the public place into a private folder, under the name that it had, with a list
 * of why. Nothing is deleted, nothing is written over.
 * @param to a folder for all quarantines; beside the public one if undefined
 */
export async function quarantine(
  library: Library,
  findings: AsyncIterable<Finding>,
  to: string | undefined,
): Promise<Moved> {
  const folder = join(quarantineOf(library, to), new Date().toISOString().replaceAll(':', ''))
  const left: { path: string; why: string }[] = []
  const seen = new Set<string>()
  let moved = 0
  let list: Awaited<ReturnType<typeof open>> | undefined
  try {
    for await (const finding of findings) {
      const { path, problem } = finding
      if (!rowOf(problem).quarantine || seen.has(path)) continue
      seen.add(path)
      try {
        list ??= await openList(folder)
        const now = await library.quarantine(path, join(folder, 'files'))
        await list.appendFile(`${JSON.stringify({ ...finding, now })}\n`)
        moved++
      } catch (thrown) {
        // A folder went with all that is in it.
        if (isErrno(thrown, 'ENOENT')) continue
        if (
          !(thrown instanceof Unreadable) &&
          !isErrno(thrown, 'EACCES', 'EPERM', 'EXDEV', 'EROFS', 'ENOSPC')
        )
          throw thrown
        left.push({ path, why: String(thrown) })
      }
    }
  } finally {
    await list?.close()
  }
  return { folder, moved, left }
}

async function openList(folder: string) {
  await mkdir(folder, { recursive: true, mode: privateMode })
  return open(join(folder, 'findings.jsonl'), 'ax', 0o600)
}

/** @throws UsageError where nobody has said */
export function quarantineOf({ folder }: Library, to: string | undefined): string {
  if (to !== undefined) return to
  if (folder === undefined) throw new UsageError('--fix on a bucket needs --quarantine, a local folder')
  return join(dirname(folder), `.${basename(folder)}-quarantine`)
}
