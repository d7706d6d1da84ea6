import type { Holding } from './budget.js'
import { bytesIdle } from './pool.js'
import { bytesSpare } from './zeros.js'

const holdings = new Set<Holding>()

/**
 * Counts what somebody on this thread holds in buffers. Those that nobody holds are garbage, of which a thread may leave only
 * so much to its collector.
 * @returns what ends the count; idempotent
 */
export function countHeld(holding: Holding): () => void {
  holdings.add(holding)
  return () => void holdings.delete(holding)
}

/** What is counted now, and memories and buffers that wait for their next use, in bytes. */
export function heldBytes(): number {
  let sum = bytesIdle() + bytesSpare()
  for (const { bytes } of holdings) sum += bytes
  return sum
}
