export const PAGE = 65_536

/** Idle memories are kept up to this many bytes in all: clearing one costs a twentieth of what a new one does. */
const MAX_IDLE_BYTES = 64 * 1024 * 1024

interface Pooled {
  readonly memory: WebAssembly.Memory
  readonly maximumPages: number
}

const inUse = new Map<WebAssembly.Memory, Pooled>()
let idle: Pooled[] = []

/** A memory that is all zero, has at least `pages` and can grow to `maximumPages`: a new one, or one that was cleared. */
export function takeMemory(pages: number, maximumPages: number): WebAssembly.Memory {
  const found = idle.findLastIndex(each => each.maximumPages === maximumPages)
  const pooled = idle.splice(found, found < 0 ? 0 : 1)[0] ?? create(pages, maximumPages)
  const missing = pages - pooled.memory.buffer.byteLength / PAGE
  if (missing > 0) pooled.memory.grow(missing)
  inUse.set(pooled.memory, pooled)
  return pooled.memory
}

/** A new memory takes the place of the idle ones, which had another ceiling: together they would be too much. */
function create(pages: number, maximumPages: number): Pooled {
  idle = []
  return { memory: new WebAssembly.Memory({ initial: pages, maximum: maximumPages }), maximumPages }
}

/**
 * Ends the use of a memory. It is cleared at once, so that nothing of a picture outlives it; growing by nothing detaches
 * the buffer, so that every view that somebody still holds is empty, and none can reach the next picture.
 */
export function giveBack(memory: WebAssembly.Memory): void {
  const pooled = inUse.get(memory)
  if (!pooled) return
  inUse.delete(memory)
  new Uint8Array(memory.buffer).fill(0)
  memory.grow(0)
  if (sum(idle) + memory.buffer.byteLength <= MAX_IDLE_BYTES) idle.push(pooled)
}

/** Bytes of all memories that are held now, in use or idle. */
export const bytesHeld = () => sum(inUse.values()) + sum(idle)

const sum = (list: Iterable<Pooled>) => {
  let bytes = 0
  for (const { memory } of list) bytes += memory.buffer.byteLength
  return bytes
}
