// Browsers.
import { type Threads, timerTurn, webPort } from './threads.js'

export const parentPort: Threads['parentPort'] = webPort

export const findRenderWorker: Threads['findRenderWorker'] = () => () =>
  new Worker(new URL('../../../dist/pool/render-worker.js', import.meta.url), { type: 'module' })

export const stepBack: Threads['stepBack'] = () => {}

/** A page has no limit that it could ask for: two workers of the default policy. */
const pageBytes = 512 * 2 ** 20

export const machine: Threads['machine'] = () => ({
  cores: navigator.hardwareConcurrency,
  memoryBytes: pageBytes,
})

export const tidy: Threads['tidy'] = () => {}

export const turn = timerTurn
