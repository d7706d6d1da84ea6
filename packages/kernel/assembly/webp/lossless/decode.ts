// A lossless picture (RFC 9649, 3) as rows, top to bottom.
import { openBits, readBits } from '../../bit-reader'
import { Code } from '../../codes'
import { MOST_GROUPS } from './code-groups'
import { imageError, nextImageRow, openImage, readCacheBits } from './entropy-image'
import { Keep, mostGroup, readSubImage, tilesFor, values } from './sub-image'
import { codedWidth, readTransforms, undoTransforms } from './transforms'
import { allocWindow } from './window'

/** Begins with the stream in [from, to), at its transforms: the size is not part of it. */
export function openLossless(from: usize, to: usize, width: i32, height: i32): Code {
  if (!allocWindow(width, height)) return Code.OutOfMemory
  openBits(from, to)
  const error = readTransforms(width, height)
  if (error) return error
  const cacheBits = readCacheBits()
  if (cacheBits < 0) return Code.Corrupt
  return readBits(1) ? openTiles(height, cacheBits) : openImage(codedWidth, height, cacheBits, 1, 0, 0, 0)
}

/** 3.7.2.2: which group of codes a tile has is an image itself. */
function openTiles(height: i32, cacheBits: i32): Code {
  const bits = readBits(3) + 2
  const wide = tilesFor(codedWidth, bits)
  const error = readSubImage(wide, tilesFor(height, bits), Keep.CodeGroup)
  if (error) return error
  if (mostGroup >= MOST_GROUPS) return Code.TooManyCodes
  return openImage(codedWidth, height, cacheBits, mostGroup + 1, values, wide, bits)
}

/**
 * The next row, ARGB: blue is the first byte. 0 and `losslessError` when it can not be had; it stays until
 * the next.
 */
export function nextLosslessRow(): usize {
  const row = nextImageRow()
  return row ? undoTransforms(row) : 0
}

export function losslessError(): Code { return imageError }
