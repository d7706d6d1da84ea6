import { definePolicy } from '@sluice/core'

/** What this machine, or the container on it, has for a process. */
export interface Machine {
  /** Threads that it runs at the same time. */
  readonly cores: number
  /** In bytes. */
  readonly memoryBytes: number
}

/** How the memory of a process is divided, so that all of its parts together never take more. */
export interface Shares {
  /** Workers. */
  readonly size: number
  /** What images may take in all workers together, in MiB: one of them, where it is drawn alone, may have all of it. */
  readonly memoryMb: number
  /** What bodies of requests may take, in bytes. */
  readonly bodyBytes: number
  /** What the thread that takes requests may leave to its collector, in bytes; a worker half of it. */
  readonly garbageBytes: number
}

/** In MiB, measured (decisions/165): what is taken besides images, bodies and garbage. */
export const memoryPrices = {
  /** A process without any worker: runtime and application. */
  process: 48,
  /** A worker without its image: its heap; compiled modules are shared. */
  worker: 24,
  /** Least for images, whatever the machine has: a 48-megapixel photo takes less. */
  leastImage: 64,
} as const

/** More workers than this wait for memory rather than for a core. */
const mostWorkers = 4
const mostBodyMb = 1024
/** V8 collects by itself above it. */
const mostGarbageMb = 64
const leastGarbageMb = 16

/** A tenth, at most 1 GiB. */
export const bodyBytesOf = (memoryBytes: number) =>
  Math.floor(Math.min(mostBodyMb, memoryBytes / 2 ** 20 / 10) * 2 ** 20)

/**
 * As many workers as there are cores, at most 4, and only so many that beside them there is what one image may take by
 * the default policy; at least one. Where that is not there either, an image that needs it is refused, and the process
 * not killed. Garbage has a sixteenth, and half of that in each worker.
 */
export function memoryShares({ cores, memoryBytes }: Machine): Shares {
  const all = memoryBytes / 2 ** 20
  const garbage = Math.min(mostGarbageMb, Math.max(leastGarbageMb, all / 16))
  const bodyBytes = bodyBytesOf(memoryBytes)
  const forWorkers = all - memoryPrices.process - garbage - bodyBytes / 2 ** 20
  const worker = memoryPrices.worker + garbage / 2
  const fitting = Math.floor((forWorkers - definePolicy().memoryMb) / worker)
  const size = Math.max(1, Math.min(mostWorkers, cores, fitting))
  return {
    size,
    memoryMb: Math.max(memoryPrices.leastImage, Math.floor(forWorkers - size * worker)),
    bodyBytes,
    garbageBytes: Math.floor(garbage * 2 ** 20),
  }
}
