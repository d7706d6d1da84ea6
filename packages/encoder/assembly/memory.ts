// A bump allocator over the imported memory. One instance encodes one picture, so nothing is freed singly.
import { GUARD, enterBlock, leaveBlocks } from '../../kernel/assembly/debug/blocks'

let top: usize = 0
/** Where the block lies whose end is not known yet. */
let open: usize = 0

/** SIMD code reads and writes whole vectors: every block may be touched this far past its end. */
const SLACK: usize = 64

/** Makes sure that memory reaches up to `end`; false when it may not grow so far. */
function reach(end: usize): bool {
  const have = <usize>memory.size() << 16
  if (end + SLACK <= have) return true
  return memory.grow(<i32>((end + SLACK - have + 0xffff) >> 16)) >= 0
}

/** A 64-byte aligned block of n bytes, not cleared; 0 when memory cannot grow. */
export function allocate(n: usize): usize {
  if (top == 0) top = (__heap_base + 63) & ~63
  const block = DEBUG ? top + GUARD : top
  if (!reach(block + n)) return 0
  top = (block + n + SLACK + 63) & ~63
  if (DEBUG) enterBlock(block, top)
  return block
}

/** The same, filled with zeros. */
export function allocateZeroed(n: usize): usize {
  const block = allocate(n)
  if (block) memory.fill(block, 0, n)
  return block
}

/** First free address. What is written beyond it must be covered by `reserve` and then claimed by `claim`. */
export function freeAddress(): usize {
  open = allocate(0)
  return open
}

/** Makes sure that what began at freeAddress may reach up to `end`; false when memory may not grow so far. */
export function reserve(end: usize): bool {
  if (!reach(end)) return false
  if (DEBUG) {
    leaveBlocks(open)
    enterBlock(open, end + SLACK)
  }
  return true
}

/** Takes everything below `end` out of the free space. */
export function claim(end: usize): void {
  top = (end + SLACK + 63) & ~63
}

/** Frees everything. */
export function releaseAll(): void {
  top = 0
  if (DEBUG) leaveBlocks(0)
}
