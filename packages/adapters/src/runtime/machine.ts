// Node, Deno and Bun run on a machine: it has a file system, and a memory whose size can be asked for.
import { totalmem } from 'node:os'
import process from 'node:process'
import type { Store } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'

export const openFolder = (folder: string): Store => fsStore(folder)

/** Processor time of all threads of this process so far, in milliseconds. */
export function processorTime(): number | undefined {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * What this process may take, in bytes: the limit of its cgroup (v1 or v2) where there is one below the
 * machine's.
 */
export function memoryLimit(): number {
  // Zero where it is unknown, near 2^64 where there is no limit; missing in some runtimes.
  const constrained = process.constrainedMemory?.() || Number.POSITIVE_INFINITY
  return Math.min(constrained, totalmem())
}
