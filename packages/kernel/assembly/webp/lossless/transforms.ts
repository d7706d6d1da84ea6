// The transforms of a picture (RFC 9649, 4): read in the order of the file, undone in the opposite one, a row
// at a time.
import { readBits } from '../../bit-reader'
import { Code } from '../../codes'
import { charge } from '../../fuel'
import { alloc } from '../../memory'
import { addGreen, undoCrossColour } from './colour-transforms'
import { openPalette, undoPalette } from './palette'
import { undoPrediction } from './predictor'
import { Keep, readSubImage, tilesFor, values } from './sub-image'

enum Kind { Predictor, CrossColour, SubtractGreen, Palette }
const MOST: i32 = 4

// @ts-ignore: decorator
@unmanaged class Transform {
  kind: Kind
  /** Pixels of a row after it is undone. */
  width: i32
  /** 1 << bits pixels square is a tile; of a palette, pixels in one. */
  bits: i32
  tilesWide: i32
  values: usize
  /** Two rows of results, in turn: a prediction looks at the one above. */
  row: usize
  above: usize
}

const TRANSFORMS: usize = memory.data(32 * MOST, 16)
let count: i32 = 0, seen: i32 = 0, y: i32 = 0
/** Pixels of a row of the entropy-coded picture: fewer than the picture has where a palette packs several. */
export let codedWidth: i32 = 0

// @ts-ignore: decorator
@inline function transform(i: i32): Transform {
  return changetype<Transform>(TRANSFORMS + (<usize>i << 5))
}

export function readTransforms(width: i32, height: i32): Code {
  count = 0
  seen = 0
  y = 0
  codedWidth = width
  while (readBits(1)) {
    const kind = readBits(2)
    if (seen & (1 << kind)) return Code.Corrupt
    seen |= 1 << kind
    const error = readTransform(transform(count), kind, height)
    if (error) return error
    count++
  }
  return Code.Ok
}

function readTransform(t: Transform, kind: Kind, height: i32): Code {
  t.kind = kind
  t.width = codedWidth
  let error = Code.Ok
  if (kind == Kind.Palette) {
    const colours = readBits(8) + 1
    t.bits = colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3
    error = readSubImage(colours, 1, Keep.Pixel)
    if (!error) {
      t.values = openPalette(values, colours)
      if (!t.values) return Code.OutOfMemory
    }
    codedWidth = tilesFor(codedWidth, t.bits)
  } else if (kind != Kind.SubtractGreen) {
    t.bits = readBits(3) + 2
    t.tilesWide = tilesFor(t.width, t.bits)
    const keep = kind == Kind.Predictor ? Keep.Mode : Keep.Multipliers
    error = readSubImage(t.tilesWide, tilesFor(height, t.bits), keep)
    t.values = values
  }
  if (error) return error
  const rowBytes = (<u64>t.width + 4) << 2
  t.row = alloc(rowBytes)
  t.above = kind == Kind.Predictor ? alloc(rowBytes) : t.row
  return t.row && t.above ? Code.Ok : Code.OutOfMemory
}

/** The row of the picture, ARGB, from one of the entropy-coded picture. It stays until the next. */
export function undoTransforms(row: usize): usize {
  for (let i = count - 1; i >= 0; i--) {
    const t = transform(i)
    charge(t.width + 16)
    const to = t.above
    t.above = t.row
    t.row = to
    const tiles = t.values + <usize>((y >> t.bits) * t.tilesWide) * (t.kind == Kind.Predictor ? 1 : 3)
    if (t.kind == Kind.Predictor) undoPrediction(row, t.above, to, t.width, y, tiles, t.bits)
    else if (t.kind == Kind.CrossColour) undoCrossColour(row, to, t.width, tiles, t.bits)
    else if (t.kind == Kind.SubtractGreen) addGreen(row, to, t.width)
    else undoPalette(row, to, t.width, t.values, t.bits)
    row = to
  }
  y++
  return row
}
