// Node, Deno and Bun run on a machine that has a file system, and processes.
import { createHash } from 'node:crypto'
import process from 'node:process'
import { setImmediate } from 'node:timers/promises'
import type { Sha256, Store } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'

export const openFolder = (folder: string): Store => fsStore(folder)

/** Processor time of all threads of this process so far, in milliseconds. */
export function processorTime(): number | undefined {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Takes a millisecond or two, also without instructions for it: others wait no longer than that. */
const sliceBytes = 2 ** 20

/**
 * WebCrypto copies all that it hashes, by the C library of the system: megabytes for each upload, which glibc does not
 * give back.
 */
export const sha256: Sha256 = async bytes => {
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    if (at > 0) await setImmediate()
    hash.update(bytes.subarray(at, at + sliceBytes))
  }
  return hash.digest('hex')
}
