import { SandboxError } from './sandbox-error.js'

/** Something that takes memory; what it takes may grow. */
export interface Holding {
  readonly bytes: number
}

/**
 * What one image holds of memory at a time: all its instances and the pictures between them, against one ceiling. Each
 * may take what the others leave.
 */
export class Ledger {
  readonly #holdings = new Set<Holding>()

  /** @param ceiling in bytes */
  constructor(readonly ceiling: number) {}

  /** Bytes that are held. */
  get held(): number {
    let sum = 0
    for (const { bytes } of this.#holdings) sum += bytes
    return sum
  }

  /** Bytes that may still be taken. */
  get left(): number {
    return Math.max(0, this.ceiling - this.held)
  }

  /** @returns what ends the holding @throws SandboxError 'out-of-memory' */
  hold(holding: Holding): () => void {
    if (holding.bytes > this.left)
      throw new SandboxError(
        'out-of-memory',
        `${holding.bytes} bytes: ${this.held} of ${this.ceiling} are held`,
      )
    this.#holdings.add(holding)
    return () => {
      this.#holdings.delete(holding)
    }
  }
}
