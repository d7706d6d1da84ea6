// Browsers.
import { type Threads, webPort } from './threads.js'

export const parentPort: Threads['parentPort'] = webPort

export const findRenderWorker: Threads['findRenderWorker'] = () =>
  new URL('../../../dist/pool/render-worker.js', import.meta.url)

// Written out again: bundlers look for this very form.
export const startRenderWorker: Threads['startRenderWorker'] = () =>
  new Worker(new URL('../../../dist/pool/render-worker.js', import.meta.url), { type: 'module' })

export const stepBack: Threads['stepBack'] = () => {}

/** A page has no limit that it could ask for: two workers of the default policy. */
const pageBytes = 1.5 * 2 ** 30

export const machine: Threads['machine'] = () => ({
  cores: navigator.hardwareConcurrency,
  memoryBytes: pageBytes,
})

/** A page draws what its own visitor chose; a service worker has no workers. */
export const poolByDefault = false
