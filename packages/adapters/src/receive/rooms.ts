import { bodyBuffer } from '@sluice/codecs'

/**
 * Chunks are gathered to this many bytes: a body in single bytes must not cost a hundred times its size in
 * objects.
 */
const gatherBytes = 16 * 1024
/** Rooms of a body whose length is not known, in bytes: each as large as all before it. */
const firstRoom = 64 * 1024
const largestRoom = 2 ** 20

/**
 * What has arrived of a body, copied once out of whatever it came in: a chunk of a large pooled buffer would keep all
 * of that alive. Where the length is known all of it is one room, else there are several.
 */
export class Rooms {
  #room: Uint8Array
  /** Of the room, what was given on, and what is filled. */
  #given = 0
  #filled = 0

  /** @param announced bytes that are expected, for which there is a place; 0 where nobody knows */
  constructor(announced: number) {
    this.#room = bodyBuffer(announced || firstRoom)
  }

  /** Takes a chunk, and gives what has been gathered where that is enough. */
  *put(chunk: Uint8Array): Generator<Uint8Array, void> {
    for (let from = 0; from < chunk.length; ) {
      if (this.#filled === this.#room.length) yield* this.#nextRoom()
      const piece = chunk.subarray(from, from + this.#room.length - this.#filled)
      this.#room.set(piece, this.#filled)
      this.#filled += piece.length
      from += piece.length
    }
    if (this.#filled - this.#given >= gatherBytes) yield* this.rest()
  }

  /** Gives what was not given on yet. */
  *rest(): Generator<Uint8Array, void> {
    if (this.#filled > this.#given) yield this.#room.subarray(this.#given, this.#filled)
    this.#given = this.#filled
  }

  *#nextRoom(): Generator<Uint8Array, void> {
    yield* this.rest()
    this.#room = bodyBuffer(Math.min(largestRoom, Math.max(firstRoom, 2 * this.#room.length)))
    this.#given = 0
    this.#filled = 0
  }
}
