import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import process from 'node:process'
import { isErrno } from './durable.js'

/**
 * Where a process id means one process: two containers may have the same host name and each a process 1, so Linux is
 * asked for the boot and the process namespace too.
 */
const host = createHash('sha256')
  .update([hostname(), bootId(), processNamespace()].join('\0'))
  .digest('hex')
  .slice(0, 8)

function bootId(): string {
  return unlessHidden(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))
}

function processNamespace(): string {
  return unlessHidden(() => readlinkSync('/proc/self/ns/pid'))
}

/** Other systems have no /proc, and `node --permission` may not show it. */
function unlessHidden(read: () => string): string {
  try {
    return read()
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'EACCES', 'EPERM', 'ERR_ACCESS_DENIED')) return ''
    throw thrown
  }
}

const grammar = /^([0-9a-f]{8})-(\d{1,10})-([0-9a-f]{16})$/

/** The name of a new commit folder: says which process of which machine works in it. */
export function newOwner(): string {
  return `${host}-${process.pid}-${randomBytes(8).toString('hex')}`
}

/**
 * Whether nobody works in a commit folder any more. A wrong yes costs a living commit its success, never the
 * store its consistency (see commit-folder.ts); a wrong no leaves a folder until the next start.
 * @param modified when the folder was last written to, in milliseconds since 1970
 */
export function isAbandoned(name: string, modified: number, abandonedAfterMs: number): boolean {
  const [, itsHost, itsPid] = grammar.exec(name) ?? []
  if (itsPid === undefined) return false
  if (Date.now() - modified > abandonedAfterMs) return true
  if (itsHost !== host) return false
  // Process ids come again, in containers nearly always: what is older than this process is not of this
  // process.
  if (Number(itsPid) === process.pid) return modified < Date.now() - process.uptime() * 1000
  return !isAlive(Number(itsPid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}
