// Prediction of whole macroblocks (RFC 6386, 12.2), luma or chroma, into their place.
import { Mode } from './modes'
import { Plane } from './strip'

/**
 * At `to`, from the row `above` it and the column to its left. Outside of the picture, DC does not look at
 * them.
 */
export function predictMacroblock(
  mode: Mode, to: usize, p: Plane, above: usize, hasAbove: bool, hasLeft: bool,
): void {
  const size = <usize>p.size, stride = p.stride
  if (mode == Mode.DC) {
    const dc = mean(to, size, stride, above, hasAbove, hasLeft)
    return fill(to, size, stride, i8x16.splat(<i8>dc))
  }
  if (mode == Mode.Vertical) return fill(to, size, stride, v128.load(above))
  const end = to + size * stride
  if (mode == Mode.Horizontal) {
    for (; to < end; to += stride) put(to, size, v128.load8_splat(to - 1))
    return
  }
  const corner = i16x8.splat(load<u8>(above - 1)), row = v128.load(above)
  const low = i16x8.sub(i16x8.extend_low_i8x16_u(row), corner)
  const high = i16x8.sub(i16x8.extend_high_i8x16_u(row), corner)
  for (; to < end; to += stride) {
    const left = i16x8.splat(load<u8>(to - 1))
    put(to, size, i8x16.narrow_i16x8_u(i16x8.add(low, left), i16x8.add(high, left)))
  }
}

// @ts-ignore: decorator
@inline function put(to: usize, size: usize, v: v128): void {
  if (size == 16) v128.store(to, v)
  else v128.store64_lane(to, v, 0)
}

function fill(to: usize, size: usize, stride: usize, v: v128): void {
  for (const end = to + size * stride; to < end; to += stride) put(to, size, v)
}

function mean(to: usize, size: usize, stride: usize, above: usize, hasAbove: bool, hasLeft: bool): i32 {
  let sum = 0, shift = size == 16 ? 3 : 2
  if (hasAbove) {
    for (let i: usize = 0; i < size; i++) sum += load<u8>(above + i)
    shift++
  }
  if (hasLeft) {
    for (let i: usize = 0; i < size; i++) sum += load<u8>(to + i * stride - 1)
    shift++
  }
  if (!hasAbove && !hasLeft) return 128
  return (sum + (1 << shift >> 1)) >> shift
}
