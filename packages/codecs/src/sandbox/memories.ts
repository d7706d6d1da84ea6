const PAGE = 65_536

/** Memories that an instance works in now. Weakly reachable ones are not counted: the engine frees them. */
const inUse = new Set<WebAssembly.Memory>()

export const pagesOf = (bytes: number) => Math.min(65_536, Math.floor(bytes / PAGE))

/** A zeroed memory of `pages` that can grow to `maximumPages`. */
export function takeMemory(pages: number, maximumPages: number): WebAssembly.Memory {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: maximumPages })
  inUse.add(memory)
  return memory
}

/** Ends a memory. Growing by nothing detaches its buffer, so every view that somebody still holds is empty. */
export function giveBack(memory: WebAssembly.Memory): void {
  if (!inUse.delete(memory)) return
  memory.grow(0)
}

/** Bytes of all memories that instances hold now. */
export function bytesHeld(): number {
  let sum = 0
  for (const memory of inUse) sum += memory.buffer.byteLength
  return sum
}
