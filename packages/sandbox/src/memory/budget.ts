import { noMemory, SandboxError } from '../sandbox-error.js'
import { recycle, zeros } from './zeros.js'

/** Something that takes memory; what it takes may grow. */
export interface Holding {
  readonly bytes: number
}

/** Bytes that are counted as long as they are needed. */
export interface Allocation {
  /** Zeros. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Ends the count, and the use of the bytes. Idempotent. */
  release(): void
}

/** Parts that are added one after the other, and are all released at once. */
export interface Growth {
  /** @throws SandboxError 'out-of-memory' */
  add(bytes: number): void
  /** Idempotent. */
  release(): void
}

/**
 * What one image holds of memory at a time: all its instances and the pictures between them, against one ceiling. Each
 * may take what the others leave.
 */
export class MemoryBudget implements Holding {
  readonly #holdings = new Set<Holding>()

  /** @param ceiling in bytes */
  constructor(readonly ceiling: number) {}

  /** Bytes that are held. */
  get held(): number {
    let sum = 0
    for (const { bytes } of this.#holdings) sum += bytes
    return sum
  }

  /** The same, of the whole as one holding. */
  get bytes(): number {
    return this.held
  }

  /** Bytes that may still be taken. */
  get left(): number {
    return Math.max(0, this.ceiling - this.held)
  }

  /** @returns what ends the holding; idempotent @throws SandboxError 'out-of-memory' */
  reserve(holding: Holding): () => void {
    this.#admit(holding.bytes)
    this.#holdings.add(holding)
    return () => {
      this.#holdings.delete(holding)
    }
  }

  /** Nothing yet. One holding however often it grows, so that the sum stays cheap over thousands of parts. */
  growth(): Growth {
    const holding = { bytes: 0 }
    const release = this.reserve(holding)
    const add = (bytes: number) => {
      this.#admit(bytes)
      holding.bytes += bytes
    }
    return { add, release }
  }

  #admit(bytes: number): void {
    if (bytes > this.left)
      throw new SandboxError('out-of-memory', `${bytes} bytes: ${this.held} of ${this.ceiling} are held`)
  }

  /**
   * Counts and allocates in one act, so that neither can be forgotten: the way to a buffer whose size comes from a file.
   * @throws SandboxError 'out-of-memory' before anything is allocated, 'no-memory' where the runtime has none
   */
  allocate(bytes: number): Allocation {
    const end = this.reserve({ bytes })
    try {
      const made = zeros(bytes)
      const release = () => {
        end()
        recycle(made)
      }
      return { bytes: made, release }
    } catch (thrown) {
      end()
      throw noMemory(thrown, `${bytes} bytes`)
    }
  }
}
