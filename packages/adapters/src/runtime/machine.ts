// Node, Deno and Bun run on a machine that has a file system, and processes.
import process from 'node:process'
import type { Store } from '@sluice/core'
import { fsStore } from '@sluice/stores/fs'

export const openFolder = (folder: string): Store => fsStore(folder)

/** Processor time of all threads of this process so far, in milliseconds. */
export function processorTime(): number | undefined {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
