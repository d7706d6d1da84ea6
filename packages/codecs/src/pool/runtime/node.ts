// Node, Deno and Bun. A worker that `workers` was given may be a Web Worker there.
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, setPriority, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker as NodeWorker, parentPort as nodePort } from 'node:worker_threads'
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

export const findRenderWorker: Threads['findRenderWorker'] = () => {
  const url = new URL('../../../dist/pool/render-worker.js', import.meta.url)
  if (url.protocol === 'file:' && !existsSync(url))
    throw new Error(
      `The workers of the pool run ${fileURLToPath(url)}, which is missing. If a bundler left it out, keep ` +
        '@sluice/codecs external (esbuild --external:@sluice/codecs, Next.js serverExternalPackages), or choose ' +
        'renderer: defaultRenderer(), which draws on the thread that serves requests.',
    )
  return url
}

/**
 * Of node:worker_threads in Deno and Bun too: a Web Worker cannot be told there not to keep the process
 * alive. Neither the application's secrets nor its loaders have any business where strangers' files are
 * decoded.
 */
export const startRenderWorker: Threads['startRenderWorker'] = url =>
  new NodeWorker(url, { env: {}, execArgv: [] })

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

export const poolByDefault = true

function readText(path: string): string | undefined {
  if (!granted('read', { path })) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    // Not there: another system, or the other version of cgroups.
    if (thrown instanceof Error && 'code' in thrown) return undefined
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
