import { definePolicy } from '@sluice/core'

/** What this machine, or the container on it, has for a process. */
export interface Machine {
  /** Threads that it runs at the same time. */
  readonly cores: number
  /** In bytes. */
  readonly memoryBytes: number
}

/** In MiB, measured (decisions/095): what is taken besides the images. */
export const memoryShares = {
  /** Of the process without any worker: runtime, application, a few bodies. */
  process: 96,
  /** Of a worker without its image: heap, compiled modules, what its collector has not taken yet. */
  worker: 56,
  /** Least for an image, whatever the machine has: a 12-megapixel photo takes less. */
  leastImage: 64,
} as const

/** More workers than this wait for memory rather than for a core. */
const mostWorkers = 4

/**
 * As many workers as there are cores, at most 4, and only so many that each may hold what an image may take
 * by the default policy; at least one. `memoryMb` is what each image may take then: where the memory is less
 * than one image by the policy, an image that needs it is refused, and the process not killed.
 */
export function poolSize({ cores, memoryBytes }: Machine): {
  readonly size: number
  readonly memoryMb: number
} {
  const forWorkers = memoryBytes / 2 ** 20 - memoryShares.process
  const whole = memoryShares.worker + definePolicy().memoryMb
  const size = Math.max(1, Math.min(mostWorkers, cores, Math.floor(forWorkers / whole)))
  const share = Math.floor(forWorkers / size) - memoryShares.worker
  return { size, memoryMb: Math.max(memoryShares.leastImage, share) }
}
