// The frame header (T.81 B.2.2) and what follows from it: how many blocks each component has (A.1.1, A.2).
import { Code } from '../codes'
import { allocZeroed } from '../memory'
import { Plane } from './plane'

// @ts-ignore: decorator
@unmanaged export class Component {
  /** Its place in the frame header. */
  index: i32
  /** Names of T.81: Ci, Hi, Vi, Tqi. */
  id: i32
  h: i32
  v: i32
  quantiserId: i32
  /** i16[64] in natural order, as it was when the component's first scan began; 0 before. */
  quantiser: usize
  /** A scan has brought DC coefficients. */
  hasDC: bool
  /** Blocks, padded to whole MCUs, and those that hold samples of the picture. */
  blocksWide: i32
  blocksHigh: i32
  ownBlocksWide: i32
  ownBlocksHigh: i32
  /** Samples per block edge after DCT scaling: 8, 4, 2 or 1. */
  size: i32
  /** Coefficients of one row of MCUs, where scans must be collected, otherwise 0; and of the first row that is held. */
  coefficients: usize
  firstCoefficients: usize
  /** Bytes per block in `coefficients`. */
  blockBytes: i32
  /** u64 per block: bit k is set when coefficient k is not zero. */
  nonzero: usize
  firstNonzero: usize
  /** u8[64] beside `coefficients`: how many low bits of coefficient k no scan has brought yet; ALL_BITS at first. */
  missing: usize
  /** i16 for every block with some around them that repeat the nearest: DC, where others are estimated by it. */
  means: usize
  plane: Plane
}

export let width: i32 = 0
export let height: i32 = 0
export let componentCount: i32 = 0
export let progressive: bool = false
/** Arithmetic coding (T.81 annex D) in place of Huffman's. */
export let arithmetic: bool = false
/** Hmax, Vmax. */
export let hMax: i32 = 1
export let vMax: i32 = 1
/** MCUs of an interleaved scan. */
export let mcusWide: i32 = 0
export let mcusHigh: i32 = 0

let components: usize = 0

// @ts-ignore: decorator
@inline export function component(i: i32): Component {
  return changetype<Component>(components + <usize>i * offsetof<Component>())
}

/**
 * The component with this identifier, or a null. Where several have the same they are told apart by their order, as
 * by libjpeg (get_sos): `taken` has a bit for each that the scan named before.
 */
export function componentById(id: i32, taken: i32): Component {
  for (let i = 0; i < componentCount; i++) if (component(i).id == id && !(taken & 1 << i)) return component(i)
  return changetype<Component>(0)
}

/** `header` is the segment after its length, `n` bytes long. A height of 0 is given later by DNL. */
export function readFrame(header: usize, n: i32, isProgressive: bool, isArithmetic: bool): Code {
  if (componentCount) return Code.Corrupt
  if (n < 6) return Code.Corrupt
  if (load<u8>(header) != 8) return Code.UnsupportedPrecision
  const count = <i32>load<u8>(header, 5)
  if (count != 1 && count != 3 && count != 4) return Code.UnsupportedComponents
  if (n < 6 + count * 3) return Code.Corrupt
  height = <i32>bswap<u16>(load<u16>(header, 1))
  width = <i32>bswap<u16>(load<u16>(header, 3))
  if (width == 0) return Code.Corrupt
  progressive = isProgressive
  arithmetic = isArithmetic
  components = allocZeroed(<u64>count * offsetof<Component>())
  if (!components) return Code.OutOfMemory
  componentCount = count
  for (let i = 0; i < count; i++) {
    const c = component(i), at = header + 6 + <usize>i * 3
    c.index = i
    c.id = load<u8>(at)
    c.h = load<u8>(at, 1) >> 4
    c.v = load<u8>(at, 1) & 15
    c.quantiserId = load<u8>(at, 2)
    if (c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.quantiserId > 3) return Code.Corrupt
    if (count == 1) { c.h = 1; c.v = 1 } // a lone component is never interleaved: its factors mean nothing
    hMax = max(hMax, c.h)
    vMax = max(vMax, c.v)
  }
  return Code.Ok
}

export function setHeight(lines: i32): void {
  height = lines
}

// @ts-ignore: decorator
@inline function ceilDivide(a: i32, b: i32): i32 { return (a + b - 1) / b }

/** Once the height is known. */
export function countBlocks(): void {
  mcusWide = ceilDivide(width, 8 * hMax)
  mcusHigh = ceilDivide(height, 8 * vMax)
  for (let i = 0; i < componentCount; i++) {
    const c = component(i)
    c.blocksWide = mcusWide * c.h
    c.blocksHigh = mcusHigh * c.v
    c.ownBlocksWide = ceilDivide(ceilDivide(width * c.h, hMax), 8)
    c.ownBlocksHigh = ceilDivide(ceilDivide(height * c.v, vMax), 8)
  }
}

/** Samples of a component across and down, at `size` samples per block edge. */
export function samplesWide(c: Component, size: i32): i32 { return ceilDivide(width * c.h * size, hMax * 8) }
export function samplesHigh(c: Component, size: i32): i32 { return ceilDivide(height * c.v * size, vMax * 8) }
