import { opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { isMonthFolder } from '@sluice/stores/fs/layout'
import type { Entry } from './library.js'

/** Most names of a folder that are held at once: some 16 MiB. A larger folder is read once for each part of it. */
const maxNames = 100_000
const entriesARead = 1024

/** A folder's path ends with `/`: so the order of names is that of paths. */
interface Named {
  readonly name: string
  readonly kind: Entry['kind']
}

/**
 * Everything below a folder in order of the paths, no link followed; what is not behind `after` is left out. A folder that
 * cannot be read is an entry of its own.
 * @throws where the folder itself cannot be read
 */
export async function* folderEntries(root: string, after = '', prefix = ''): AsyncGenerator<Entry> {
  for await (const { name, kind } of sorted(join(root, prefix))) {
    const path = prefix + name
    if (path > after) yield { path, kind }
    if (kind === 'folder' && (path > after || after.startsWith(path))) yield* below(root, path, after)
  }
}

async function* below(root: string, path: string, after: string): AsyncGenerator<Entry> {
  try {
    yield* folderEntries(root, after, path)
  } catch (thrown) {
    yield { path, kind: 'unreadable', detail: systemError(thrown).message }
  }
}

/** How many names the month folders have, for the time left. */
export async function countFiles(root: string): Promise<number> {
  let files = 0
  for await (const month of await opendir(root)) {
    if (!month.isDirectory() || !isMonthFolder(month.name)) continue
    try {
      for await (const _ of await opendir(join(root, month.name), { bufferSize: entriesARead })) files++
    } catch (thrown) {
      // Told when it is looked at.
      systemError(thrown)
    }
  }
  return files
}

/** The names of a folder in order. Memory does not grow with it: of many names, one part after the other is held. */
async function* sorted(folder: string): AsyncGenerator<Named> {
  const names = await namesIn(folder, '', undefined)
  if (typeof names === 'object') yield* names
  else for (const [from, to] of partsFor(names)) yield* await partOf(folder, from, to)
}

/**
 * Ours are random hex, so that parts by their first digits are equally full. What begins otherwise is in the part before
 * it, as the order has it.
 */
function partsFor(names: number): readonly (readonly [from: string, to: string | undefined])[] {
  const digits = names > 8 * maxNames * 2 ? 2 : 1
  const parts = 16 ** digits
  const hex = (part: number) => part.toString(16).padStart(digits, '0')
  return Array.from({ length: parts }, (_, part) => [
    part === 0 ? '' : hex(part),
    part === parts - 1 ? undefined : hex(part + 1),
  ])
}

async function partOf(folder: string, from: string, to: string | undefined): Promise<readonly Named[]> {
  const names = await namesIn(folder, from, to, Number.POSITIVE_INFINITY)
  return typeof names === 'object' ? names : []
}

/** Those names from `from` on and before `to`; their number alone where they are more than `most`. */
async function namesIn(
  folder: string,
  from: string,
  to: string | undefined,
  most = maxNames,
): Promise<readonly Named[] | number> {
  const found: Named[] = []
  let count = 0
  for await (const entry of await opendir(folder, { bufferSize: entriesARead })) {
    const kind = kindOf(entry)
    const name = kind === 'folder' ? `${entry.name}/` : entry.name
    if (name < from || (to !== undefined && name >= to)) continue
    count++
    if (count <= most) found.push({ name, kind })
  }
  return count > most ? count : found.sort((one, other) => (one.name < other.name ? -1 : 1))
}

interface Kinds {
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
}

function kindOf(entry: Kinds): Entry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

/** What the system says. @throws anything else */
export function systemError(thrown: unknown): Error {
  if (thrown instanceof Error && 'code' in thrown) return thrown
  throw thrown
}
