// The chunk layer (RFC 9649, 2.3 and 2.4): a type, a length, the data, and a byte of padding where that is
// odd.
import { Code } from '../codes'
import { charge } from '../fuel'

// Types as they are read, little-endian.
export const RIFF: u32 = 0x46464952
export const WEBP: u32 = 0x50424557
export const VP8: u32 = 0x20385056
export const VP8L: u32 = 0x4c385056
export const VP8X: u32 = 0x58385056
export const ALPH: u32 = 0x48504c41
export const ANIM: u32 = 0x4d494e41
export const ANMF: u32 = 0x464d4e41

const HEADER: usize = 8

export let chunkType: u32 = 0
export let chunkData: usize = 0
export let chunkLength: usize = 0

/** Goes to the chunk at `p` of what ends at `end`. */
export function openChunk(p: usize, end: usize): Code {
  charge(16)
  if (p > end || end - p < HEADER) return Code.Truncated
  chunkType = load<u32>(p)
  chunkLength = load<u32>(p, 4)
  chunkData = p + HEADER
  return chunkLength > end - chunkData ? Code.Truncated : Code.Ok
}

/** Where the chunk in hand ends, without padding. */
export function chunkEnd(): usize { return chunkData + chunkLength }

/**
 * Where the chunk after the one in hand begins: past the end when there is none. The last may lack its
 * padding.
 */
export function chunkAfter(): usize { return chunkData + chunkLength + (chunkLength & 1) }

// @ts-ignore: decorator
@inline export function le24(p: usize): i32 { return <i32>load<u16>(p) | <i32>load<u8>(p, 2) << 16 }
