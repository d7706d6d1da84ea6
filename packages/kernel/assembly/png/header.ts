// IHDR, PLTE and tRNS (PNG 3rd edition, 11.2.1, 11.2.2, 11.3.1.1): what the samples mean.
import { Code } from '../codes'
import { chunkData, chunkLength } from './chunks'

export const GREY = 0, TRUECOLOUR = 2, INDEXED = 3, GREY_ALPHA = 4, TRUECOLOUR_ALPHA = 6
/** A row of more bytes than this is refused: positions within it are 32-bit numbers with room to spare. */
const MOST_ROW_BYTES: u64 = 1 << 28

export let imageWidth: i32 = 0
export let imageHeight: i32 = 0
export let depth: i32 = 0
export let colourType: i32 = 0
export let channels: i32 = 0
export let interlaced: bool = false
/** RGBA of every index: PLTE, or the levels of grey for 8 bits and less. */
export const palette: usize = memory.data(1024, 16)
let paletteEntries: i32 = 0
/** Whether a colour is transparent by tRNS, and which: samples of as many bits as in the file. */
export let keyed: bool = false
export let keyRed: i32 = 0
export let keyGreen: i32 = 0
export let keyBlue: i32 = 0
export let translucent: bool = false

/** Bytes of `n` pixels of one scanline. */
export function rowBytes(n: i32): usize {
  return (<usize>n * <usize>(depth * channels) + 7) >> 3
}

export function readIhdr(): Code {
  if (chunkLength != 13) return Code.Corrupt
  imageWidth = bswap<i32>(load<i32>(chunkData))
  imageHeight = bswap<i32>(load<i32>(chunkData, 4))
  depth = load<u8>(chunkData, 8)
  colourType = load<u8>(chunkData, 9)
  const compression = load<u8>(chunkData, 10), filter = load<u8>(chunkData, 11), interlace = load<u8>(chunkData, 12)
  if (imageWidth < 1 || imageHeight < 1 || compression != 0 || filter != 0 || interlace > 1) return Code.Corrupt
  channels = channelsOf(colourType)
  if (channels == 0 || !depthAllowed()) return Code.Corrupt
  if (<u64>imageWidth * 8 > MOST_ROW_BYTES) return Code.OutOfMemory
  interlaced = interlace == 1
  keyed = false
  paletteEntries = 0
  translucent = colourType == GREY_ALPHA || colourType == TRUECOLOUR_ALPHA
  levelsOfGrey()
  return Code.Ok
}

/** 0 for a colour type that there is not. */
function channelsOf(type: i32): i32 {
  if (type == GREY || type == INDEXED) return 1
  return type == GREY_ALPHA ? 2 : type == TRUECOLOUR ? 3 : type == TRUECOLOUR_ALPHA ? 4 : 0
}

/** 11.2.1, table 12 */
function depthAllowed(): bool {
  if (depth == 8) return true
  if (depth == 16) return colourType != INDEXED
  return (depth == 1 || depth == 2 || depth == 4) && (colourType == GREY || colourType == INDEXED)
}

/** An index past the end of PLTE is drawn as opaque black. */
function levelsOfGrey(): void {
  const grey = colourType == GREY && depth <= 8
  const step: u32 = grey ? 255 / ((1 << depth) - 1) : Code.Ok
  for (let i: u32 = 0; i < 256; i++) store<u32>(palette + (<usize>i << 2), 0xff000000 | (((i * step) & 255) * 0x010101))
}

export function readPlte(): Code {
  if (colourType != INDEXED) return 0 // a suggestion
  const entries = <i32>(chunkLength / 3)
  if (paletteEntries != 0 || entries < 1 || entries > 256 || <usize>(entries * 3) != chunkLength) return Code.Corrupt
  for (let i: usize = 0; i < <usize>entries; i++) {
    const p = chunkData + i * 3
    store<u32>(palette + (i << 2), 0xff000000 | (<u32>load<u8>(p, 2) << 16) | (<u32>load<u8>(p, 1) << 8) | load<u8>(p))
  }
  paletteEntries = entries
  return Code.Ok
}

/** A tRNS that cannot be meant for this image is ignored, as by libpng. */
export function readTrns(): void {
  const mask = depth == 16 ? 0xffff : (1 << depth) - 1 // 11.3.1.1: of the two bytes only as many bits as the depth has
  if (colourType == INDEXED) {
    for (let i: usize = 0; i < chunkLength && i < <usize>paletteEntries; i++) {
      store<u8>(palette + (i << 2), load<u8>(chunkData + i), 3)
      translucent = true
    }
  } else if (colourType == GREY && chunkLength == 2) {
    keyRed = sample(0) & mask
    if (depth <= 8) store<u8>(palette + (<usize>keyRed << 2), 0, 3)
    else keyed = true
    translucent = true
  } else if (colourType == TRUECOLOUR && chunkLength == 6) {
    keyRed = sample(0) & mask
    keyGreen = sample(2) & mask
    keyBlue = sample(4) & mask
    keyed = true
    translucent = true
  }
}

function sample(at: usize): i32 {
  return <i32>bswap<u16>(load<u16>(chunkData + at))
}

/** What has to be known before the first IDAT. */
export function headerComplete(): Code {
  return colourType == INDEXED && paletteEntries == 0 ? Code.Corrupt : Code.Ok
}
