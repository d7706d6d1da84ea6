// Animated WebP (RFC 9649, 2.7.1): frames one at a time, drawn on the canvas. What no frame covers stays
// transparent, and so becomes what is disposed of: the background colour is a hint that browsers do not
// follow.
import { Disposal, beginFrame, finishFrame, frameRow, openCanvas } from '../animation/canvas'
import { blendOver } from '../animation/blend'
import { Code } from '../codes'
import { charge } from '../fuel'
import { ANMF, chunkAfter, chunkData, chunkEnd, chunkLength, chunkType, le24, openChunk } from './chunks'
import { canvasHeight, canvasWidth, fileEnd, firstChunk } from './open'
import {
  nextPictureRow, openPicture, pictureError, pictureHeight, pictureWidth, readPicture, translucent,
} from './picture'

const FRAME_HEADER: usize = 16
const DISPOSE_FLAG = 1, NO_BLENDING_FLAG = 2

/** Of the frame that was drawn last, in milliseconds. */
export let delay: i32 = 0

let position: usize = 0 // of the chunk after the last frame; 0 before the first
let x: i32 = 0, y: i32 = 0, width: i32 = 0, height: i32 = 0
let disposal: Disposal = Disposal.Keep, blends: bool = false

/** Draws the next frame and sends the canvas through the resizer. */
export function nextWebpFrame(): Code {
  let error = Code.Ok
  if (!position) {
    position = firstChunk
    error = openCanvas(canvasWidth, canvasHeight)
  }
  if (!error) error = findFrame()
  return error ? error : drawFrame()
}

function findFrame(): Code {
  do {
    const error = openChunk(position, fileEnd)
    if (error) return error
    position = chunkAfter()
  } while (chunkType != ANMF)
  if (chunkLength < FRAME_HEADER) return Code.Truncated
  x = le24(chunkData) << 1
  y = le24(chunkData + 3) << 1
  width = le24(chunkData + 6) + 1
  height = le24(chunkData + 9) + 1
  delay = le24(chunkData + 12)
  const flags = load<u8>(chunkData, 15)
  disposal = flags & DISPOSE_FLAG ? Disposal.Clear : Disposal.Keep
  if (width > canvasWidth - x || height > canvasHeight - y) return Code.Corrupt
  const error = readPicture(chunkData + FRAME_HEADER, chunkEnd())
  blends = translucent && !(flags & NO_BLENDING_FLAG)
  if (error) return error
  return pictureWidth == width && pictureHeight == height ? Code.Ok : Code.Corrupt
}

function drawFrame(): Code {
  let error = beginFrame(x, y, width, height, disposal)
  if (!error) error = openPicture()
  if (error) return error
  for (let line = 0; line < height; line++) {
    const row = nextPictureRow()
    if (!row) return pictureError
    charge(width)
    if (blends) blendOver(frameRow(line), row, width)
    else memory.copy(frameRow(line), row, <usize>width << 2)
  }
  return finishFrame()
}
