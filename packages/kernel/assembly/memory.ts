// Linear memory as a stack of blocks. One instance serves one picture, so nothing is freed singly.
// The Memory comes from the caller: it may be larger than the module asks for, and is zero-filled.
import { GUARD, enterBlock, leaveBlocks } from './debug/blocks'

/** SIMD loops may read and write this many bytes past the end of a block. */
export const SLACK: usize = 64
const ALIGN_MASK: usize = 63

let top: usize = (__heap_base + ALIGN_MASK) & ~ALIGN_MASK
/** Memory below this may hold something; above it is zero. */
let used: usize = top

/**
 * A 64-byte aligned block of `bytes` (plus SLACK), or 0 when memory can not grow. The contents are what
 * an earlier block left there. Sizes are 64 bits wide so that a product of two header fields can not wrap.
 */
export function alloc(bytes: u64): usize {
  if (bytes > 0xf0000000) return 0
  const start = DEBUG ? top + GUARD : top
  const end = (<u64>start + bytes + SLACK + ALIGN_MASK) & ~(<u64>ALIGN_MASK)
  if (end > 0xffff0000) return 0
  const have = <u64>memory.size() << 16
  if (end > have && memory.grow(<i32>((end - have + 0xffff) >> 16)) < 0) return 0
  top = <usize>end
  if (top > used) used = top
  if (DEBUG) enterBlock(start, top)
  return start
}

/** The same, filled with zeros. */
export function allocZeroed(bytes: u64): usize {
  const dirty = used
  const p = alloc(bytes)
  if (p && p < dirty) memory.fill(p, 0, min(top, dirty) - p)
  return p
}

/** Remembers how full the stack is ... */
export function mark(): usize {
  return top
}

/** ... and drops every block that was made since. */
export function release(to: usize): void {
  top = to
  if (DEBUG) leaveBlocks(to)
}
