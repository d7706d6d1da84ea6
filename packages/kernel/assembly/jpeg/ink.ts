// Ink to RGB before anything is resized: a mean of inks is not the ink of a mean. What four inks look like is said by the
// caller, at the nodes of a grid; between them it is interpolated in all four directions.
import { Code } from '../codes'
import { charge } from '../fuel'
import { alloc } from '../memory'

const MOST_NODES: i32 = 33
/** Values lie six bits higher, so that a difference of two fits the fractional product of SIMD. */
const BITS: i32 = 6, HALF: i16 = 32
const NODE_BYTES: usize = 8 // red, green, blue and nothing, i16 each
/** Units a pixel: sixteen nodes and fifteen steps between them. */
const UNITS: i64 = 16

let grid: usize = 0, nodes: i32 = 0
/** Per value of an ink: the node below it, and how far it is from there to the next, as a fraction of 15 bits. */
const BELOW: usize = memory.data(256)
const FRACTIONS: usize = memory.data(512, 16)

/** An ink table was set: pictures of ink become RGB. */
// @ts-ignore: decorator
@inline export function hasInkTable(): bool { return nodes > 0 }

/**
 * `colours` holds RGBA of `count` to the power of four nodes, black fastest, cyan slowest; ink grows with the index.
 */
export function setInkTable(colours: usize, count: i32): Code {
  if (count < 2 || count > MOST_NODES) return Code.BadArguments
  const all = count * count * count * count
  grid = alloc(<u64>all * NODE_BYTES)
  if (!grid) return Code.OutOfMemory
  charge(all)
  for (let i: usize = 0; i < <usize>all; i++) {
    const colour = load<u32>(colours + (i << 2))
    for (let c: usize = 0; c < 3; c++)
      store<i16>(grid + i * NODE_BYTES + (c << 1), <i16>((colour >> <u32>(c << 3) & 255) << BITS))
    store<i16>(grid + i * NODE_BYTES + 6, <i16>(<i32>255 << BITS))
  }
  for (let value = 0; value < 256; value++) {
    const at = value * (count - 1), below = min(at / 255, count - 2)
    store<u8>(BELOW + <usize>value, <u8>below)
    store<i16>(FRACTIONS + (<usize>value << 1), <i16>(((at - below * 255) * 0x7fff + 127) / 255))
  }
  nodes = count
  return Code.Ok
}

// @ts-ignore: decorator
@inline function between(from: v128, to: v128, fraction: v128): v128 {
  return i16x8.add(from, i16x8.q15mulr_sat_s(i16x8.sub(to, from), fraction))
}

// @ts-ignore: decorator
@inline function fraction(ink: usize): v128 { return v128.load_splat<i16>(FRACTIONS + (ink << 1)) }

/** Four bytes of ink a pixel become RGBA, in place. */
export function convertInks(pixels: usize, count: i32): void {
  charge(<i64>count * UNITS)
  const yellowStep = <usize>nodes * NODE_BYTES, magentaStep = yellowStep * <usize>nodes
  const cyanStep = magentaStep * <usize>nodes, half = i16x8.splat(HALF)
  for (const end = pixels + (<usize>count << 2); pixels < end; pixels += 4) {
    const c = <usize>load<u8>(pixels), m = <usize>load<u8>(pixels, 1)
    const y = <usize>load<u8>(pixels, 2), k = <usize>load<u8>(pixels, 3)
    // Two nodes at once: that below the black, and that above.
    const a = grid + <usize>load<u8>(BELOW + c) * cyanStep + <usize>load<u8>(BELOW + m) * magentaStep
      + <usize>load<u8>(BELOW + y) * yellowStep + <usize>load<u8>(BELOW + k) * NODE_BYTES
    const b = a + cyanStep, cyan = fraction(c), magenta = fraction(m), yellow = fraction(y)
    const m0y0 = between(v128.load(a), v128.load(b), cyan)
    const m0y1 = between(v128.load(a + yellowStep), v128.load(b + yellowStep), cyan)
    const m1y0 = between(v128.load(a + magentaStep), v128.load(b + magentaStep), cyan)
    const m1y1 = between(
      v128.load(a + magentaStep + yellowStep), v128.load(b + magentaStep + yellowStep), cyan)
    const both = between(between(m0y0, m1y0, magenta), between(m0y1, m1y1, magenta), yellow)
    const above = i64x2.shuffle(both, both, 1, 0)
    const colour = i16x8.shr_s(i16x8.add(between(both, above, fraction(k)), half), BITS)
    store<u32>(pixels, <u32>i32x4.extract_lane(i8x16.narrow_i16x8_u(colour, colour), 0))
  }
}
