// One picture, lossy or lossless, as rows of RGBA: what a still file holds, and each frame of an animation.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc } from '../memory'
import { addAlpha, openAlpha } from './alpha'
import { ALPH, VP8, VP8L, chunkAfter, chunkData, chunkEnd, chunkLength, chunkType, openChunk } from './chunks'
import { losslessError, nextLosslessRow, openLossless } from './lossless/decode'
import { frameHeight, frameWidth, readFrameTag } from './lossy/frame-header'
import { lossyError, nextLossyRow, openLossy } from './lossy/decode'

const LOSSLESS_HEADER: usize = 5
const LOSSLESS_SIGNATURE: u8 = 0x2f

export let pictureWidth: i32 = 0
export let pictureHeight: i32 = 0
export let translucent: bool = false
let lossless: bool = false
let data: usize = 0, dataEnd: usize = 0, alpha: usize = 0, alphaEnd: usize = 0
let rgba: usize = 0
/** Why the last row could not be read. */
export let pictureError: Code = Code.Ok

/**
 * Finds the picture among the chunks in [from, to), which may begin with alpha and others, and reads its
 * size.
 */
export function readPicture(from: usize, to: usize): Code {
  alpha = 0
  for (let p = from; p < to; p = chunkAfter()) {
    const error = openChunk(p, to)
    if (error) return error
    if (chunkType == VP8 || chunkType == VP8L) {
      data = chunkData
      dataEnd = chunkEnd()
      lossless = chunkType == VP8L
      return lossless ? readLosslessHeader() : readLossyHeader()
    }
    if (chunkType == ALPH) { // of several the last, as in libwebp
      alpha = chunkData
      alphaEnd = chunkEnd()
    }
  }
  return Code.Truncated
}

/** RFC 9649, 3.4. That there is no alpha is a hint: where pixels have some it is kept, as libwebp does. */
function readLosslessHeader(): Code {
  if (chunkLength < LOSSLESS_HEADER) return Code.Truncated
  const fields = load<u32>(data, 1)
  if (load<u8>(data) != LOSSLESS_SIGNATURE || fields >>> 29 != 0) return Code.Corrupt
  pictureWidth = (fields & 0x3fff) + 1
  pictureHeight = (fields >>> 14 & 0x3fff) + 1
  translucent = (fields >>> 28 & 1) != 0
  data += LOSSLESS_HEADER
  return Code.Ok
}

function readLossyHeader(): Code {
  const error = readFrameTag(data, dataEnd)
  pictureWidth = frameWidth
  pictureHeight = frameHeight
  translucent = alpha != 0
  return error
}

/** Makes ready for the first row of the picture that was found. */
export function openPicture(): Code {
  rgba = alloc(<u64>(pictureWidth + 16) << 2)
  if (!rgba) return Code.OutOfMemory
  if (lossless) return openLossless(data, dataEnd, pictureWidth, pictureHeight)
  const error = openLossy(dataEnd)
  return error || !alpha ? error : openAlpha(alpha, alphaEnd, pictureWidth, pictureHeight)
}

/** The next row as RGBA, or 0 and `pictureError`. It stays in place until the row after it is read. */
export function nextPictureRow(): usize {
  charge(pictureWidth)
  if (lossless) {
    const row = nextLosslessRow()
    if (row) swapRedAndBlue(row)
    else pictureError = losslessError()
    return row ? rgba : 0
  }
  pictureError = nextLossyRow(rgba) ? Code.Ok : lossyError()
  if (!pictureError && alpha) pictureError = addAlpha(rgba)
  return pictureError ? 0 : rgba
}

function swapRedAndBlue(from: usize): void {
  for (let to = rgba, end = rgba + (<usize>pictureWidth << 2); to < end; to += 16, from += 16) {
    const v = v128.load(from)
    v128.store(to, i8x16.shuffle(v, v, 2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15))
  }
}
