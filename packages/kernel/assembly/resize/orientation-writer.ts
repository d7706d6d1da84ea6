// Puts finished RGBA rows, which come in stored order, into the upright picture.
//
// Exif orientation = mirrored columns? then mirrored rows? then transposed? The column mirror is done for free
// by a reversed filter table; rows and transposition are done here, eight rows at a time. Where neither is wanted, the
// picture need not be held whole: the host takes finished rows away.
import { Code } from '../codes'
import { alloc } from '../memory'
import { mirrorsRows, transposes } from '../plan'

let out: usize = 0, width: i32 = 0, height: i32 = 0
let transposed: bool = false, mirrored: bool = false
let rows: usize = 0, stride: usize = 0
let filled: i32 = 0, y: i32 = 0
/** Rows that there is room for, and rows that were taken away. */
let room: i32 = 0, taken: i32 = 0

/** A window for who wants the finished picture whole. */
export const ALL_ROWS: i32 = i32.MAX_VALUE

/** `w` and `h` are the size before orientation. Of an unturned picture, `window` rows are held at a time. */
export function openWriter(w: i32, h: i32, orientation: i32, window: i32): Code {
  width = w
  height = h
  transposed = transposes(orientation)
  mirrored = mirrorsRows(orientation)
  filled = 0
  y = 0
  taken = 0
  room = transposed || mirrored ? h : min(window, h)
  stride = <usize>((w + 15) & ~15) << 2
  out = alloc(<u64>w * room << 2)
  rows = alloc(<u64>stride * 8)
  return out && rows ? Code.Ok : Code.OutOfMemory
}

/** Where the finished picture is: width * height * 4 bytes; or its rows that were not taken. */
export function outputPointer(): usize {
  return out
}

/** The rows at outputPointer() may be overwritten now. @returns their bytes; of a turned picture all or none */
export function takeRows(): u32 {
  if (room == height && y < height) return 0
  const rows = y - taken
  taken = y
  return <u32>rows * width << 2
}

/** Another row can be written. */
export function hasRoom(): bool {
  return y - taken < room
}

/** All rows were written. */
export function writerIsFull(): bool {
  return y == height
}

/** Where the next row is to be put; as much as 16 pixels, rounded up, may be overwritten. */
export function nextRow(): usize {
  return rows + (transposed ? <usize>filled * stride : 0)
}

/** The row at nextRow() is complete. */
export function rowDone(): void {
  y++
  if (!transposed) {
    const to = mirrored ? height - y : y - 1 - taken
    memory.copy(out + (<usize>to * <usize>width << 2), rows, <usize>width << 2)
    return
  }
  filled++
  if (filled == 8) flushEight()
  else if (y == height) flushFew()
}

// @ts-ignore: decorator
@inline function transpose4(r0: usize, r1: usize, r2: usize, r3: usize, to: usize, step: usize): void {
  const a = v128.load(r0), b = v128.load(r1), c = v128.load(r2), d = v128.load(r3)
  const ab0 = i32x4.shuffle(a, b, 0, 4, 1, 5), ab1 = i32x4.shuffle(a, b, 2, 6, 3, 7)
  const cd0 = i32x4.shuffle(c, d, 0, 4, 1, 5), cd1 = i32x4.shuffle(c, d, 2, 6, 3, 7)
  v128.store(to, i64x2.shuffle(ab0, cd0, 0, 2))
  v128.store(to + step, i64x2.shuffle(ab0, cd0, 1, 3))
  v128.store(to + 2 * step, i64x2.shuffle(ab1, cd1, 0, 2))
  v128.store(to + 3 * step, i64x2.shuffle(ab1, cd1, 1, 3))
}

function flushEight(): void {
  const step = <usize>height << 2
  // The eight rows become eight neighbouring columns; a mirror reverses them.
  const top = mirrored ? rows + 7 * stride : rows
  const next = mirrored ? 0 - stride : stride
  let to = out + (<usize>(mirrored ? height - y : y - 8) << 2)
  const whole = <usize>(width & ~3)
  for (let x: usize = 0; x < whole; x += 4, to += 4 * step) {
    const p = top + (x << 2), q = p + 4 * next
    transpose4(p, p + next, p + 2 * next, p + 3 * next, to, step)
    transpose4(q, q + next, q + 2 * next, q + 3 * next, to + 16, step)
  }
  for (let x = whole; x < <usize>width; x++, to += step) {
    for (let k: usize = 0; k < 8; k++) store<u32>(to + (k << 2), load<u32>(top + k * next + (x << 2)))
  }
  filled = 0
}

/** The last rows, fewer than eight. */
function flushFew(): void {
  const step = <usize>height << 2
  for (let k = 0; k < filled; k++) {
    const stored = y - filled + k
    const column = out + (<usize>(mirrored ? height - 1 - stored : stored) << 2)
    const row = rows + <usize>k * stride
    for (let x: usize = 0; x < <usize>width; x++) store<u32>(column + x * step, load<u32>(row + (x << 2)))
  }
  filled = 0
}
