// Node, Deno and Bun run on a machine that has a file system, and processes.
import { createHash } from 'node:crypto'
import process from 'node:process'
import type { Sha256, Store } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'
import { nextTurn } from '../receive/next-turn.js'

export const openFolder = (folder: string): Store => fsStore(folder)

/** Processor time of all threads of this process so far, in milliseconds. */
export function processorTime(): number | undefined {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Hashed in a millisecond or two even without instructions for it, so that the event loop is not held up for longer. */
const sliceBytes = 2 ** 20

/**
 * Without a copy: WebCrypto makes one of all that it hashes, in the heap of the C library, and glibc does not give back the
 * megabytes that each upload takes there.
 */
export const sha256: Sha256 = async bytes => {
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    if (at > 0) await new Promise<void>(nextTurn)
    hash.update(bytes.subarray(at, at + sliceBytes))
  }
  return hash.digest('hex')
}
