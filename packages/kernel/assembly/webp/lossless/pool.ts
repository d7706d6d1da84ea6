// Memory for many small tables: pieces of it are blocks of their own.
import { alloc } from '../../memory'

const SMALL: usize = 1 << 14
const LARGE: usize = 1 << 18

let at: usize = 0, end: usize = 0
let pieces: i32 = 0

/** Forgets what was taken: to be called wherever blocks are released. */
export function openPool(): void {
  at = 0
  end = 0
  pieces = 0
}

/** `bytes`, at most the smallest piece; 0 when memory can not grow. */
export function takeFromPool(bytes: usize): usize {
  if (end - at < bytes) {
    const piece = pieces < 4 ? SMALL : LARGE
    at = alloc(piece)
    if (!at) {
      end = 0
      return 0
    }
    end = at + piece
    pieces++
  }
  const p = at
  at += bytes + 1 & ~1
  return p
}
