import { type FileHandle, mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isErrno } from '@sluice/stores/fs/durable'
import { UsageError } from '../terminal.js'

const version = 1
const flushedBytes = 65_536

interface Saved<State> {
  readonly version: number
  /** Of what the work depends on: with another one it begins anew. */
  readonly subject: string
  readonly lengths: Readonly<Record<string, number>>
  readonly state: State
}

/**
 * What long work has done so far, in a folder: a state that is replaced as a whole, and lists that only grow. Killed at any
 * instant, the next run finds the last state that was saved, and the lists as they were then.
 */
export interface Journal<State> {
  /** Of the run before, if that was cut off. */
  readonly saved: State | undefined
  /** Appends a line to a list. */
  write(list: string, line: string): Promise<void>
  /** Where a list is, with every line in it. */
  read(list: string): Promise<string>
  save(state: State): Promise<void>
  /** The work is done: nothing is kept. */
  remove(): Promise<void>
  /** The work was cut off in good order. */
  close(): Promise<void>
}

/**
 * @param folder where it is kept; a temporary one, which cannot be found again, if undefined
 * @param subject what the work is about, in a line
 * @throws UsageError where the folder cannot be written to, or is of other work
 */
export async function openJournal<State>(
  folder: string | undefined,
  subject: string,
  lists: readonly string[],
): Promise<Journal<State>> {
  const home = await makeHome(folder)
  const saved = await readSaved<State>(home)
  if (saved !== undefined && (saved.version !== version || saved.subject !== subject))
    throw new UsageError(`${home} holds the progress of other work: ${saved.subject}`)
  const files = new Map<string, Growing>()
  for (const name of lists) files.set(name, await openGrowing(join(home, name), saved?.lengths[name] ?? 0))
  const listNamed = (name: string) => {
    const list = files.get(name)
    if (list === undefined) throw new TypeError(`no list ${name}`)
    return list
  }
  const close = async () => {
    for (const file of files.values()) await file.close()
  }
  return {
    saved: saved?.state,
    write: (list, line) => listNamed(list).write(line),
    async read(list) {
      await listNamed(list).flush()
      return join(home, list)
    },
    async save(state) {
      const lengths: Record<string, number> = {}
      for (const [name, file] of files) lengths[name] = await file.flush()
      const whole: Saved<State> = { version, subject, lengths, state }
      await writeFile(join(home, 'state.json.new'), JSON.stringify(whole), { mode: 0o600 })
      await rename(join(home, 'state.json.new'), join(home, 'state.json'))
    },
    close,
    async remove() {
      await close()
      // The state first: without it the lists are nothing.
      for (const name of ['state.json', ...lists]) await rm(join(home, name), { force: true })
      if (folder === undefined) await rm(home, { recursive: true, force: true })
    },
  }
}

async function makeHome(folder: string | undefined): Promise<string> {
  try {
    if (folder === undefined) return await mkdtemp(join(tmpdir(), 'sluice-'))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch (thrown) {
    throw new UsageError(`progress could not be saved: ${thrown instanceof Error ? thrown.message : thrown}`)
  }
}

async function readSaved<State>(home: string): Promise<Saved<State> | undefined> {
  try {
    return JSON.parse(await readFile(join(home, 'state.json'), 'utf8'))
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return undefined
    throw new UsageError(`${home} holds no readable progress: ${thrown}`)
  }
}

interface Growing {
  write(line: string): Promise<void>
  /** @returns its length, in bytes */
  flush(): Promise<number>
  close(): Promise<void>
}

/** @param length what is behind it is cut off */
async function openGrowing(path: string, length: number): Promise<Growing> {
  const file: FileHandle = await open(path, 'a', 0o600)
  await file.truncate(length)
  let written = length
  let pending = ''
  let last: Promise<number> = Promise.resolve(written)
  // One after the other, whoever asks.
  const flush = () => {
    last = last.then(async () => {
      const bytes = Buffer.from(pending)
      pending = ''
      if (bytes.length > 0) await file.appendFile(bytes)
      written += bytes.length
      return written
    })
    return last
  }
  return {
    async write(line) {
      pending += `${line}\n`
      if (pending.length >= flushedBytes) await flush()
    },
    flush,
    async close() {
      await flush()
      await file.close()
    },
  }
}
