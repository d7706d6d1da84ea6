// Node, and Deno and Bun, which have Web Workers besides.
import { availableParallelism } from 'node:os'
import { Worker as NodeWorker, parentPort as nodePort } from 'node:worker_threads'
import { type Threads, webPort } from './threads.js'

export const parentPort: Threads['parentPort'] = () => {
  if (!nodePort) return webPort()
  const port = nodePort
  return {
    receive: listener => port.on('message', listener),
    send: (message, transfer) => port.postMessage(message, transfer),
  }
}

export const startRenderWorker: Threads['startRenderWorker'] = () => {
  const url = new URL('../../dist/pool/render-worker.js', import.meta.url)
  if (typeof Worker !== 'undefined') return new Worker(url, { type: 'module' })
  // Neither the application's secrets nor its loaders have any business where strangers' files are decoded.
  return new NodeWorker(url, { env: {}, execArgv: [] })
}

export const parallelism: Threads['parallelism'] = availableParallelism
