// The colour-indexing transform (RFC 9649, 4.4): a palette, whose indices may be packed up to eight to a
// pixel.
import { allocZeroed } from '../../memory'

const COLOURS: usize = 256

/** The colours from their differences. What is past the last is transparent black. 0 without memory. */
export function openPalette(differences: usize, colours: usize): usize {
  const palette = allocZeroed(COLOURS << 2)
  if (!palette) return 0
  let colour = i64x2.splat(0)
  for (let i: usize = 0; i < colours; i++) {
    colour = i8x16.add(colour, v128.load32_zero(differences + (i << 2)))
    v128.store32_lane(palette + (i << 2), colour, 0)
  }
  return palette
}

/** Indices are in green, the first in its lowest bits. */
export function undoPalette(from: usize, to: usize, n: usize, palette: usize, bits: i32): void {
  if (bits == 0) {
    for (let i: usize = 0; i < n; i++) {
      store<u32>(to + (i << 2), load<u32>(palette + (<usize>load<u8>(from + (i << 2), 1) << 2)))
    }
    return
  }
  const size = 8 >> bits, mask: u32 = (1 << size) - 1, within: usize = (1 << bits) - 1
  let packed: u32 = 0
  for (let i: usize = 0; i < n; i++) {
    if ((i & within) == 0) {
      packed = load<u8>(from, 1)
      from += 4
    }
    store<u32>(to + (i << 2), load<u32>(palette + (<usize>(packed & mask) << 2)))
    packed >>= size
  }
}
