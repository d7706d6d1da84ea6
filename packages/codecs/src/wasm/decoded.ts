import type { Cost } from '@sluice/sandbox'

/** A picture as a decoder left it. */
export interface Decoded {
  readonly width: number
  readonly height: number
  /**
   * RGBA, 8 bits, straight alpha, row-major, tightly packed. A view on the decoder's own memory: it is empty after
   * `release`, and its `buffer` holds more than the picture.
   */
  readonly pixels: Uint8Array
  /** What the decoder complained about: a picture that came with a warning is damaged. */
  readonly warnings: readonly string[]
  readonly cost: Cost
  /** Gives the decoder's memory back. Call it when the pixels are used up, also after an error. */
  release(): void
}
