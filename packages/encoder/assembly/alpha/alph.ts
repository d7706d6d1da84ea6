// The ALPH chunk (RFC 9649, section 2.7.1.2): the alpha plane without loss, in the smaller of two ways.
import { charge } from '../../../kernel/assembly/fuel'
import { allocate } from '../memory'
import { OK, OUT_OF_MEMORY } from '../status'
import { NO_FILTER, applyFilter, bestFilter, undoFilter } from './filter'
import { encodeLossless, openLossless } from './lossless'
import { plane, planeHeight, planeWidth } from './plane'

const COMPRESSED: i32 = 1
// Of fuel, for each pixel.
const FILTER_UNITS: i64 = 8
const CODE_UNITS: i64 = 12

let chunk: usize = 0
let chunkBytes: usize = 0

/**
 * Coded as it is (best for cut-outs, by copies) and by the filter of least entropy (best for soft shades). Where neither
 * is smaller than the plane, the plane itself.
 */
export function encodeAlpha(): i32 {
  const raw = <usize>planeWidth * planeHeight
  chunk = allocate(raw + 1)
  if (!chunk) return OUT_OF_MEMORY
  const status = openLossless()
  if (status) return status
  charge(FILTER_UNITS * raw)
  const filter = bestFilter()
  const plain = code(NO_FILTER, raw)
  if (filter != NO_FILTER) {
    const filtered = code(filter, raw)
    if (filtered < plain) {
      chunkBytes = filtered
      return OK
    }
    if (plain < raw + 1) code(NO_FILTER, raw)
  }
  chunkBytes = plain
  if (plain == raw + 1) {
    store<u8>(chunk, 0)
    memory.copy(chunk + 1, plane, raw)
  }
  return OK
}

/** Bytes of the chunk; raw + 1 when it would be no smaller. */
function code(filter: i32, raw: usize): usize {
  charge(CODE_UNITS * raw)
  store<u8>(chunk, <u8>(filter << 2 | COMPRESSED))
  applyFilter(filter)
  const end = encodeLossless(plane, planeWidth, planeHeight, chunk + 1, chunk + raw)
  undoFilter(filter)
  return end ? end - chunk : raw + 1
}

export function alphaAddress(): usize {
  return chunk
}
export function alphaBytes(): usize {
  return chunkBytes
}
