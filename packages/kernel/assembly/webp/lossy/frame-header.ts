// The header of a key frame (RFC 6386, 9.1 to 9.11, 19.2).
import { COEFFICIENT_UPDATE_PROBS, DEFAULT_COEFFICIENT_PROBS } from '../../../build/rfc6386'
import { Code } from '../../codes'
import { BoolDecoder, allocDecoders, decoderAt } from './bool-decoder'
import { readFilter, readQuantisers, readSegments } from './segments'

const TAG_BYTES: usize = 10
const START_CODE: u32 = 0x2a019d
const MOST_PROFILE: u32 = 3

export let frameWidth: i32 = 0
export let frameHeight: i32 = 0
let firstPartition: usize = 0, firstPartitionBytes: usize = 0

/** Probabilities of tokens: [block type 4][band 8][context 3][node 11]. */
export const COEFFICIENT_PROBS_BYTES: usize = 4 * 8 * 3 * 11
export const COEFFICIENT_PROBS: usize = memory.data(1056, 16)
/** Whether macroblocks say that they have no coefficients, and how probable it is that they have. */
export let skips: bool = false
export let skipProb: u32 = 0

/** Modes of macroblocks; and their coefficients, by rows in turn. */
export let modes: BoolDecoder = changetype<BoolDecoder>(0)
let tokens: usize = 0, tokenMask: i32 = 0

export function tokensOfRow(y: i32): BoolDecoder { return decoderAt(tokens, y & tokenMask) }

/** 9.1: before anything else, what size the frame has. */
export function readFrameTag(data: usize, end: usize): Code {
  if (end - data < TAG_BYTES) return Code.Truncated
  const tag = <u32>load<u16>(data) | <u32>load<u8>(data, 2) << 16
  const interFrame = tag & 1, profile = (tag >> 1) & 7, shown = (tag >> 4) & 1
  if (interFrame || profile > MOST_PROFILE || !shown) return Code.Corrupt
  if (load<u32>(data, 2) >>> 8 != START_CODE) return Code.Corrupt
  // The two bits above each ask for scaling, which nobody does.
  frameWidth = load<u16>(data, 6) & 0x3fff
  frameHeight = load<u16>(data, 8) & 0x3fff
  if (frameWidth == 0 || frameHeight == 0) return Code.Corrupt
  firstPartition = data + TAG_BYTES
  firstPartitionBytes = tag >> 5
  return firstPartitionBytes > end - firstPartition ? Code.Truncated : Code.Ok
}

/** All the rest of the header: decoders stand before the first macroblock then. */
export function readFrameHeader(end: usize): Code {
  const list = allocDecoders(9)
  if (!list) return Code.OutOfMemory
  modes = decoderAt(list, 8)
  tokens = list
  const d = modes, partitions = firstPartition + firstPartitionBytes
  if (!d.open(firstPartition, partitions)) return Code.Corrupt
  d.literal(2) // colour space; whether decoders need to clamp, which ours does anyway
  readSegments(d)
  readFilter(d)
  const count = 1 << d.literal(2)
  if (d.exhausted) return Code.Truncated
  tokenMask = count - 1
  const error = openPartitions(partitions, end, count)
  if (error) return error
  readQuantisers(d)
  d.literal(1) // whether later frames start from these probabilities
  for (let i: usize = 0; i < COEFFICIENT_PROBS_BYTES; i++) {
    const replaced = d.bit(load<u8>(COEFFICIENT_UPDATE_PROBS + i))
    store<u8>(COEFFICIENT_PROBS + i, replaced ? <u8>d.literal(8) : load<u8>(DEFAULT_COEFFICIENT_PROBS + i))
  }
  skips = d.literal(1) != 0
  skipProb = skips ? d.literal(8) : 0
  return Code.Ok
}

/** 9.5: sizes of all token partitions but the last come first. There must be something for the last. */
function openPartitions(from: usize, end: usize, count: i32): Code {
  const sizes: usize = <usize>(count - 1) * 3
  if (end - from < sizes) return Code.Truncated
  let p = from + sizes
  for (let i: usize = 0; i < <usize>count - 1; i++) {
    const entry = from + i * 3
    const size = min(<usize>load<u16>(entry) | <usize>load<u8>(entry, 2) << 16, end - p)
    if (!decoderAt(tokens, i).open(p, p + size)) return Code.Corrupt
    p += size
  }
  if (p == end) return Code.Truncated
  return decoderAt(tokens, <usize>count - 1).open(p, end) ? Code.Ok : Code.Corrupt
}
