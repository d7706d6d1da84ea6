import { lstat, opendir, realpath } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { ignoreMissing } from '@sluice/stores/fs/durable'
import { isProbe, privateMode } from '@sluice/stores/fs/layout'
import { systemError } from '../library/folder-entries.js'
import type { Finding } from './finding.js'
import { octal, type Rules } from './inspect-file.js'

/** A commit is there for milliseconds. */
const leftAfterMs = 60_000

/**
 * The folder where commits are prepared: for the store alone, beside the public one, and nearly always empty. Of what is in
 * it nothing is ever quarantined: the store itself takes it back.
 */
export async function* inspectIncoming(
  folder: string,
  incoming: string,
  { uid, now }: Rules,
): AsyncGenerator<Finding> {
  const found = await lstat(incoming).catch(ignoreMissing)
  if (found === undefined) return
  if (!found.isDirectory()) {
    yield { path: incoming, problem: 'incoming', detail: found.isSymbolicLink() ? 'a link' : 'not a folder' }
    return
  }
  const mode = found.mode & 0o7777
  if (process.platform !== 'win32' && mode !== privateMode)
    yield { path: incoming, problem: 'incoming', detail: `${octal(mode)}, not ${octal(privateMode)}` }
  if (uid !== undefined && found.uid !== uid)
    yield { path: incoming, problem: 'incoming', detail: `owned by ${found.uid}, not ${uid}` }
  if (!relative(folder, await realpath(incoming)).startsWith('..'))
    yield { path: incoming, problem: 'incoming', detail: 'in the public folder' }
  try {
    yield* inspectCommits(incoming, now)
  } catch (thrown) {
    yield { path: incoming, problem: 'unreadable', detail: systemError(thrown).message }
  }
}

async function* inspectCommits(incoming: string, now: number): AsyncGenerator<Finding> {
  for await (const { name } of await opendir(incoming)) {
    const path = join(incoming, name)
    const found = await lstat(path).catch(ignoreMissing)
    if (found === undefined) continue
    const age = now - found.mtimeMs
    if (isProbe(name) && found.isFile()) continue
    if (!found.isDirectory())
      yield {
        path,
        problem: 'leftover',
        detail: found.isSymbolicLink() ? 'a link' : 'not a commit of this store',
      }
    else if (age > leftAfterMs)
      yield { path, problem: 'leftover', detail: `${Math.round(age / 60_000)} minutes old` }
  }
}
