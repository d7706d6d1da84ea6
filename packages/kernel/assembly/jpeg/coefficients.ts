// Pictures in several scans need all coefficients of a block before its first sample. All scans are read side by side,
// so that one row of MCUs is enough. Of each block only the n x n lowest frequencies are kept that scaling will look
// at; a bit per coefficient says which of all 64 are not zero, because refinement scans (T.81 G.1.2.3) depend on that.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc, allocZeroed } from '../memory'
import { Component, component, componentCount } from './frame'
import { stripStart } from './plane'
import { reconstruct } from './reconstruct'
import { keptOffset } from './zigzag'

// i16[64] for each of the sizes 1, 2, 4, 8: where coefficient k is kept, -1 where it is not.
const OFFSETS: usize = memory.data(4 * 128, 16)

/** Where coefficients that are not kept are written to. */
export let discarded: usize = 0

export function openCoefficients(): Code {
  for (let s = 0; s < 4; s++) {
    for (let k = 0; k < 64; k++) store<i16>(OFFSETS + <usize>(s * 128 + k * 2), <i16>keptOffset(k, 1 << s))
  }
  discarded = alloc(16)
  for (let i = 0; i < componentCount; i++) {
    const c = component(i), blocks = <u64>c.blocksWide * c.v
    c.blockBytes = c.size * c.size * 2
    c.coefficients = allocZeroed(blocks * c.blockBytes)
    c.nonzero = allocZeroed(blocks << 3)
    if (!discarded || !c.coefficients || !c.nonzero) return Code.OutOfMemory
  }
  return Code.Ok
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
