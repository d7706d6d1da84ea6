import { PAGE } from './pool.js'

/** More than any memory has: left to the engine's own refusal. */
const TOO_MANY_BYTES = 65_536 * PAGE
/** Smaller ones are many, and cost the C library nothing that lasts. */
const LARGE_BYTES = 256 * 1024

/**
 * Most that is kept of those that were used, in bytes: a picture of 1600 x 1600 pixels and a body. A new one is garbage once
 * it was used, and to collect that takes ten milliseconds.
 */
const MOST_SPARE_BYTES = 16 * 1024 * 1024
/** One that is so many times larger than what is asked for would take longer to clear than a new one takes. */
const MOST_TIMES_LARGER = 4

const memories = new WeakMap<ArrayBufferLike, WebAssembly.Memory>()
/** Cleared; the one that was used least recently comes first. */
let spare: WebAssembly.Memory[] = []

let beforeLarge = () => {}

/** @param tidy called before each large buffer: the moment to look whether those that were dropped should be collected */
export function tidyBeforeLarge(tidy: () => void): void {
  beforeLarge = tidy
}

/**
 * A buffer of zeros. A large one is the memory of no module, which engines map and unmap by itself. What they take from
 * the C library instead stays with the process: glibc gives larger and larger blocks out of its heaps once it has seen
 * them freed, in one heap for each thread, and keeps those.
 *
 * It cannot be transferred to another thread.
 */
export function zeros(length: number): Uint8Array<ArrayBuffer> {
  if (length < LARGE_BYTES || length > TOO_MANY_BYTES) return new Uint8Array(length)
  const memory = takeSpare(length) ?? create(Math.ceil(length / PAGE))
  memories.set(memory.buffer, memory)
  return new Uint8Array(memory.buffer, 0, length)
}

/**
 * Ends the use of a buffer of `zeros`, which is cleared and kept for the next one. It is detached, so that every view that
 * somebody still has is empty, and none can reach what comes next. Others are left alone.
 */
export function recycle({ buffer }: Uint8Array): void {
  const memory = memories.get(buffer)
  if (!memory || buffer.byteLength > MOST_SPARE_BYTES) return
  memories.delete(buffer)
  new Uint8Array(buffer).fill(0)
  memory.grow(0)
  spare.push(memory)
  while (bytesSpare() > MOST_SPARE_BYTES) spare.shift()
}

/** Leaves all that are kept to the collector. */
export function dropSpare(): void {
  spare = []
}

/** Bytes of those that wait for their next use. */
export const bytesSpare = () => spare.reduce((sum, memory) => sum + sizeOf(memory), 0)

/** The smallest that is large enough. */
function takeSpare(length: number): WebAssembly.Memory | undefined {
  const [found] = spare
    .filter(memory => sizeOf(memory) >= length && sizeOf(memory) <= MOST_TIMES_LARGER * length)
    .sort((one, other) => sizeOf(one) - sizeOf(other))
  spare = spare.filter(memory => memory !== found)
  return found
}

function create(pages: number): WebAssembly.Memory {
  beforeLarge()
  return new WebAssembly.Memory({ initial: pages, maximum: pages })
}

const sizeOf = ({ buffer }: WebAssembly.Memory) => buffer.byteLength
