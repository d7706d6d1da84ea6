import { randomUUID } from 'node:crypto'
import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'

/** A holder says that it lives once in so many milliseconds, and is dead after so much silence. */
const beatMs = 5_000
const silenceMs = 30_000

interface Holder {
  readonly host: string
  readonly pid: number
  readonly nonce: string
}

interface Lease {
  /** @throws Error where another process has taken the file for abandoned, as after a long stop */
  check(): void
  release(): void
}

/** Leases of this process: whoever has its process id and is not among them has ended. */
const own = new Map<string, { users: number; readonly lease: Lease; readonly beat: NodeJS.Timeout }>()

/**
 * Takes a database file for this process alone, for an SQLite that cannot share it. A lease of a process that is gone
 * is taken over, with the lock that it left.
 * @throws Error that names the process that has it
 */
export function takeLease(file: string): Lease {
  const path = leaseOf(file)
  const held = own.get(path) ?? hold(file, path)
  held.users++
  own.set(path, held)
  return {
    check: held.lease.check,
    release() {
      if (--held.users > 0) return
      clearInterval(held.beat)
      own.delete(path)
      held.lease.release()
    },
  }
}

/** @throws Error that names the process that has it, for an SQLite that would not see its locks */
export function refuseWhileLeased(file: string): void {
  const holder = readHolder(leaseOf(file))
  if (holder && isAlive(leaseOf(file), holder)) throw inUse(file, holder)
}

const leaseOf = (file: string) => `${file}.lease`

function hold(file: string, path: string) {
  const before = readHolder(path)
  if (before) {
    if (isAlive(path, before)) throw inUse(file, before)
    takeAway(file, path, before)
  }
  const holder = { host: hostname(), pid: process.pid, nonce: randomUUID() }
  write(path, holder, file)
  const isOurs = () => readHolder(path)?.nonce === holder.nonce
  const beat = setInterval(() => {
    const now = new Date()
    if (isOurs()) utimesSync(path, now, now)
  }, beatMs).unref()
  const lease = {
    check() {
      if (!isOurs()) throw new Error(`sqliteRecords: ${file} was taken by another process: see ${path}`)
    },
    release() {
      if (isOurs()) rmSync(path)
    },
  }
  return { users: 0, lease, beat }
}

function write(path: string, holder: Holder, file: string): void {
  const descriptor = open(path, file)
  try {
    writeSync(descriptor, JSON.stringify(holder))
  } finally {
    closeSync(descriptor)
  }
}

function open(path: string, file: string): number {
  try {
    return openSync(path, 'wx', 0o600)
  } catch (thrown) {
    // Somebody who starts at the same time was faster.
    const holder = readHolder(path)
    throw holder ? inUse(file, holder) : thrown
  }
}

/** Moved first: of two that start at once, one moves it, and whoever moves a newer one puts it back. */
function takeAway(file: string, path: string, dead: Holder): void {
  const aside = `${path}.${randomUUID()}`
  renameSync(path, aside)
  const moved = readHolder(aside)
  if (moved && moved.nonce !== dead.nonce) {
    renameSync(aside, path)
    throw inUse(file, moved)
  }
  rmSync(aside)
  try {
    rmdirSync(`${file}.lock`) // Of node-sqlite3-wasm, within a transaction.
  } catch (thrown) {
    if (Object(thrown).code !== 'ENOENT') throw thrown
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8') || '{}')
  } catch (thrown) {
    if (Object(thrown).code === 'ENOENT') return undefined
    throw thrown
  }
}

/** Process ids come again, in containers nearly always, and say nothing of another machine: then the heart counts. */
function isAlive(path: string, { host, pid }: Holder): boolean {
  if (host === hostname() && (pid === process.pid || !runs(pid))) return false
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0 }
  return Date.now() - mtimeMs < silenceMs
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return Object(thrown).code === 'EPERM'
  }
}

function inUse(file: string, { host, pid }: Holder): Error {
  return new Error(
    `sqliteRecords: ${file} is in use by process ${pid} of ${host}. With Node 22.13 or later, several processes may ` +
      'use it at once; otherwise keep records in Postgres',
  )
}
