// An entropy-coded image (RFC 9649, 5 and 3.8): literals, copies and colours of the cache, row by row. The
// main picture is one, and so is what the transforms and the choice of code groups are described by.
import { bitCount, bits, input, inputEnd, overran, readBits, resumeBits } from '../../bit-reader'
import { Code } from '../../codes'
import { charge } from '../../fuel'
import { CodeGroup, groupAt, readGroups } from './code-groups'
import { MOST_CACHE_BITS, cachePixels, cachePlaces, cached, openCache } from './colour-cache'
import { pixelsBack } from './distances'
import { advance, endRow, makeRoom, next, openWindow, rowStart, windowStart } from './window'

const LITERALS: i32 = 256, COPIES: i32 = 280
/** One loop over the bits reads up to this many bytes past the end of the stream before it notices. */
const TOLERANCE: usize = 8

let width: i32 = 0, rowBytes: usize = 0
/** Bytes of the picture that are not decoded yet. */
let left: usize = 0
/** Which group a tile has, u16, by rows; 0 where there is one for all. */
let tiles: usize = 0, tilesWide: i32 = 0, tileBits: i32 = 0
let y: i32 = 0
let first: CodeGroup = changetype<CodeGroup>(0)

/** How large the colour cache is, 0 where there is none, -1 for a size that is not allowed. */
export function readCacheBits(): i32 {
  if (!readBits(1)) return 0
  const size = readBits(4)
  return size == 0 || size > MOST_CACHE_BITS ? -1 : size
}

/**
 * Reads the codes of an image, of all its tiles if it is split into some, and makes ready for its first row.
 */
export function openImage(
  w: i32, h: i32, cacheBits: i32, groupCount: i32, tileMap: usize, tileMapWidth: i32, tileSizeBits: i32,
): Code {
  width = w
  rowBytes = <usize>w << 2
  left = rowBytes * <usize>h
  tiles = tileMap
  tilesWide = tileMapWidth
  tileBits = tileSizeBits
  y = 0
  openWindow()
  openCache(cacheBits)
  const error = readGroups(groupCount, cachePlaces)
  first = groupAt(0)
  return error
}

/**
 * The next row, ARGB; 0 and `imageError` when it can not be had. It stays in place until the row after it is
 * read.
 */
export function nextImageRow(): usize {
  charge(width + 16)
  makeRoom(rowBytes, left)
  const end = rowStart + rowBytes
  if (next < end) imageError = decode(end)
  if (imageError) return 0
  const row = rowStart
  y++
  endRow(rowBytes)
  return row
}

/** Why the last row could not be read. */
export let imageError: Code = Code.Ok

/** The code at the lowest bits: `e` is its entry, and a longer code has its table behind the first. */
// @ts-ignore: decorator
@inline function longEntry(table: usize, e: u32, b: u64): u32 {
  return load<u16>(table + (<usize>((e >> 4) + (<u32>(b >> 8) & ((1 << ((e & 15) - 8)) - 1))) << 1))
}

/** 5.2.2: the value of a prefix symbol and its extra bits. */
// @ts-ignore: decorator
@inline function extraBits(symbol: i32): i32 { return symbol < 4 ? 0 : (symbol - 2) >> 1 }
// @ts-ignore: decorator
@inline function valueOf(symbol: i32, extra: i32, b: u64): i32 {
  if (symbol < 4) return symbol + 1
  return ((2 + (symbol & 1)) << extra) + (<i32>b & ((1 << extra) - 1)) + 1
}

