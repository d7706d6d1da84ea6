// One image of a GIF as rows of colour indices, in the order of the file.
import { Code } from '../codes'
import { allocLzw, startLzw, takeIndices, lzwError } from './lzw'
import {
  screenWidth, screenHeight, x, y, width, height, interlaced, minimumCodeSize, dataBlocks, dataBlocksEnd, openScreen,
  nextImage, rewind, found, coverImage,
} from './blocks'

const WIDEST = 65535

/** Images in the file. */
export let frameCount: i32 = 0
/** The part of the image in hand that is on the screen. */
export let visibleWidth: i32 = 0
export let visibleHeight: i32 = 0

let row: i32 = 0
/** Where the row that `nextIndices` gave belongs, from the top of the image. */
export let rowY: i32 = 0

/** Checks the structure of the whole file and counts its images. The file in memory is changed by decoding it. */
export function openGif(file: usize, size: usize): Code {
  frameCount = 0
  let error = openScreen(file, size)
  while (!error) {
    error = nextImage()
    if (error) return error
    if (!found) break
    if (frameCount == 0) coverImage()
    frameCount++
  }
  if (error) return error
  rewind()
  return frameCount > 0 ? allocLzw(WIDEST) : Code.Truncated
}

/** Goes on to the next image. */
export function nextFrame(): Code {
  const error = nextImage()
  if (error) return error
  if (!found) return Code.Truncated
  visibleWidth = max(0, min(width, screenWidth - x))
  visibleHeight = visibleWidth == 0 ? 0 : max(0, min(height, screenHeight - y))
  row = 0
  return startLzw(dataBlocks, joinBlocks(), minimumCodeSize, <u64>width * height)
}

/** The next row of indices, or 0 and `lzwError`. */
export function nextIndices(): usize {
  rowY = interlaced ? interlacedRow(row) : row
  row++
  return takeIndices(width)
}

export function frameError(): Code { return lzwError }

/** Closes the gaps between the sub-blocks (15) and says where the data ends. */
function joinBlocks(): usize {
  let from = dataBlocks, to = dataBlocks
  while (from < dataBlocksEnd) {
    let n = <usize>load<u8>(from)
    from++
    if (n == 0) break
    if (n > dataBlocksEnd - from) n = dataBlocksEnd - from
    memory.copy(to, from, n)
    from += n
    to += n
  }
  return to
}

/** Appendix E: every eighth row from 0, every eighth from 4, every fourth from 2, every second from 1. */
function interlacedRow(i: i32): i32 {
  const first = (height + 7) >> 3, second = (height + 3) >> 3, third = (height + 1) >> 2
  if (i < first) return i << 3
  i -= first
  if (i < second) return (i << 3) + 4
  i -= second
  return i < third ? (i << 2) + 2 : ((i - third) << 1) + 1
}
