// From the signature to the picture, or over all frames of an animation (RFC 9649, 2.4 to 2.7).
import { Code } from '../codes'
import {
  ANIM, ANMF, RIFF, VP8, VP8L, VP8X, WEBP, chunkAfter, chunkData, chunkLength, chunkType, le24, openChunk,
} from './chunks'
import { pictureHeight, pictureWidth, readPicture } from './picture'

const RIFF_HEADER: usize = 12
const CANVAS_BYTES: usize = 10
const ANIMATION_FLAG = 0x02

/**
 * Where the first picture's chunks begin, those of all frames in an animation; and where the container ends.
 */
export let firstChunk: usize = 0
export let fileEnd: usize = 0
export let canvasWidth: i32 = 0
export let canvasHeight: i32 = 0
export let animated: bool = false
/** Of an animation; 0 of a still picture. */
export let frameCount: i32 = 0
/** How often the animation is shown; 0 for ever. */
export let plays: i32 = 0

/** Checks the structure of the file, finds a still picture's data, and counts frames. */
export function openWebp(file: usize, size: usize): Code {
  animated = false
  frameCount = 0
  plays = 1
  if (size < 4) return Code.Truncated
  if (load<u32>(file) != RIFF) return Code.Corrupt
  if (size < RIFF_HEADER) return Code.Truncated
  if (load<u32>(file, 8) != WEBP) return Code.Corrupt
  const length = <usize>load<u32>(file, 4)
  if (length > size - 8) return Code.Truncated
  fileEnd = file + 8 + length
  firstChunk = file + RIFF_HEADER
  const error = openChunk(firstChunk, fileEnd)
  if (error) return error
  if (chunkType == VP8X) return openExtended()
  // Without VP8X the picture comes first.
  if (chunkType != VP8 && chunkType != VP8L) return Code.Corrupt
  const code = readPicture(firstChunk, fileEnd)
  canvasWidth = pictureWidth
  canvasHeight = pictureHeight
  return code
}

/** 2.7: a canvas, then a picture of its size, or frames. */
function openExtended(): Code {
  if (chunkLength != CANVAS_BYTES) return Code.Corrupt
  animated = (load<u8>(chunkData) & ANIMATION_FLAG) != 0
  canvasWidth = le24(chunkData + 4) + 1
  canvasHeight = le24(chunkData + 7) + 1
  firstChunk = chunkAfter()
  if (animated) return countFrames()
  const error = readPicture(firstChunk, fileEnd)
  if (error) return error
  return pictureWidth == canvasWidth && pictureHeight == canvasHeight ? Code.Ok : Code.Corrupt
}

function countFrames(): Code {
  for (let p = firstChunk; p < fileEnd; p = chunkAfter()) {
    const error = openChunk(p, fileEnd)
    if (error) return error
    if (chunkType == ANMF) frameCount++
    else if (chunkType == ANIM && chunkLength >= 6) plays = load<u16>(chunkData, 4)
  }
  return frameCount ? Code.Ok : Code.Truncated
}
