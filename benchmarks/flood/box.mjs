// The shoebox: 2 processors and 256 MiB, held by the kernel where control groups can be made, else measured.
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { cgroupOf } from '@sluice/testkit/cgroup'
import { readProc, residentBytes, unlessGone } from '@sluice/testkit/process-memory'

/**
 * @typedef {object} Box
 * @property {'cgroup' | 'measured'} kind who holds the limit of memory: the kernel, or `watch`
 * @property {readonly string[]} under before a command
 * @property {(pid: number, onTooMuch: () => void) => () => void} watch returns what ends it
 * @property {() => number} cpuMs of all that ever ran in it
 * @property {() => number} peakBytes of one process, resident
 * @property {() => void} remove
 */
/** @typedef {{ bytes: number, cpus: number }} Limits */

export const shoebox = { bytes: 256 * 2 ** 20, cpus: 2 }

const everyMs = 50
/** Of /proc/PID/stat, on every Linux. */
const tickMs = 10

/**
 * Without control groups the limit is on the resident memory that is sampled: limits of a process (prlimit)
 * count what is reserved too, which engines do by gigabytes and never use.
 * @param {Limits} limits
 * @returns {Box}
 */
export function openBox(limits = shoebox) {
  const group = tryGroup(limits)
  let peak = 0
  let ended = 0
  /** @type {Map<number, number>} */
  const running = new Map()

  /** @type {Box['watch']} */
  function watch(pid, onTooMuch) {
    const timer = setInterval(() => {
      const seen = lookAt(pid)
      if (!seen) return
      peak = Math.max(peak, seen.peak)
      running.set(pid, seen.cpuMs)
      if (!group && seen.rss > limits.bytes) onTooMuch()
    }, everyMs)
    return () => {
      clearInterval(timer)
      ended += running.get(pid) ?? 0
      running.delete(pid)
    }
  }

  return {
    kind: group ? 'cgroup' : 'measured',
    under: group?.under ?? onProcessors(limits.cpus),
    watch,
    cpuMs: () => group?.taken().cpuMs ?? [...running.values()].reduce((sum, ms) => sum + ms, ended),
    peakBytes: () => peak,
    remove: () => group?.remove(),
  }
}

/** @param {Limits} limits */
function tryGroup(limits) {
  try {
    return cgroupOf(limits)
  } catch (thrown) {
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (thrown)
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EBUSY', 'EINVAL', 'ENOTSUP'].includes(code)) throw thrown
    return undefined
  }
}

/** taskset is part of util-linux, as every distribution has it. @param {number} count */
const onProcessors = count => (cpus().length > count ? ['taskset', '-c', `0-${count - 1}`] : [])

/**
 * @param {number} pid
 * @returns {{ rss: number, peak: number, cpuMs: number } | undefined} of one that is there
 */
function lookAt(pid) {
  const memory = residentBytes(pid)
  const stat = readProc(pid, 'stat')
  if (memory === undefined || stat === undefined) return undefined
  // The name of the program is in parentheses and may hold blanks; user and system time are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const cpuMs = (Number(fields[11]) + Number(fields[12])) * tickMs
  return { rss: memory.now, peak: memory.peak, cpuMs }
}

/** Open file descriptors; of a process that has ended, none. @param {number} pid */
export const handlesOf = pid => unlessGone(() => readdirSync(`/proc/${pid}/fd`).length) ?? 0
