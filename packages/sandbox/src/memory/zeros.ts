import { PAGE } from './pool.js'

/** More than any memory has: left to the engine's own refusal. */
const TOO_MANY_BYTES = 65_536 * PAGE
/** Smaller ones are many, and cost the C library nothing that lasts. */
const LARGE_BYTES = 256 * 1024

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
  beforeLarge()
  const pages = Math.ceil(length / PAGE)
  return new Uint8Array(new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer, 0, length)
}
