// Browsers.
import { type Threads, webPort } from './threads.js'

export const parentPort: Threads['parentPort'] = webPort

export const startRenderWorker: Threads['startRenderWorker'] = () =>
  new Worker(new URL('../../dist/pool/render-worker.js', import.meta.url), { type: 'module' })

export const parallelism: Threads['parallelism'] = () => navigator.hardwareConcurrency
