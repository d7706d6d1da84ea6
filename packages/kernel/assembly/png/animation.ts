// Animated PNG (PNG 3rd edition, 4.9 and 11.3.6): frames one at a time, drawn on the canvas.
import { Code } from '../codes'
import { charge } from '../fuel'
import { Disposal, openCanvas, beginFrame, frameRow, finishFrame } from '../animation/canvas'
import {
  openChunk, nextChunk, chunkType, chunkData, chunkLength, chunkIntact, chunkAfter, IDAT, IEND, fcTL, fdAT,
} from './chunks'
import { imageWidth, imageHeight } from './header'
import { firstControl, imageData, imageDataEnd, afterImage, endOfFile, startsChunk } from './open'
import { allocRaster, startRaster, readRow, finishRaster, rasterError } from './raster'
import { blendOver } from '../animation/blend'

const FCTL_LENGTH: usize = 26
const BLEND_SOURCE = 0
const BLEND_OVER = 1

/** Of the frame that was drawn last: its delay is numerator / denominator seconds. */
export let delayNumerator: i32 = 0
export let delayDenominator: i32 = 0

let position: usize = 0 // of the chunk after the last frame
let sequence: u32 = 0
let begun: bool = false

let x: i32 = 0, y: i32 = 0, width: i32 = 0, height: i32 = 0, disposal: Disposal = Disposal.Keep, blend: i32 = 0
let data: usize = 0, dataEnd: usize = 0

/** Draws the next frame and sends the canvas through the resizer. */
export function nextPngFrame(): Code {
  const found = begun ? findFrame() : firstFrame()
  return found == Code.Ok ? drawFrame() : found
}

/** The default image is the first frame only if an fcTL precedes it (4.9). */
function firstFrame(): Code {
  begun = true
  sequence = 0
  position = afterImage
  let error = openCanvas(imageWidth, imageHeight)
  if (!error) error = allocRaster()
  if (error) return error
  if (!firstControl) return findFrame()
  error = readControl(firstControl)
  data = imageData
  dataEnd = imageDataEnd
  const whole = x == 0 && y == 0 && width == imageWidth && height == imageHeight
  return error || whole ? error : Code.Corrupt
}

/** Goes on to the next fcTL and the fdAT chunks after it. */
function findFrame(): Code {
  let error = openChunk(position, endOfFile())
  while (!error && chunkType != fcTL) {
    if (chunkType == IEND) return Code.Truncated
    if (chunkType == IDAT || chunkType == fdAT) return Code.Corrupt
    error = nextChunk()
  }
  if (error) return error
  if (!chunkIntact) return Code.BadChecksum
  if (chunkLength != FCTL_LENGTH) return Code.Corrupt
  error = readControl(chunkData)
  return error ? error : joinFrameData()
}

/** 11.3.6.2 */
function readControl(p: usize): Code {
  if (be32(p) != sequence) return Code.Corrupt
  sequence++
  width = be32(p + 4)
  height = be32(p + 8)
  x = be32(p + 12)
  y = be32(p + 16)
  delayNumerator = <i32>bswap<u16>(load<u16>(p, 20))
  delayDenominator = <i32>bswap<u16>(load<u16>(p, 22))
  if (delayDenominator == 0) delayDenominator = 100
  const op = <i32>load<u8>(p, 24)
  blend = load<u8>(p, 25)
  if (op > 2 || blend > BLEND_OVER) return Code.Corrupt
  disposal = op == 0 ? Disposal.Keep : op == 1 ? Disposal.Clear : Disposal.Restore
  const inside = width > 0 && height > 0 && x >= 0 && y >= 0 && width <= imageWidth - x && height <= imageHeight - y
  return inside ? Code.Ok : Code.Corrupt
}

/** The fdAT chunks of a frame are one stream once their sequence numbers are taken out (11.3.6.3). */
function joinFrameData(): Code {
  data = 0
  while (true) {
    position = chunkAfter()
    const error = nextChunk()
    // Behind a frame that is there, what is no chunk ends the file as IEND would: open.ts.
    if (error) return data && !startsChunk(position, fdAT) ? Code.Ok : error
    if (chunkType == fcTL || chunkType == IEND) return data ? Code.Ok : Code.Truncated
    if (chunkType == IDAT) return Code.Corrupt
    if (chunkType != fdAT) continue
    if (!chunkIntact) return Code.BadChecksum
    if (chunkLength < 4 || be32(chunkData) != sequence) return Code.Corrupt
    sequence++
    if (!data) {
      data = chunkData + 4
      dataEnd = data
    }
    memory.copy(dataEnd, chunkData + 4, chunkLength - 4)
    dataEnd += chunkLength - 4
  }
}

function drawFrame(): Code {
  let error = beginFrame(x, y, width, height, disposal)
  if (!error) error = startRaster(data, dataEnd, width, height)
  if (error) return error
  for (let line = 0; line < height; line++) {
    const row = readRow()
    if (!row) return rasterError
    charge(width)
    if (blend == BLEND_SOURCE) memory.copy(frameRow(line), row, <usize>width << 2)
    else blendOver(frameRow(line), row, width)
  }
  error = finishRaster()
  return error ? error : finishFrame()
}

// @ts-ignore: decorator
@inline function be32(p: usize): u32 {
  return bswap<u32>(load<u32>(p))
}
