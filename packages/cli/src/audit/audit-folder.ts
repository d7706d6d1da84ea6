import { type Dirent, lstatSync } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keyGrammar, type Policy } from '@sluice/core'
import { fileMode, folderMode, incomingFolderOf, isMonthFolder, linkTest } from '@sluice/stores/fs/layout'
import { UsageError } from '../terminal.js'
import { inspectOutput } from './inspect-output.js'

/** What an operator must look at. */
export interface Finding {
  /** In the folder; what is beside it, as it was found. */
  readonly path: string
  /**
   * foreign: not a name of ours, or no ordinary file. content: not what this library writes. mode: rights
   * other than 0644 and 0755. leftover: a commit that a process has not finished. unreadable: could not be
   * looked at.
   */
  readonly problem: 'foreign' | 'content' | 'mode' | 'leftover' | 'unreadable'
  readonly detail?: string
}

/** A file that was looked at, for counting. */
export interface Seen {
  readonly file: string
}

/** In bytes; nothing that this library makes is near it. */
const largestOutput = 256 * 1024 * 1024

/**
 * Walks a store's public folder and the one where its commits are prepared. Follows no link, changes nothing.
 */
export async function* auditFolder(
  folder: string,
  policy: Policy,
  incoming = incomingFolderOf(folder),
): AsyncGenerator<Finding | Seen> {
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${folder} is not a folder`)
  yield* auditMode(folder, '.', folderMode)
  for (const entry of await entriesOf(folder)) {
    if (entry.isDirectory() && isMonthFolder(entry.name)) yield* auditMonth(folder, entry.name, policy)
    else yield* foreign(folder, entry, '')
  }
  yield* auditIncoming(incoming)
}

async function* auditMonth(folder: string, month: string, policy: Policy): AsyncGenerator<Finding | Seen> {
  yield* auditMode(join(folder, month), month, folderMode)
  for (const entry of await entriesOf(join(folder, month))) {
    const key = `${month}/${entry.name}`
    if (entry.isFile() && keyGrammar.test(key)) yield* auditFile(join(folder, key), key, policy)
    else yield* foreign(join(folder, month), entry, `${month}/`)
  }
}

async function* auditFile(path: string, key: string, policy: Policy): AsyncGenerator<Finding | Seen> {
  yield { file: key }
  yield* auditMode(path, key, fileMode)
  try {
    const { size } = await lstat(path)
    const detail = size > largestOutput ? `${size} bytes` : inspectOutput(await readFile(path), key, policy)
    if (detail !== undefined) yield { path: key, problem: 'content', detail }
  } catch (thrown) {
    yield { path: key, problem: 'unreadable', detail: String(thrown) }
  }
}

async function* auditMode(path: string, name: string, expected: number): AsyncGenerator<Finding> {
  if (process.platform === 'win32') return
  const mode = (await lstat(path)).mode & 0o7777
  if (mode !== expected)
    yield { path: name, problem: 'mode', detail: `0${mode.toString(8)}, not 0${expected.toString(8)}` }
}

/** Every file below something that is not ours, one by one. */
async function* foreign(folder: string, entry: Dirent, prefix: string): AsyncGenerator<Finding> {
  const path = prefix + entry.name
  if (!entry.isDirectory()) {
    yield { path, problem: 'foreign', detail: entry.isFile() ? 'name' : 'not an ordinary file' }
    return
  }
  const below = await entriesOf(join(folder, entry.name))
  if (below.length === 0) yield { path: `${path}/`, problem: 'foreign', detail: 'empty folder' }
  for (const inner of below) yield* foreign(join(folder, entry.name), inner, `${path}/`)
}

/** The folder of a commit in progress is there for milliseconds. */
async function* auditIncoming(incoming: string): AsyncGenerator<Finding> {
  if (!lstatSync(incoming, { throwIfNoEntry: false })) return
  for (const { name } of await entriesOf(incoming)) {
    if (name === linkTest) continue
    const path = join(incoming, name)
    const age = Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > 60_000) yield { path, problem: 'leftover', detail: `${Math.round(age / 60_000)} minutes old` }
  }
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1))
}
