import { randomBytes } from 'node:crypto'
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ignoreMissing, isErrno, syncFolder, writeDurably } from '@sluice/stores/fs/durable'
import { UsageError } from '../terminal.js'

/*
 * A folder of backups: each has a folder of its own by its UTC time, with the files in `files/`, `SHA256SUMS` over
 * everything in it, `backup.json`, and the database. What is being made is called `.<time>.<pid>-<random>.partial`.
 */

const stampGrammar = /^\d{8}T\d{6}Z(?:-\d{1,4})?$/
const partialGrammar = /^\.\d{8}T\d{6}Z\.(\d{1,10})-[0-9a-f]{8}\.partial$/
export const sumsName = 'SHA256SUMS'
export const aboutName = 'backup.json'
export const filesName = 'files'
export const databaseNames = { command: 'database.dump', sqlite: 'database.sqlite' } as const

/** What is written down of a backup. */
export interface About {
  readonly version: 1
  /** UTC, ISO 8601: when the database was dumped. */
  readonly time: string
  readonly store: string
  readonly files: number
  readonly bytes: number
  /** Of these, hard links to the backup before. */
  readonly linked?: number | undefined
  readonly database: keyof typeof databaseNames | 'none'
  /** Confirmed in the dump, and deleted by the application before they were copied. */
  readonly gone: readonly string[]
}

/** Writes it down, on the disk: the last thing of a backup. */
export async function writeAbout(
  folder: string,
  { time, ...more }: Omit<About, 'version' | 'time'> & { readonly time: Date },
): Promise<About> {
  const about: About = { version: 1, time: time.toISOString(), ...more }
  await writeDurably(join(folder, aboutName), `${JSON.stringify(about, null, 2)}\n`)
  return about
}

/** Finished backups, the oldest first. */
export async function listBackups(to: string): Promise<readonly string[]> {
  const names = await readdir(to).catch((thrown: unknown) => ignoreMissing(thrown) ?? [])
  return names.filter(name => stampGrammar.test(name)).sort()
}

/**
 * The folder of one backup: the one that is named itself, or the newest of a folder of them.
 * @param at the newest that is not younger, in milliseconds since 1970
 * @throws UsageError where there is none
 */
export async function pickBackup(path: string, at = Number.POSITIVE_INFINITY): Promise<string> {
  if (await lstat(join(path, sumsName)).catch(ignoreMissing)) return path
  const all = await listBackups(path)
  const name = all.findLast(stamp => timeOf(stamp) <= at)
  if (name !== undefined) return join(path, name)
  throw new UsageError(
    all.length === 0 ? `there is no backup in ${path}` : `no backup in ${path} is that old`,
  )
}

/** In milliseconds since 1970. */
function timeOf(stamp: string): number {
  return Date.parse(stamp.replace(/^(....)(..)(..T..)(..)(..)Z.*$/, '$1-$2-$3:$4:$5Z'))
}

export interface Partial {
  readonly folder: string
  /** Gives it its name, on the disk. @returns the finished folder */
  finish(): Promise<string>
  remove(): Promise<void>
}

/** Makes a folder for a backup; what a killed process has left is removed. */
export async function startBackup(to: string, now: Date): Promise<Partial> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  await removeAbandoned(to)
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '')
  const folder = join(to, `.${stamp}.${process.pid}-${randomBytes(4).toString('hex')}.partial`)
  await mkdir(folder, { mode: 0o700 })
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
    async finish() {
      await syncFolder(folder)
      // Two in one second: the second one gets a number.
      for (let number = 1; ; number++) {
        const target = join(to, number === 1 ? stamp : `${stamp}-${number}`)
        try {
          await rename(folder, target)
          await syncFolder(to)
          return target
        } catch (thrown) {
          if (!isErrno(thrown, 'ENOTEMPTY', 'EEXIST') || number > 1000) throw thrown
        }
      }
    },
  }
}

async function removeAbandoned(to: string): Promise<void> {
  for (const name of await readdir(to)) {
    const pid = partialGrammar.exec(name)?.[1]
    if (pid !== undefined && Number(pid) !== process.pid && !isAlive(Number(pid)))
      await rm(join(to, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return isErrno(thrown, 'EPERM')
  }
}
