// Cloudflare Workers and edge functions.
import { type Threads, timerTurn, webPort } from './threads.js'

export const parentPort: Threads['parentPort'] = webPort

export const findRenderWorker: Threads['findRenderWorker'] = noThreads

export const stepBack: Threads['stepBack'] = () => {}

/** Of an isolate of Cloudflare Workers; other edges have as much or more. */
const isolateBytes = 128 * 2 ** 20

export const machine: Threads['machine'] = () => ({ cores: 1, memoryBytes: isolateBytes })

export const tidy: Threads['tidy'] = () => {}

export const turn = timerTurn

function noThreads(): never {
  throw new Error('workerPool() needs threads, which this runtime lacks: use defaultRenderer()')
}
