import { nextTurn } from './next-turn.js'
import { passed } from './passed.js'

export interface DrainLimits {
  readonly bytes: number
  readonly ms: number
  /** Least rate, looked at every `windowMs`. Below it, nothing more is read: silence is a rate of zero. */
  readonly bytesPerSecond: number
  readonly windowMs: number
}

/**
 * A client reads the answer to a refusal only if nothing cuts its body off, so that the rest of the body is
 * read and thrown away after the answer (RFC 9112, 9.6). Time and silence are those of nginx's
 * lingering_time and lingering_timeout.
 */
export const lingerLimits: DrainLimits = {
  bytes: 128 * 2 ** 20,
  ms: 30_000,
  bytesPerSecond: 1024,
  windowMs: 5000,
}

/** Where nothing can be read after the answer, a little is read before it. */
export const shortDrain: DrainLimits = { bytes: 64 * 1024, ms: 1000, bytesPerSecond: 0, windowMs: 1000 }

/**
 * Counts what is thrown away, and says when it is enough.
 * @param enough called once, where a limit is reached
 */
export function drainMeter({ bytes, ms, bytesPerSecond, windowMs }: DrainLimits, enough: () => void) {
  const least = (bytesPerSecond * windowMs) / 1000
  let total = 0
  let inWindow = 0
  const end = setTimeout(stopEnough, ms)
  const windows = setInterval(() => nextTurn(look), windowMs)
  let stopped = false

  function stop() {
    stopped = true
    clearTimeout(end)
    clearInterval(windows)
  }
  function stopEnough() {
    if (stopped) return
    stop()
    enough()
  }
  function look() {
    if (inWindow < least) stopEnough()
    inWindow = 0
  }
  return {
    count(length: number) {
      passed(length)
      total += length
      inWindow += length
      if (total > bytes) stopEnough()
    },
    stop,
  }
}

/** Throws away what still comes, up to the limits. True where the body came to its end. Never rejects. */
export async function drain(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limits: DrainLimits,
): Promise<boolean> {
  let meter: ReturnType<typeof drainMeter> | undefined
  const enough = new Promise<undefined>(resolve => {
    meter = drainMeter(limits, () => resolve(undefined))
  })
  try {
    for (;;) {
      const step = await Promise.race([enough, reader.read().catch(nothingMore)])
      if (step === undefined) return false
      if (step.done) return true
      meter?.count(step.value.length)
    }
  } finally {
    meter?.stop()
  }
}

/** A read fails only where its source has failed, with whatever that threw: nothing more will come. */
function nothingMore(): { readonly done: true } {
  return { done: true }
}
