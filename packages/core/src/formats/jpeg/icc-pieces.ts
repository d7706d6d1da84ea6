import type { ByteReader, Span } from '../../input/bytes.js'
import type { Header } from '../header.js'

const signature = 'ICC_PROFILE\0'
/** The signature, the number of the piece and that of all. */
const headBytes = signature.length + 2

/**
 * A profile in APP2 segments (ICC.1:2022, B.4): numbered pieces, at most 255, which may come in any order.
 */
export class IccPieces {
  readonly #pieces = new Map<number, Span>()
  #count = 0
  #bytes = 0
  #cutOff = false

  /** Of all pieces, as stored. */
  get bytes(): number {
    return this.#bytes
  }

  /** Takes an APP2 segment, and leaves its reader where it was. */
  collect(segment: ByteReader): void {
    if (!segment.has(signature)) return
    if (segment.length < headBytes) {
      this.#cutOff = true
      return
    }
    const piece = segment.take(segment.left)
    segment.seek(0)
    piece.skip(signature.length)
    const number = piece.u8()
    this.#count = piece.u8()
    this.#pieces.set(number, piece.rest())
    this.#bytes += piece.left
  }

  /** In the order of their numbers. */
  spans(): Header['icc'] {
    if (this.#bytes === 0) return []
    const inOrder = Array.from({ length: this.#count }, (_, index) => this.#pieces.get(index + 1) ?? [])
    const found = inOrder.flat()
    return this.#cutOff || found.length === 0 || found.length < this.#count ? 'broken' : found
  }
}