/** Decodes until at least `stop`, the end of the row in hand. */
function decode(stop: usize): Code {
  const limit = inputEnd + TOLERANCE, begin = windowStart(), caching = cachePlaces > 0
  const from = rowStart, last = next + left
  const rowTiles = tiles + (<usize>((y >> tileBits) * tilesWide) << 1)
  // Fields of the group in hand: reading them again for each symbol is slow.
  let green = first.green, red = first.red, blue = first.blue, alpha = first.alpha, distance = first.distance
  let greenMask = first.greenMask, redMask = first.redMask, blueMask = first.blueMask
  let alphaMask = first.alphaMask, distanceMask = first.distanceMask, rest = first.rest, fixed = first.fixed
  let p = next, tileEnd = tiles ? p : stop, uncached = p
  let b = bits, n = bitCount, at = input
  let error = Code.Ok
  while (p < stop) {
    if (p >= tileEnd) {
      const tile = (p - from) >> (tileBits + 2)
      const group = groupAt(load<u16>(rowTiles + (tile << 1)))
      green = group.green; red = group.red; blue = group.blue; alpha = group.alpha; distance = group.distance
      greenMask = group.greenMask; redMask = group.redMask; blueMask = group.blueMask
      alphaMask = group.alphaMask; distanceMask = group.distanceMask; rest = group.rest; fixed = group.fixed
      tileEnd = from + ((tile + 1) << (tileBits + 2))
    }
    if (at > limit) { error = Code.Truncated; break }
    b |= load<u64>(at) << <u64>n; at += (63 - n) >> 3; n |= 56
    let e = <u32>load<u16>(green + (<usize>(<i32>b & greenMask) << 1))
    if ((e & 15) > 8) { e = longEntry(green, e, b); b >>= 8; n -= 8 }
    b >>= <u64>(e & 15); n -= e & 15
    const symbol = <i32>(e >> 4)
    if (symbol < LITERALS) {
      let pixel = rest
      if (!fixed) {
        e = <u32>load<u16>(red + (<usize>(<i32>b & redMask) << 1))
        if ((e & 15) > 8) { e = longEntry(red, e, b); b >>= 8; n -= 8 }
        b >>= <u64>(e & 15); n -= e & 15
        pixel |= e >> 4 << 16
        e = <u32>load<u16>(blue + (<usize>(<i32>b & blueMask) << 1))
        if ((e & 15) > 8) { e = longEntry(blue, e, b); b >>= 8; n -= 8 }
        b >>= <u64>(e & 15); n -= e & 15
        pixel |= e >> 4
        if (alphaMask) {
          if (n < 15) { b |= load<u64>(at) << <u64>n; at += (63 - n) >> 3; n |= 56 }
          e = <u32>load<u16>(alpha + (<usize>(<i32>b & alphaMask) << 1))
          if ((e & 15) > 8) { e = longEntry(alpha, e, b); b >>= 8; n -= 8 }
          b >>= <u64>(e & 15); n -= e & 15
          pixel |= e >> 4 << 24
        }
      }
      store<u32>(p, pixel | <u32>symbol << 8)
      p += 4
      continue
    }
    if (symbol >= COPIES) {
      cachePixels(uncached, p)
      uncached = p
      store<u32>(p, cached(symbol - COPIES))
      p += 4
      continue
    }
    const lengthExtra = extraBits(symbol - LITERALS)
    const bytes = <usize>valueOf(symbol - LITERALS, lengthExtra, b) << 2
    b >>= <u64>lengthExtra; n -= lengthExtra
    b |= load<u64>(at) << <u64>n; at += (63 - n) >> 3; n |= 56
    e = <u32>load<u16>(distance + (<usize>(<i32>b & distanceMask) << 1))
    if ((e & 15) > 8) { e = longEntry(distance, e, b); b >>= 8; n -= 8 }
    b >>= <u64>(e & 15); n -= e & 15
    const distanceSymbol = <i32>(e >> 4), distanceExtra = extraBits(distanceSymbol)
    const back = <usize>pixelsBack(valueOf(distanceSymbol, distanceExtra, b), width) << 2
    b >>= <u64>distanceExtra; n -= distanceExtra
    if (back > p - begin || bytes > last - p) { error = Code.Corrupt; break }
    copyPixels(p, back, bytes)
    p += bytes
  }
  resumeBits(b, n, at)
  if (!error && overran()) error = Code.Truncated
  if (caching) cachePixels(uncached, p)
  left = last - p
  advance(p)
  return error
}

/** Up to 12 bytes more may be written. */
// @ts-ignore: decorator
@inline function copyPixels(to: usize, back: usize, bytes: usize): void {
  const end = to + bytes
  if (back >= 16) {
    for (; to < end; to += 16) v128.store(to, v128.load(to - back))
  } else if (back == 4) {
    const pixel = v128.load32_splat(to - 4)
    for (; to < end; to += 16) v128.store(to, pixel)
  } else for (; to < end; to += 4) store<u32>(to, load<u32>(to - back))
}
