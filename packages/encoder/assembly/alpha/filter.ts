// Prediction of alpha values from their neighbours (RFC 9649, section 2.7.1.2), in place.
import { plane, planeHeight, planeWidth } from './plane'

export const NO_FILTER: i32 = 0
export const HORIZONTAL: i32 = 1
export const VERTICAL: i32 = 2
export const GRADIENT: i32 = 3

const COUNTS: usize = memory.data(1024, 16)

/** What a decoder predicts at (x, y). */
@inline function predict(filter: i32, x: i32, y: i32): i32 {
  const p = plane + <usize>y * planeWidth + x
  if (filter == NO_FILTER || (x == 0 && y == 0)) return 0
  if (y == 0 || (filter == HORIZONTAL && x > 0)) return load<u8>(p - 1)
  const above = <i32>load<u8>(p - planeWidth)
  if (filter != GRADIENT || x == 0) return above
  const v = <i32>load<u8>(p - 1) + above - <i32>load<u8>(p - planeWidth - 1)
  return v < 0 ? 0 : v > 255 ? 255 : v
}

/** Replaces values by their differences from the prediction, last first so that predictions still see values. */
export function applyFilter(filter: i32): void {
  if (filter == NO_FILTER) return
  for (let y = planeHeight - 1; y >= 0; y--) {
    for (let x = planeWidth - 1; x >= 0; x--) {
      const p = plane + <usize>y * planeWidth + x
      store<u8>(p, load<u8>(p) - <u8>predict(filter, x, y))
    }
  }
}

/** And back. */
export function undoFilter(filter: i32): void {
  if (filter == NO_FILTER) return
  for (let y = 0; y < planeHeight; y++) {
    for (let x = 0; x < planeWidth; x++) {
      const p = plane + <usize>y * planeWidth + x
      store<u8>(p, load<u8>(p) + <u8>predict(filter, x, y))
    }
  }
}

/** The filter whose differences have the least entropy. */
export function bestFilter(): i32 {
  let best = NO_FILTER, least = entropy(NO_FILTER)
  for (let filter = HORIZONTAL; filter <= GRADIENT; filter++) {
    const bits = entropy(filter)
    if (bits < least) { least = bits; best = filter }
  }
  return best
}

function entropy(filter: i32): f64 {
  memory.fill(COUNTS, 0, 1024)
  for (let y = 0; y < planeHeight; y++) {
    for (let x = 0; x < planeWidth; x++) {
      const d = <usize>(load<u8>(plane + <usize>y * planeWidth + x) - <u8>predict(filter, x, y))
      store<u32>(COUNTS + (d << 2), load<u32>(COUNTS + (d << 2)) + 1)
    }
  }
  const n = <f64>planeWidth * planeHeight
  let bits: f64 = 0
  for (let i: usize = 0; i < 256; i++) {
    const k = load<u32>(COUNTS + (i << 2))
    if (k) bits -= <f64>k * Math.log2(<f64>k / n)
  }
  return bits
}
