import { UploadError } from '../errors/upload-error.js'

/** Room for the first chunks, in bytes; doubled as more arrive. */
const firstRoom = 16 * 1024

/**
 * Bytes put one after the other, up to a limit. One buffer, so that a body in single bytes costs no more than
 * another.
 */
export class GrowingBytes {
  #room = new Uint8Array(0)
  #length = 0

  constructor(readonly maxBytes: number) {}

  /** @throws UploadError `too-large`, with what was gathered dropped */
  append(chunk: Uint8Array): void {
    const length = this.#length + chunk.length
    if (length > this.maxBytes) {
      this.#room = new Uint8Array(0)
      throw new UploadError('too-large', { maxBytes: this.maxBytes })
    }
    if (length > this.#room.length) this.#grow(length)
    this.#room.set(chunk, this.#length)
    this.#length = length
  }

  #grow(needed: number): void {
    const doubled = Math.max(firstRoom, needed, this.#room.length * 2)
    const room = new Uint8Array(Math.max(needed, Math.min(doubled, this.maxBytes)))
    room.set(this.#room.subarray(0, this.#length))
    this.#room = room
  }

  /** A tight copy, or the buffer itself where it is full. */
  finish(): Uint8Array {
    return this.#length === this.#room.length ? this.#room : this.#room.slice(0, this.#length)
  }
}
