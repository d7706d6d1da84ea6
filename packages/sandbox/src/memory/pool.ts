export const PAGE = 65_536

/**
 * Idle memories are kept, as clearing one costs a twentieth of what a new one does: up to a quarter of what an image may
 * have, but this many bytes at least, which decoding a photograph takes, and at most.
 */
const LEAST_IDLE_BYTES = 16 * 1024 * 1024
const MAX_IDLE_BYTES = 64 * 1024 * 1024
/**
 * A request for less than the first is not given a memory of more than the second, which takes milliseconds to clear: a
 * small one is created instead.
 */
const SMALL_BYTES = 4 * 1024 * 1024
const SPACIOUS_BYTES = 8 * 1024 * 1024

interface Pooled {
  readonly memory: WebAssembly.Memory
  readonly maximumPages: number
  /** Whether it was thought to stay small when it was used last. */
  forLittle: boolean
}

const inUse = new Map<WebAssembly.Memory, Pooled>()
let idle: Pooled[] = []
/**
 * Larger ones are left to the collector; until it comes, they are used again, so that there are never two where one
 * was enough.
 */
let dropped: WeakRef<Pooled>[] = []

/**
 * A memory that is all zero, has at least `pages` and can grow to `maximumPages`: a new one, or one that was cleared.
 * @param likelyPages roughly how far it will grow: the smallest that is as large is reused, else the largest; a request
 *   for little is not given a spacious one
 * @param leftBytes of the image's memory: idle ones, which are its neighbours, take no more than that
 */
export function acquireMemory(
  pages: number,
  maximumPages: number,
  likelyPages = pages,
  leftBytes = maximumPages * PAGE,
): WebAssembly.Memory {
  const pooled = takeIdle(maximumPages, likelyPages * PAGE) ?? create(pages, maximumPages)
  pooled.forLittle = likelyPages * PAGE < SMALL_BYTES
  makeRoom(Math.min(mostIdle(maximumPages), leftBytes - Math.max(sizeOf(pooled), likelyPages * PAGE)))
  const missing = pages - pooled.memory.buffer.byteLength / PAGE
  if (missing > 0) pooled.memory.grow(missing)
  inUse.set(pooled.memory, pooled)
  return pooled.memory
}

function takeIdle(maximumPages: number, likelyBytes: number): Pooled | undefined {
  const awaiting = awaitingCollection()
  const fitting = [...idle, ...awaiting]
    .filter(each => each.maximumPages === maximumPages)
    .sort((one, other) => sizeOf(one) - sizeOf(other))
  const found = fitting.find(each => sizeOf(each) >= likelyBytes) ?? fitting.at(-1)
  const isSpacious = found && likelyBytes < SMALL_BYTES && sizeOf(found) > SPACIOUS_BYTES
  // What was thought to stay small may grow and be left to the collector: never a second before that has come.
  if (isSpacious && !awaiting.some(({ forLittle }) => forLittle)) {
    makeRoom(mostIdle(maximumPages) - SMALL_BYTES)
    return undefined
  }
  idle = idle.filter(each => each !== found)
  dropped = dropped.filter(reference => reference.deref() !== found)
  return found
}

function makeRoom(mostBytes: number): void {
  while (idle.length > 0 && sum(idle) > mostBytes) leave(idle.shift())
}

const mostIdle = (maximumPages: number) =>
  Math.min(MAX_IDLE_BYTES, Math.max(LEAST_IDLE_BYTES, (maximumPages * PAGE) / 4))

/** Cloudflare Workers of before 2025-05-05 lack weak references. */
function leave(pooled: Pooled | undefined): void {
  if (pooled && typeof WeakRef !== 'undefined') dropped.push(new WeakRef(pooled))
}

function awaitingCollection(): Pooled[] {
  dropped = dropped.filter(reference => reference.deref())
  return dropped.flatMap(reference => reference.deref() ?? [])
}

/** A new memory takes the place of idle ones that had another ceiling: together they would be too much. */
function create(pages: number, maximumPages: number): Pooled {
  idle = idle.filter(each => each.maximumPages === maximumPages)
  return {
    memory: new WebAssembly.Memory({ initial: pages, maximum: maximumPages }),
    maximumPages,
    forLittle: false,
  }
}

/**
 * Ends the use of a memory. It is cleared at once, so that nothing of a picture outlives it; growing by nothing detaches
 * the buffer, so that every view that somebody still holds is empty, and none can reach the next picture.
 */
export function releaseMemory(memory: WebAssembly.Memory): void {
  const pooled = inUse.get(memory)
  if (!pooled) return
  inUse.delete(memory)
  new Uint8Array(memory.buffer).fill(0)
  memory.grow(0)
  if (sum(idle) + sizeOf(pooled) <= mostIdle(pooled.maximumPages)) idle.push(pooled)
  else leave(pooled)
}

/** Leaves all idle ones to the collector: nobody gets them again, not even before it comes. */
export function dropIdle(): void {
  idle = []
  dropped = []
}

/** Bytes of all memories that are held now, in use or idle. */
export const bytesHeld = () => sum(inUse.values()) + bytesIdle()

/** Bytes of those that wait for their next use. */
export const bytesIdle = () => sum(idle)

const sizeOf = ({ memory }: Pooled) => memory.buffer.byteLength

const sum = (list: Iterable<Pooled>) => {
  let bytes = 0
  for (const pooled of list) bytes += sizeOf(pooled)
  return bytes
}
