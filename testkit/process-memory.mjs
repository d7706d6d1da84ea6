// What a process has resident, as Linux counts it.
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * In bytes, now and at most since it started; undefined of a process that is gone, and where there is no /proc.
 * @param {number | 'self'} pid
 * @returns {{ now: number, peak: number } | undefined}
 */
export function residentBytes(pid) {
  const status = readProc(pid, 'status')
  /** @param {string} field */
  const bytes = field => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status ?? '')?.[1]) * 1024
  const now = bytes('VmRSS')
  // One that has ended and is not waited for yet has a status without memory.
  return Number.isNaN(now) ? undefined : { now, peak: bytes('VmHWM') }
}

/**
 * The most bytes that this process had resident since its start, or since `forgetPeak`. Elsewhere by a system call, which
 * begins with the memory of the parent.
 */
export const peakBytes = () => residentBytes('self')?.peak ?? process.resourceUsage().maxRSS * 1024

/** What this process had until now is not asked; nothing happens where that cannot be forgotten. */
export function forgetPeak() {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5')
}

/** A file of /proc; undefined of a process that is gone. @param {number | 'self'} pid @param {string} name */
export const readProc = (pid, name) => unlessGone(() => readFileSync(`/proc/${pid}/${name}`, 'utf8'))

/**
 * What is found of a process; undefined where it has ended since its id was known.
 * @template Found
 * @param {() => Found} look
 */
export function unlessGone(look) {
  try {
    return look()
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && ['ENOENT', 'ESRCH'].includes(String(thrown.code)))
      return undefined
    throw thrown
  }
}
