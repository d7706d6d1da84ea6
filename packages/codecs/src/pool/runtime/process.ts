// Node, Deno and Bun, from a file or from a bundle. A worker that `workers` was given may be a Web Worker there.
import { readFileSync } from 'node:fs'
import { availableParallelism, setPriority, totalmem } from 'node:os'
import { isMainThread, parentPort as nodePort } from 'node:worker_threads'
import { heldBytes } from '@sluice/sandbox'
import { memoryShares } from '../memory-shares.js'
import { tidyAbove } from './garbage.js'
import { memoryLimit } from './memory-limit.js'
import { type Threads, webPort } from './threads.js'

export const parentPort: Threads['parentPort'] = () => {
  if (!nodePort) return webPort()
  const port = nodePort
  return {
    receive: listener => port.on('message', listener),
    send: (message, transfer) => port.postMessage(message, transfer),
  }
}

export const stepBack: Threads['stepBack'] = () => {
  // On other systems it would be the whole process.
  if (process.platform === 'linux' && granted('sys', { kind: 'setPriority' })) setPriority(niceness)
}

/**
 * Of a scale to 19: a thread that waits for requests is preferred to one that draws, which still has its
 * share.
 */
const niceness = 5

export const machine: Threads['machine'] = () => ({
  cores: availableParallelism(),
  memoryBytes: memoryLimit(
    readText,
    granted('sys', { kind: 'systemMemoryInfo' }) ? totalmem() : Number.POSITIVE_INFINITY,
  ),
})

/** A timer is held back for milliseconds here. */
export const turn: Threads['turn'] = () => new Promise(resolve => setImmediate(resolve))

let allowedBytes: number | undefined

export const tidy: Threads['tidy'] = (mostBytes = Number.POSITIVE_INFINITY) => {
  allowedBytes ??= memoryShares(machine()).garbageBytes / (isMainThread ? 1 : 2)
  tidyAbove(Math.min(allowedBytes, mostBytes), heldBytes())
}

function readText(path: string): string | undefined {
  if (!granted('read', { path })) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    // Not there: another system, or the other version of cgroups. Jest's Error is another one than Node's.
    if (typeof Object(thrown).code === 'string') return undefined
    throw thrown
  }
}

interface DenoPermissions {
  readonly permissions: {
    querySync(what: { readonly name: string; readonly [detail: string]: string }): { readonly state: string }
  }
}

/** Deno would stop otherwise, and ask whoever sits at the terminal. */
function granted(name: 'read' | 'sys', detail: Readonly<Record<string, string>>): boolean {
  const { Deno: deno } = globalThis as { readonly Deno?: DenoPermissions }
  return deno === undefined || deno.permissions.querySync({ name, ...detail }).state === 'granted'
}
