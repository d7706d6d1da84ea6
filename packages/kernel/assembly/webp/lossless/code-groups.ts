// Groups of five prefix codes (RFC 9649, 3.7.2.2): green with lengths of copies and places in the colour
// cache, red, blue, alpha, distances of copies.
import { Code } from '../../codes'
import { alloc } from '../../memory'
import { readCode } from './code-lengths'
import { openPool } from './pool'
import { mask, table } from './prefix-code'

const LITERALS = 256
const COPY_LENGTHS = 24
const DISTANCES = 40
/**
 * Most groups of a picture. Their tables are what takes the memory of a picture with many, up to 10 kB each,
 * and encoders make less than 2600: libwebp keeps to so many tiles for the largest picture.
 */
export const MOST_GROUPS: i32 = 8192

// @ts-ignore: decorator
@unmanaged export class CodeGroup {
  green: usize
  red: usize
  blue: usize
  alpha: usize
  distance: usize
  greenMask: i32
  redMask: i32
  blueMask: i32
  alphaMask: i32
  distanceMask: i32
  /**
   * What needs no bits of a pixel: alpha, where it has one symbol; and red and blue, where all three have:
   * `fixed`.
   */
  rest: u32
  fixed: bool
}

/** Reads `n` groups, 1 to MOST_GROUPS; `groups` has them then, one after the other. */
export function readGroups(n: i32, cachePlaces: i32): Code {
  openPool()
  groups = alloc(<u64>n * offsetof<CodeGroup>())
  if (!groups) return Code.OutOfMemory
  for (let i = 0; i < n; i++) {
    const error = readGroup(groupAt(i), LITERALS + COPY_LENGTHS + cachePlaces)
    if (error) return error
  }
  return Code.Ok
}

export let groups: usize = 0

// @ts-ignore: decorator
@inline export function groupAt(i: usize): CodeGroup {
  return changetype<CodeGroup>(groups + i * offsetof<CodeGroup>())
}

function readGroup(group: CodeGroup, greens: i32): Code {
  let error = readCode(greens)
  if (error) return error
  group.green = table
  group.greenMask = mask
  error = readCode(LITERALS)
  if (error) return error
  group.red = table
  group.redMask = mask
  error = readCode(LITERALS)
  if (error) return error
  group.blue = table
  group.blueMask = mask
  error = readCode(LITERALS)
  if (error) return error
  group.alpha = table
  group.alphaMask = mask
  error = readCode(DISTANCES)
  if (error) return error
  group.distance = table
  group.distanceMask = mask
  group.fixed = (group.redMask | group.blueMask | group.alphaMask) == 0
  group.rest = group.alphaMask ? 0 : only(group.alpha) << 24
  if (group.fixed) group.rest |= only(group.red) << 16 | only(group.blue)
  return Code.Ok
}

// @ts-ignore: decorator
@inline function only(code: usize): u32 { return <u32>load<u16>(code) >> 4 }
