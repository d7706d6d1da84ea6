// The colour-indexing transform (RFC 9649, section 4.4): up to 256 colours, whose indices are packed where
// there are up to 16.
import { charge } from '../../../../kernel/assembly/fuel'
import { clearMeetings, countMeeting, orderByMeetings } from './palette-order'
import { pictureHeight, pictureWidth, pixels } from '../buffers'

const MOST_COLOURS: i32 = 256
/** Colours in the order of the palette, and from its start on their differences. */
const COLOURS: usize = memory.data(4 * 256 + 16, 16)
export const DIFFERENCES: usize = memory.data(4 * 256, 16)
/** Colours by a hash of them, with an index + 1 beside each. */
const SLOTS: i32 = 1024
const TABLE: usize = memory.data(8 * 1024, 16)

/** 0 when there are more than 256. */
export let colours: i32 = 0

@inline function slotOf(colour: u32): i32 {
  let slot = <i32>(colour * 0x9e3779b1 >> 22)
  while (load<u32>(TABLE + (<usize>slot << 3), 4) && load<u32>(TABLE + (<usize>slot << 3)) != colour) {
    slot = (slot + 1) & (SLOTS - 1)
  }
  return slot
}

/** Finds the colours of the picture, in ascending order. */
export function collectColours(): void {
  memory.fill(TABLE, 0, 8 * SLOTS)
  colours = 0
  const n = pictureWidth * pictureHeight
  let before: u32 = 0
  charge(n)
  for (let i = 0; i < n; i++) {
    const colour = load<u32>(pixels + (<usize>i << 2))
    if (i && colour == before) continue
    before = colour
    const p = TABLE + (<usize>slotOf(colour) << 3)
    if (load<u32>(p, 4)) continue
    if (colours == MOST_COLOURS) {
      colours = 0
      return
    }
    store<u32>(COLOURS + (<usize>(colours++) << 2), colour)
    store<u32>(p, colour)
    store<u32>(p, colours, 4)
  }
  ascend()
  setIndices()
  countMeetings()
}

function setIndices(): void {
  for (let i = 0; i < colours; i++) store<u32>(TABLE + (<usize>slotOf(colourAt(i)) << 3), i + 1, 4)
}

@inline function indexOf(colour: u32): i32 {
  return <i32>load<u32>(TABLE + (<usize>slotOf(colour) << 3), 4) - 1
}

/** Of so many pixels meetings are counted. */
const MET: i32 = 1 << 15

/** Of pixels with the one to their left and the one above, in rows spread over the picture. */
function countMeetings(): void {
  charge(<i64>min(MET, pictureWidth * pictureHeight) * 4)
  clearMeetings(colours)
  const step = max(1, pictureWidth * pictureHeight / MET)
  for (let y = 0; y < pictureHeight; y += step) countMeetingsOfRow(y)
}

function countMeetingsOfRow(y: i32): void {
  const start = y * pictureWidth
  for (let i = max(1, start); i < start + pictureWidth; i++) {
    const colour = load<u32>(pixels + (<usize>i << 2))
    const left = load<u32>(pixels + (<usize>(i - 1) << 2))
    const above = i < pictureWidth ? colour : load<u32>(pixels + (<usize>(i - pictureWidth) << 2))
    if (colour == left && colour == above) continue
    const index = indexOf(colour)
    countMeeting(index, indexOf(left))
    countMeeting(index, indexOf(above))
  }
}

@inline function colourAt(i: i32): u32 { return load<u32>(COLOURS + (<usize>i << 2)) }
@inline function setColour(i: i32, colour: u32): void { store<u32>(COLOURS + (<usize>i << 2), colour) }

function ascend(): void {
  for (let i = 1; i < colours; i++) {
    const colour = colourAt(i)
    let k = i
    for (; k > 0 && colourAt(k - 1) > colour; k--) setColour(k, colourAt(k - 1))
    setColour(k, colour)
  }
}

/** How the palette is ordered. */
export const ASCENDING: i32 = 0
/**
 * Each colour after the one that it is nearest to: small differences, and indices near by for colours near
 * by.
 */
