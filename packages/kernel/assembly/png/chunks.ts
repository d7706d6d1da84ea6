// The chunk layer (PNG 3rd edition, 5.3): length, type, data, CRC.
import { Code } from '../codes'
import { crc32 } from '../checksum'
import { charge } from '../fuel'

// Types as they are read, little-endian.
export const IHDR: u32 = 0x52444849
export const PLTE: u32 = 0x45544c50
export const IDAT: u32 = 0x54414449
export const IEND: u32 = 0x444e4549
export const tRNS: u32 = 0x534e5274
export const acTL: u32 = 0x4c546361
export const fcTL: u32 = 0x4c546366
export const fdAT: u32 = 0x54416466
/** Apple's, before IHDR: premultiplied BGRA in deflate data without a zlib header. */
export const CgBI: u32 = 0x49426743

const OVERHEAD: usize = 12

let at: usize = 0, end: usize = 0 // the chunk in hand, the end of the file
export let chunkType: u32 = 0
export let chunkData: usize = 0
export let chunkLength: usize = 0
/** Whether the CRC was right. A wrong one is an error already where it is not to be tolerated. */
export let chunkIntact: bool = false

/** Goes to the chunk that begins at `p`. Ok or an error. */
export function openChunk(p: usize, fileEnd: usize): Code {
  at = p
  end = fileEnd
  if (end - p < OVERHEAD || p > end) return Code.Truncated
  const length = bswap<u32>(load<u32>(p))
  if (<i32>length < 0) return Code.Corrupt
  chunkType = load<u32>(p, 4)
  if (!letters(chunkType)) return Code.Corrupt
  if (<usize>length > end - p - OVERHEAD) return Code.Truncated
  chunkData = p + 8
  chunkLength = length
  charge(<i64>length + OVERHEAD)
  chunkIntact = crc32(p + 4, chunkLength + 4) == bswap<u32>(load<u32>(chunkData + chunkLength))
  return chunkIntact || isAncillary(chunkType) ? 0 : Code.BadChecksum
}

export function nextChunk(): Code {
  return openChunk(chunkAfter(), end)
}

/** Where the chunk after the one in hand begins. */
export function chunkAfter(): usize {
  return chunkData + chunkLength + 4
}

/** 5.4: bit 5 of the first byte. */
export function isAncillary(type: u32): bool {
  return (type & 0x20) != 0
}

function letters(type: u32): bool {
  for (let i = 0; i < 4; i++) {
    const c = ((type >> (i << 3)) & 0xff) | 0x20
    if (c < 0x61 || c > 0x7a) return false
  }
  return true
}
