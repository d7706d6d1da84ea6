import { PAGE } from './pool.js'

/** More than any memory has: left to the engine's own refusal. */
const TOO_MANY_BYTES = 65_536 * PAGE
/** Smaller ones are many, and cost the C library nothing that lasts. */
const LARGE_BYTES = 256 * 1024

/** The largest that is kept of those that were used: a picture of 1600 x 1600 pixels. */
const LARGEST_SPARE_BYTES = 10 * 1024 * 1024
/**
 * Most that is kept, in bytes: two pictures and a body where a thread only draws, else one picture. A new buffer takes as
 * long to touch as to fill, is garbage once it was used, and to collect that takes ten milliseconds.
 */
const MOST_SPARE_BYTES = 24 * 1024 * 1024

const memories = new WeakMap<ArrayBufferLike, WebAssembly.Memory>()
/** Cleared; the one that has waited longest comes first. */
let spare: WebAssembly.Memory[] = []

let onlyDraws = false
let beforeLarge = () => {}

/**
 * Has this thread keep more of the buffers that were used: right for one that does nothing but draw.
 * @param tidy called before each large buffer that is new: the moment to look whether those that were dropped should be collected
 */
export function reuseBuffers(tidy: () => void): void {
  onlyDraws = true
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
  const bytes = sizeFor(length)
  const memory = takeSpare(bytes) ?? create(bytes / PAGE)
  memories.set(memory.buffer, memory)
  return new Uint8Array(memory.buffer, 0, length)
}

/**
 * Ends the use of a buffer of `zeros`. It is detached, so that every view that somebody still has is empty, and none can
 * reach what comes next, and cleared before, if it is kept. Others are left alone.
 */
export function recycle({ buffer }: Uint8Array): void {
  const memory = memories.get(buffer)
  if (!memory) return
  memories.delete(buffer)
  const isKept = buffer.byteLength <= LARGEST_SPARE_BYTES
  if (isKept) new Uint8Array(buffer).fill(0)
  memory.grow(0)
  if (isKept) keep(memory)
}

/** Of too many, those go that nobody has wanted for longest: a large one would keep all small ones out. */
function keep(memory: WebAssembly.Memory): void {
  spare.push(memory)
  while (bytesSpare() > (onlyDraws ? MOST_SPARE_BYTES : LARGEST_SPARE_BYTES)) spare.shift()
}

/** Leaves all that are kept to the collector. */
export function dropSpare(): void {
  spare = []
}

/** Bytes of those that wait for their next use. */
export const bytesSpare = () => spare.reduce((sum, memory) => sum + sizeOf(memory), 0)

/**
 * Where many are kept, they have a power of two bytes, so that the next image, of another size, can use them. Pages that nobody
 * wrote to cost nothing, but whoever counts what is held counts lengths: elsewhere there are bodies of requests.
 */
const sizeFor = (length: number) =>
  onlyDraws && length <= LARGEST_SPARE_BYTES
    ? Math.min(2 ** Math.ceil(Math.log2(length)), LARGEST_SPARE_BYTES)
    : Math.ceil(length / PAGE) * PAGE

/** The smallest that is large enough, and not so large that to clear it takes longer than to make one. */
function takeSpare(bytes: number): WebAssembly.Memory | undefined {
  const [found] = spare
    .filter(memory => sizeOf(memory) >= bytes && sizeOf(memory) <= 2 * bytes)
    .sort((one, other) => sizeOf(one) - sizeOf(other))
  spare = spare.filter(memory => memory !== found)
  return found
}

function create(pages: number): WebAssembly.Memory {
  beforeLarge()
  return new WebAssembly.Memory({ initial: pages, maximum: pages })
}

const sizeOf = ({ buffer }: WebAssembly.Memory) => buffer.byteLength