export const BY_NEAREST: i32 = 1
/** Colours that meet often beside each other. */
export const BY_MEETINGS: i32 = 2

export function orderPalette(order: i32): void {
  ascend()
  if (order == BY_NEAREST) chain()
  else if (order == BY_MEETINGS) permute(orderByMeetings(colours))
  setIndices()
  let before: u32 = 0
  for (let i = 0; i < colours; i++) {
    const colour = colourAt(i)
    store<u32>(DIFFERENCES + (<usize>i << 2), subtract(colour, before))
    before = colour
  }
}

function permute(order: usize): void {
  memory.copy(DIFFERENCES, COLOURS, <usize>colours << 2)
  for (let i = 0; i < colours; i++) setColour(i, load<u32>(DIFFERENCES + (<usize>load<u8>(order + i) << 2)))
}

@inline function subtract(a: u32, b: u32): u32 {
  const odd = (a | 0x00ff00ff) - (b & 0xff00ff00), even = (a | 0xff00ff00) - (b & 0x00ff00ff)
  return (odd & 0xff00ff00) | (even & 0x00ff00ff)
}

function chain(): void {
  let before: u32 = 0
  for (let i = 0; i < colours; i++) {
    const best = nearest(before, i)
    before = colourAt(best)
    setColour(best, colourAt(i))
    setColour(i, before)
  }
}

/** The place, from `from` on, of the colour that differs least: a weighted sum of the bytes of the difference, as signed. */
function nearest(colour: u32, from: i32): i32 {
  const to = i32x4.splat(colour), odd = i16x8(2, 9, 2, 9, 2, 9, 2, 9)
  // A distance is at most 128 * 13: above it, in one word, the place.
  let best = i32x4.splat(-1), places = i32x4.add(i32x4.splat(from), i32x4(0, 1, 2, 3))
  const last = i32x4.splat(colours)
  for (let k = from; k < colours; k += 4) {
    const d = i8x16.sub(v128.load(COLOURS + (<usize>k << 2)), to), size = i8x16.min_u(d, i8x16.neg(d))
    // Blue and red count once, green twice, alpha nine times.
    const even = i32x4.extadd_pairwise_i16x8_u(v128.and(size, i16x8.splat(255)))
    const sums = i32x4.add(even, i32x4.dot_i16x8_s(i16x8.shr_u(size, 8), odd))
    const ranked = v128.or(i32x4.shl(sums, 8), places)
    best = i32x4.min_u(best, v128.or(ranked, i32x4.ge_s(places, last)))
    places = i32x4.add(places, i32x4.splat(4))
  }
  best = i32x4.min_u(best, v128.shuffle<i32>(best, best, 2, 3, 0, 1))
  return i32x4.extract_lane(i32x4.min_u(best, v128.shuffle<i32>(best, best, 1, 0, 3, 2)), 0) & 255
}

/** Bits by which a row is shorter once indices are packed: 8, 4, 2 or 1 to a pixel. */
export function packingBits(): i32 {
  return colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3
}

/** Replaces the pixels by indices in green, packed. Gives the width of a row. */
export function applyPalette(height: i32, alpha: u32): i32 {
  const bits = packingBits(), wide = (pictureWidth + (1 << bits) - 1) >> bits, size = 8 >> bits
  charge(<i64>pictureWidth * height)
  let from = pixels, to = pixels
  let before: u32 = 0, index: u32 = 0, known = false
  for (let y = 0; y < height; y++) {
    let packed: u32 = 0, shift = 0
    for (let x = 0; x < pictureWidth; x++, from += 4) {
      const colour = load<u32>(from)
      if (!known || colour != before) {
        before = colour
        known = true
        index = indexOf(colour)
      }
      packed |= index << shift
      shift += size
      if (shift == 8 || x == pictureWidth - 1) {
        store<u32>(to, packed << 8 | alpha)
        to += 4
        packed = 0
        shift = 0
      }
    }
  }
  return wide
}
