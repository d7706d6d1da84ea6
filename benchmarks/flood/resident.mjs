// What a process holds while nobody is there: the linear memories of WebAssembly apart from all else. Those are
// bounded and used again, and which of them are kept depends on the pictures that came last; what leaks is in the rest.
import { readProc } from '@sluice/testkit/process-memory'

/** @typedef {{ linearMiB: number, otherMiB: number }} Resident */

/** An engine reserves gigabytes of addresses behind a linear memory, so that no access needs a check. */
const leastGuardBytes = 2 ** 30

/** @param {number} pid @returns {Resident} */
export const residentOf = pid => sumOf(readProc(pid, 'smaps') ?? '')

/** @param {string} smaps as proc(5) has it @returns {Resident} */
export function sumOf(smaps) {
  const mappings = smaps.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m).map(mappingOf)
  let linear = 0
  let other = 0
  for (const [index, { rss, end, isWritable }] of mappings.entries()) {
    const next = mappings[index + 1]
    const isGuarded = next?.start === end && !next.isReadable && next.end - next.start >= leastGuardBytes
    if (isWritable && isGuarded) linear += rss
    else other += rss
  }
  return { linearMiB: linear / 2 ** 20, otherMiB: other / 2 ** 20 }
}

/** @param {string} text */
function mappingOf(text) {
  const [, start = '', end = '', rights = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(text) ?? []
  return {
    start: Number.parseInt(start, 16),
    end: Number.parseInt(end, 16),
    isReadable: rights.startsWith('r'),
    isWritable: rights.startsWith('rw'),
    rss: Number(/^Rss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024,
  }
}
