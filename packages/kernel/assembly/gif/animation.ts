// The frames of a GIF one at a time, drawn on the canvas as browsers do: what no frame covers stays transparent.
import { Code } from '../codes'
import { charge } from '../fuel'
import { openCanvas, beginFrame, frameRow, finishFrame } from '../animation/canvas'
import { screenWidth, screenHeight, x, y, height, disposal, usePalette } from './blocks'
import { nextFrame, nextIndices, rowY, visibleWidth, visibleHeight, frameError } from './frame'
import { palette } from './palette'

let begun: bool = false

/** Draws the next frame and sends the canvas through the resizer. */
export function nextGifFrame(): Code {
  let error = begun ? Code.Ok : openCanvas(screenWidth, screenHeight)
  begun = true
  if (!error) error = nextFrame()
  if (!error) error = beginFrame(x, y, visibleWidth, visibleHeight, disposal)
  if (error) return error
  usePalette()
  for (let i = 0; i < height; i++) {
    const indices = nextIndices()
    if (!indices) return frameError()
    if (rowY < visibleHeight) draw(indices, frameRow(rowY))
  }
  return finishFrame()
}

/** A transparent pixel leaves what is there. */
function draw(indices: usize, to: usize): void {
  charge(visibleWidth)
  for (let i: usize = 0; i < <usize>visibleWidth; i++) {
    const colour = load<u32>(palette + (<usize>load<u8>(indices + i) << 2))
    if (colour) store<u32>(to + (i << 2), colour)
  }
}
