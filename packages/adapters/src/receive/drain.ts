export interface DrainLimits {
  readonly bytes: number
  readonly ms: number
}

/** A client that is still sending reads the answer to a refusal only if it is let finish a little. */
export const drainLimits: DrainLimits = { bytes: 64 * 1024, ms: 1000 }

/** Throws away what still comes, up to the limits. True where the body came to its end. Never rejects. */
export async function drain(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limits = drainLimits,
): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const expired = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), limits.ms)
  })
  try {
    for (let left = limits.bytes; left >= 0; ) {
      const step = await Promise.race([reader.read().catch(nothingMore), expired])
      if (step === undefined) return false
      if (step.done) return true
      left -= step.value.length
    }
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** A read fails only where its source has failed, with whatever that threw: nothing more will come. */
function nothingMore(): { readonly done: true } {
  return { done: true }
}
