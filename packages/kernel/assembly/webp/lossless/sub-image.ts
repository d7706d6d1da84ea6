// Images that describe the picture: a value for each tile of it (RFC 9649, 4.1, 4.2, 3.7.2.2), or a palette
// (4.4). They are kept packed, since a picture can have millions of tiles.
import { Code } from '../../codes'
import { alloc, mark, release } from '../../memory'
import { imageError, nextImageRow, openImage, readCacheBits } from './entropy-image'

/** What is kept of a pixel, with its bytes. */
export enum Keep { Pixel = 4, CodeGroup = 2, Multipliers = 3, Mode = 1 }

/** Tiles of 1 << bits pixels that cover so many. */
export function tilesFor(pixels: i32, bits: i32): i32 {
  return (pixels + (1 << bits) - 1) >> bits
}

/** Where the values of the last image are, row by row. */
export let values: usize = 0
/** The largest number of a code group among them. */
export let mostGroup: i32 = 0

export function readSubImage(width: i32, height: i32, keep: Keep): Code {
  mostGroup = 0
  const rowBytes = <u64>width * keep
  values = alloc(rowBytes * height)
  if (!values) return Code.OutOfMemory
  const floor = mark()
  const cacheBits = readCacheBits()
  if (cacheBits < 0) return Code.Corrupt
  let error = openImage(width, height, cacheBits, 1, 0, 0, 0)
  let to = values
  for (let y = 0; y < height && !error; y++, to += <usize>rowBytes) {
    const row = nextImageRow()
    if (!row) error = imageError
    else if (keep == Keep.Pixel) memory.copy(to, row, <usize>rowBytes)
    else if (keep == Keep.Mode) keepModes(row, width, to)
    else if (keep == Keep.Multipliers) keepMultipliers(row, width, to)
    else keepGroups(row, width, to)
  }
  release(floor)
  return error
}

function keepModes(row: usize, n: usize, to: usize): void {
  for (let i: usize = 0; i < n; i++) store<u8>(to + i, load<u8>(row + (i << 2), 1) & 15)
}

function keepMultipliers(row: usize, n: usize, to: usize): void {
  for (let i: usize = 0; i < n; i++, to += 3) {
    store<u16>(to, load<u16>(row + (i << 2)))
    store<u8>(to, load<u8>(row + (i << 2), 2), 2)
  }
}

function keepGroups(row: usize, n: usize, to: usize): void {
  for (let i: usize = 0; i < n; i++) {
    const group = load<u16>(row + (i << 2), 1)
    store<u16>(to + (i << 1), group)
    mostGroup = max(mostGroup, <i32>group)
  }
}
