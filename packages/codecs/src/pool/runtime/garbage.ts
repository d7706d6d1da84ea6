import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/*
 * Buffers that nobody holds any more. V8 looks for them when 64 MiB have come together, in each thread: where a process
 * has 256 MiB for all of its threads, that alone can end it. So it is asked for less.
 */

/** What nobody held when all garbage was collected last, and when the young was; or since then, if that was less. */
let least = Number.POSITIVE_INFINITY
let leastYoung = Number.POSITIVE_INFINITY
let collect: Collect | undefined

/**
 * Of what is allowed: the chunks of a flood of bodies must not grow old, or V8 keeps marking. Each collection wakes V8's other
 * threads as well, which a machine of two cores feels: an eighth was too often.
 */
const youngShare = 3

/** V8's own. The young generation takes a fraction of a millisecond, all of it ten and more. */
type Collect = (options?: { type: 'minor' }) => void

/**
 * Has the engine collect garbage where the buffers of this thread that nobody holds have grown by so much since it did so
 * last; by 0: always. By a third of it: the young, to which the chunks of bodies belong. Chunks that are promoted bring
 * on a full marking by V8's own threads.
 *
 * @param heldBytes of buffers that are in use. Were they not left out, as much as was in use while garbage was collected
 * could turn into garbage unseen.
 */
export function tidyAbove(allowedBytes: number, heldBytes: number): void {
  const garbage = () => buffers() - heldBytes
  const now = garbage()
  least = Math.min(least, now)
  leastYoung = Math.min(leastYoung, now)
  if (now - least >= allowedBytes) {
    collect ??= collector()
    collect()
    // Buffers are freed by another thread meanwhile, and counted as freed when the next collection begins.
    collect({ type: 'minor' })
    least = garbage()
    leastYoung = least
  } else if (now - leastYoung >= allowedBytes / youngShare) {
    collect ??= collector()
    collect({ type: 'minor' })
    leastYoung = garbage()
  }
}

const buffers = () => getHeapStatistics().external_memory

/**
 * The function that a flag shows: test runners find leaks by it. Flags are those of the process: another thread, which looks
 * for it as well, may have taken the flag back in between.
 */
function collector(): Collect {
  for (let attempt = 0; attempt < 8; attempt++) {
    setFlagsFromString('--expose-gc')
    const found: unknown = runInNewContext('globalThis.gc')
    setFlagsFromString('--no-expose-gc')
    if (typeof found === 'function') return options => void found(options)
  }
  return () => {}
}
