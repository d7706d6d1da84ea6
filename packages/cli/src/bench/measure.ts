import type { Contender } from './contenders.js'

export interface Measured {
  readonly name: string
  /** Milliseconds of each round; empty where it could not. */
  readonly rounds: readonly number[]
  readonly bytes: number
  /** Why it could not. */
  readonly refusal?: string
}

/**
 * Each makes the image once to be warm, then they take turns, round by round, so that drift of the machine
 * meets all.
 */
export async function measure(
  bytes: Uint8Array,
  contenders: readonly Contender[],
  rounds: number,
): Promise<readonly Measured[]> {
  const results: (Measured & { rounds: number[]; make: Contender['make'] })[] = []
  for (const { name, make } of contenders) {
    try {
      results.push({ name, make, rounds: [], bytes: await make(bytes) })
    } catch (thrown) {
      const refusal = thrown instanceof Error ? thrown.message : String(thrown)
      results.push({ name, make, rounds: [], bytes: 0, refusal })
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const result of results) {
      if (result.refusal !== undefined) continue
      const start = performance.now()
      await result.make(bytes)
      result.rounds.push(performance.now() - start)
    }
  }
  return results
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return lower === undefined || upper === undefined ? Number.NaN : (lower + upper) / 2
}
