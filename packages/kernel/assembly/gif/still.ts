// A GIF's first image, row by row into the resizer; around it the screen is transparent.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc, allocZeroed } from '../memory'
import { ALL_ROWS } from '../resize/orientation-writer'
import { openResize, pushRows } from '../resize/stream'
import { screenWidth, screenHeight, x, y, height, interlaced, transparent, usePalette } from './blocks'
import { nextFrame, nextIndices, rowY, visibleWidth, visibleHeight, frameError } from './frame'
import { palette } from './palette'

/** By the caller's plan. */
export function decodeGif(): Code {
  let error = nextFrame()
  if (error) return error
  const covered = x == 0 && y == 0 && visibleWidth == screenWidth && visibleHeight == screenHeight
  error = openResize(screenWidth, screenHeight, !covered || transparent >= 0, ALL_ROWS)
  if (error) return error
  usePalette()
  const line = allocZeroed(<u64>screenWidth << 2), empty = allocZeroed(<u64>screenWidth << 2)
  if (!line || !empty) return Code.OutOfMemory
  for (let i = 0; i < min(y, screenHeight); i++) pushRows(empty, 1, 0)
  error = interlaced ? sendInterlaced(line) : sendRows(line)
  if (error) return error
  for (let i = y + visibleHeight; i < screenHeight; i++) pushRows(empty, 1, 0)
  return Code.Ok
}

function sendRows(line: usize): Code {
  for (let i = 0; i < height; i++) {
    const indices = nextIndices()
    if (!indices) return frameError()
    if (i < visibleHeight) send(indices, line)
  }
  return Code.Ok
}

/** All indices are read before the second row can be shown. */
function sendInterlaced(line: usize): Code {
  const stride = <usize>visibleWidth
  const whole = alloc(<u64>stride * visibleHeight)
  if (!whole) return Code.OutOfMemory
  for (let i = 0; i < height; i++) {
    const indices = nextIndices()
    if (!indices) return frameError()
    if (rowY < visibleHeight) memory.copy(whole + <usize>rowY * stride, indices, stride)
  }
  for (let i = 0; i < visibleHeight; i++) send(whole + <usize>i * stride, line)
  return Code.Ok
}

function send(indices: usize, line: usize): void {
  charge(visibleWidth)
  const to = line + (<usize>x << 2)
  for (let i: usize = 0; i < <usize>visibleWidth; i++) {
    store<u32>(to + (i << 2), load<u32>(palette + (<usize>load<u8>(indices + i) << 2)))
  }
  pushRows(line, 1, 0)
}
