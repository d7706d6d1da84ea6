// Pictures in several scans need all coefficients of a block before its first sample. All scans are read side by side,
// so that one row of MCUs is enough; where coefficients are missing and must be estimated from those around, a few rows
// are read ahead. Of each block only the n x n lowest frequencies are kept that scaling will look at; a bit per
// coefficient says which of all 64 are not zero, because refinement scans (T.81 G.1.2.3) depend on that.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc, allocZeroed } from '../memory'
import { Component, component, componentCount } from './frame'
import { stripStart } from './plane'
import { reconstruct } from './reconstruct'
import { keptOffset } from './zigzag'

/** Coefficients (v, u) with u + v <= 3 can be estimated: these beside DC, in zig-zag order. */
export const FIRST: i32 = 1, LAST: i32 = 9

// i16[64] for each of the sizes 1, 2, 4, 8: where coefficient k is kept, -1 where it is not.
const OFFSETS: usize = memory.data(4 * 128, 16)

/** No scan has brought anything of a coefficient. */
const ALL_BITS: u8 = 15

/** Where coefficients that are not kept are written to. */
export let discarded: usize = 0

/** Rows of MCUs that are read before one is transformed: where something is missing, those that its estimate needs. */
export let rowsAhead: i32 = 0

export function openCoefficients(): Code {
  for (let s = 0; s < 4; s++) {
    for (let k = 0; k < 64; k++) store<i16>(OFFSETS + <usize>(s * 128 + k * 2), <i16>keptOffset(k, 1 << s))
  }
  discarded = alloc(16)
  if (!discarded) return Code.OutOfMemory
  for (let i = 0; i < componentCount; i++) {
    const c = component(i)
    c.blockBytes = c.size * c.size * 2
    c.missing = alloc(64)
    if (!c.missing) return Code.OutOfMemory
    memory.fill(c.missing, ALL_BITS, 64)
  }
  return Code.Ok
}

/** A scan brings coefficients `first` to `last` but for their `lowBits` lowest bits. */
export function noteScan(c: Component, first: i32, last: i32, lowBits: i32): void {
  memory.fill(c.missing + <usize>first, <u8>lowBits, <usize>(last - first + 1))
}

/** Whether scans bring all bits of coefficients `first` to `last`. */
export function isComplete(c: Component, first: i32, last: i32): bool {
  for (let k = first; k <= last; k++) if (load<u8>(c.missing + <usize>k)) return false
  return true
}

/** Whether no scan brings any of coefficients `first` to `last`. */
export function isUntouched(c: Component, first: i32, last: i32): bool {
  for (let k = first; k <= last; k++) if (load<u8>(c.missing + <usize>k) != ALL_BITS) return false
  return true
}

/** Makes room for the blocks, when all scans are known. `ahead` is what an estimate needs. */
export function openRows(ahead: i32): Code {
  rowsAhead = 0
  for (let i = 0; i < componentCount; i++) if (!isComplete(component(i), FIRST, LAST)) rowsAhead = ahead
  for (let i = 0; i < componentCount; i++) {
    const c = component(i), blocks = <u64>c.blocksWide * c.v * (1 + rowsAhead)
    c.coefficients = c.firstCoefficients = allocZeroed(blocks * c.blockBytes)
    c.nonzero = c.firstNonzero = allocZeroed(blocks << 3)
    if (!c.coefficients || !c.nonzero) return Code.OutOfMemory
  }
  return Code.Ok
}

/** `coefficients` and `nonzero` of all components are those of a row of MCUs from here on. */
export function enterRow(mcuRow: i32): void {
  if (!rowsAhead) return
  for (let i = 0; i < componentCount; i++) {
    const c = component(i), index = <usize>(mcuRow % (1 + rowsAhead) * c.v) * <usize>c.blocksWide
    c.coefficients = c.firstCoefficients + index * <usize>c.blockBytes
    c.nonzero = c.firstNonzero + (index << 3)
  }
}

/** Look-up of kept offsets for a component. */
export function offsetsOf(c: Component): usize {
  return OFFSETS + <usize>(ctz(c.size) * 128)
}

/** Transforms one row of MCUs into the planes' rings, and makes room for the next. */
export function transformMcuRow(mcuRow: i32): void {
  for (let i = 0; i < componentCount; i++) {
    const c = component(i), size = c.size, bytes = <usize>c.blockBytes, step = c.plane.stride
    charge(<i64>c.blocksWide * c.v * 64)
    let block = c.coefficients, nonzero = c.nonzero
    for (let v = 0; v < c.v; v++) {
      let to = stripStart(c, mcuRow) + <usize>(v * size) * step
      for (let x = 0; x < c.blocksWide; x++) {
        const used = 64 - <i32>clz(load<u64>(nonzero) | 1)
        reconstruct(size, used, block, <usize>size << 1, c.quantiser, to, step)
        block += bytes
        nonzero += 8
        to += <usize>size
      }
    }
    memory.fill(c.coefficients, 0, block - c.coefficients)
    memory.fill(c.nonzero, 0, nonzero - c.nonzero)
  }
}
