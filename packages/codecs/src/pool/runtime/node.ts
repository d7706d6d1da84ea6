// Node, Deno and Bun.
import { Worker } from 'node:worker_threads'
import { carried } from '#carried'
import type { FileAt } from '../../wasm/files.js'
import { checkFiles } from '../../wasm/load/check-files.js'
import { isFile } from '../../wasm/load/read-module.js'
import { startCarried, workerOptions } from './start-carried.js'
import type { Threads } from './threads.js'

export { machine, parentPort, stepBack, tidy, turn } from './process.js'

const file: FileAt = use => use(new URL('../../../dist/pool/render-worker.js', import.meta.url))

export const findRenderWorker: Threads['findRenderWorker'] = () => {
  const parts = carried()
  if (parts) return () => startCarried(parts)
  checkFiles({ 'render-worker.js': file }, ['render-worker.js'], isFile)
  // Written out again: bundlers and tracers look for this very form.
  return () => new Worker(new URL('../../../dist/pool/render-worker.js', import.meta.url), workerOptions)
}
