// Pictures in several scans need all their coefficients before the first sample. Of each block only the n x n
// lowest frequencies are kept that scaling will look at; a bit per coefficient says which of all 64 are not zero,
// because refinement scans (T.81 G.1.2.3) depend on that.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc, allocZeroed } from '../memory'
import { Component, component, componentCount } from './frame'
import { stripStart } from './plane'
import { reconstruct } from './reconstruct'
import { keptOffset } from './zigzag'

// i16[64] for each of the sizes 1, 2, 4, 8: where coefficient k is kept, -1 where it is not.
const OFFSETS: usize = memory.data(4 * 128, 16)

/** No scan has brought anything of a coefficient. */
const ALL_BITS: u8 = 15

/** Where coefficients that are not kept are written to. */
export let discarded: usize = 0

export function openCoefficients(): Code {
  for (let s = 0; s < 4; s++) {
    for (let k = 0; k < 64; k++) store<i16>(OFFSETS + <usize>(s * 128 + k * 2), <i16>keptOffset(k, 1 << s))
  }
  discarded = alloc(16)
  for (let i = 0; i < componentCount; i++) {
    const c = component(i), blocks = <u64>c.blocksWide * c.blocksHigh
    c.blockBytes = c.size * c.size * 2
    c.coefficients = allocZeroed(blocks * c.blockBytes)
    c.nonzero = allocZeroed(blocks << 3)
    c.missing = alloc(64)
    if (!discarded || !c.coefficients || !c.nonzero || !c.missing) return Code.OutOfMemory
    memory.fill(c.missing, ALL_BITS, 64)
  }
  return Code.Ok
}

/** A scan has brought coefficients `first` to `last` but for their `lowBits` lowest bits. */
export function noteScan(c: Component, first: i32, last: i32, lowBits: i32): void {
  memory.fill(c.missing + <usize>first, <u8>lowBits, <usize>(last - first + 1))
}

/** Whether scans have brought all bits of coefficients `first` to `last`. */
export function isComplete(c: Component, first: i32, last: i32): bool {
  for (let k = first; k <= last; k++) if (load<u8>(c.missing + <usize>k)) return false
  return true
}

/** Whether no scan has brought any of coefficients `first` to `last`. */
export function isUntouched(c: Component, first: i32, last: i32): bool {
  for (let k = first; k <= last; k++) if (load<u8>(c.missing + <usize>k) != ALL_BITS) return false
  return true
}

/** Look-up of kept offsets for a component. */
export function offsetsOf(c: Component): usize {
  return OFFSETS + <usize>(ctz(c.size) * 128)
}

/** Transforms one row of MCUs into the planes' rings. */
export function transformMcuRow(mcuRow: i32): void {
  for (let i = 0; i < componentCount; i++) {
    const c = component(i), size = c.size, bytes = <usize>c.blockBytes, step = c.plane.stride
    charge(<i64>c.blocksWide * c.v * 64)
    for (let v = 0; v < c.v; v++) {
      const first = <usize>(mcuRow * c.v + v) * <usize>c.blocksWide
      let block = c.coefficients + first * bytes, nonzero = c.nonzero + (first << 3)
      let to = stripStart(c, mcuRow) + <usize>(v * size) * step
      for (let x = 0; x < c.blocksWide; x++) {
        const used = 64 - <i32>clz(load<u64>(nonzero) | 1)
        reconstruct(size, used, block, <usize>size << 1, c.quantiser, to, step)
        block += bytes
        nonzero += 8
        to += <usize>size
      }
    }
  }
}
