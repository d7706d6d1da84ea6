// From the signature to the end of the first image's data (PNG 3rd edition, 5.2, 5.6).
import { Code } from '../codes'
import { makeCrcTables } from '../checksum'
import {
  openChunk, nextChunk, chunkType, chunkData, chunkLength, chunkIntact, chunkAfter, isAncillary, IHDR, PLTE, IDAT,
  IEND, tRNS, acTL, fcTL, CgBI,
} from './chunks'
import { readIhdr, readPlte, readTrns, headerComplete } from './header'

const SIGNATURE: u64 = 0x0a1a0a0d474e5089

let fileEnd: usize = 0
/** The zlib stream of the default image, put together in place. */
export let imageData: usize = 0
export let imageDataEnd: usize = 0
/** Where the chunks after the default image begin. */
export let afterImage: usize = 0
/** acTL's fields; no frames when there is none. */
export let frameCount: i32 = 0
export let playCount: i32 = 0
let controls: i32 = 0
/** The data of an fcTL before IDAT, which makes the default image the first frame, or 0. */
export let firstControl: usize = 0

/** Reads all up to the end of the image data. Ok or an error. The file in memory is changed. */
export function openPng(file: usize, size: usize): Code {
  fileEnd = file + size
  frameCount = 0
  playCount = 0
  controls = 0
  firstControl = 0
  if (size < 8 || load<u64>(file) != SIGNATURE) return Code.Corrupt
  if (!makeCrcTables()) return Code.OutOfMemory
  let error = openChunk(file + 8, fileEnd)
  if (!error) error = chunkType == IHDR ? readIhdr() : chunkType == CgBI ? Code.UnsupportedChunk : Code.Corrupt
  while (!error) {
    error = nextChunk()
    if (error) return error
    if (chunkType == IDAT) {
      error = headerComplete()
      return error ? error : joinImageData()
    }
    error = readBeforeImage()
  }
  return error
}

/** An ancillary chunk with a wrong CRC is as good as none. */
function readBeforeImage(): Code {
  if (chunkType == PLTE) return readPlte()
  if (chunkType == IEND) return Code.Truncated
  if (!isAncillary(chunkType)) return chunkType == IHDR ? Code.Corrupt : Code.UnsupportedChunk
  if (!chunkIntact) return Code.Ok
  if (chunkType == tRNS) readTrns()
  else if (chunkType == acTL && chunkLength == 8) {
    controls++
    frameCount = bswap<i32>(load<i32>(chunkData))
    playCount = bswap<i32>(load<i32>(chunkData, 4))
    // With no frames, or said twice, it is no animation but a picture.
    if (controls > 1 || frameCount < 0 || playCount < 0) frameCount = 0
  } else if (chunkType == fcTL && chunkLength == 26) firstControl = chunkData
  return Code.Ok
}

/** Consecutive IDAT chunks are one stream (10.1): the gaps between them are closed. */
function joinImageData(): Code {
  imageData = chunkData
  let to = chunkData
  while (true) {
    memory.copy(to, chunkData, chunkLength)
    to += chunkLength
    imageDataEnd = to
    afterImage = chunkAfter()
    const error = nextChunk()
    // What comes after a whole image cannot spoil it, and when the image is not whole its stream tells.
    if (error) return startsChunk(afterImage, IDAT) ? error : Code.Ok
    if (chunkType != IDAT) return Code.Ok
  }
}

/** Whether the bytes at `p` claim to be a chunk of this type, whole or not. */
export function startsChunk(p: usize, type: u32): bool {
  return p + 8 <= fileEnd && load<u32>(p, 4) == type
}

export function endOfFile(): usize { return fileEnd }
