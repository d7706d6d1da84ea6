import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/*
 * Buffers that nobody holds any more. V8 looks for them when 64 MiB have come together, in each thread: where a process
 * has 256 MiB for all of its threads, that alone can end it. So it is asked for less.
 */

/** Of this thread when it was tidied last, or when it had least since then, in bytes. */
let least = Number.POSITIVE_INFINITY
let collect: (() => void) | undefined

/**
 * Has the engine collect garbage where the buffers of this thread have grown by so much since it did so last; by 0:
 * always.
 */
export function tidyAbove(allowedBytes: number): void {
  const now = buffers()
  least = Math.min(least, now)
  if (now - least < allowedBytes) return
  collect ??= collector()
  collect()
  least = buffers()
}

/** Those in use included. */
const buffers = () => getHeapStatistics().external_memory

/** V8's own function, without a flag that somebody has to set: test runners find leaks by it. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('globalThis.gc')
  setFlagsFromString('--no-expose-gc')
  return typeof found === 'function' ? () => void found() : () => {}
}
