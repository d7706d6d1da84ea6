// The picture that the frames of an animation are drawn on. It begins transparent, and each frame says what is to
// become of its rectangle before the next one is drawn.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc, allocZeroed, mark, release } from '../memory'
import { fitPlan } from '../plan'
import { ALL_ROWS } from '../resize/orientation-writer'
import { openResize, pushRows } from '../resize/stream'

export enum Disposal { Keep, Clear, Restore }

let canvas: usize = 0, width: i32 = 0, height: i32 = 0
/** What lay under the frame in hand when that is to come back; its own rows and columns only. */
let backup: usize = 0
/** Blocks above this are one frame's; what the decoder holds is below it. 0 until the first frame. */
let floor: usize = 0
let frameX: i32 = 0, frameY: i32 = 0, frameWidth: i32 = 0, frameHeight: i32 = 0
let disposal: Disposal = Disposal.Keep

export function openCanvas(w: i32, h: i32): Code {
  const fits = fitPlan(w, h)
  if (fits != Code.Ok) return fits
  width = w
  height = h
  disposal = Disposal.Keep
  backup = 0
  canvas = allocZeroed((<u64>w * h) << 2)
  floor = 0
  return canvas ? Code.Ok : Code.OutOfMemory
}

/** Disposes of the last frame and makes room for one at x, y, all of it on the canvas. */
export function beginFrame(x: i32, y: i32, w: i32, h: i32, after: Disposal): Code {
  charge(<i64>width * height)
  if (floor) release(floor)
  else floor = mark()
  if (disposal == Disposal.Clear) clear()
  else if (disposal == Disposal.Restore) copy(backup, canvas)
  frameX = x
  frameY = y
  frameWidth = w
  frameHeight = h
  disposal = after
  return after == Disposal.Restore ? save() : Code.Ok
}

/** Row `y` of the frame in hand. */
export function frameRow(y: i32): usize {
  return canvas + offset(frameY + y)
}

/** The canvas through the resizer, by the caller's plan. */
export function finishFrame(): Code {
  const opened = openResize(width, height, true, ALL_ROWS)
  if (opened == Code.Ok) pushRows(canvas, height, <usize>width << 2)
  return opened
}

// @ts-ignore: decorator
@inline function offset(y: i32): usize {
  return (<usize>y * <usize>width + <usize>frameX) << 2
}

function save(): Code {
  if (!backup) {
    backup = alloc((<u64>width * height) << 2)
    if (!backup) return Code.OutOfMemory
    floor = mark()
  }
  copy(canvas, backup)
  return Code.Ok
}

function copy(from: usize, to: usize): void {
  for (let y = 0; y < frameHeight; y++) {
    const at = offset(frameY + y)
    memory.copy(to + at, from + at, <usize>frameWidth << 2)
  }
}

function clear(): void {
  for (let y = 0; y < frameHeight; y++) memory.fill(frameRow(y), 0, <usize>frameWidth << 2)
}
