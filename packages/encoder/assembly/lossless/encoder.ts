// The course of a lossless picture (RFC 9649, section 3): open, the pixels, survey; for each way the pixels
// anew and try; the pixels and the best way again, unless that was the last; finish.
import { charge } from '../../../kernel/assembly/fuel'
import { allocate, releaseAll } from '../memory'
import { OK, OUT_OF_MEMORY } from '../status'
import { openBuffers, pictureHeight, pictureWidth, pixels } from './buffers'
import { openCacheSize } from './cache-size'
import { bitsWritten, finishBits, moveBits, overflowed, startBits, writeBits } from './codes/bit-writer'
import { openLogarithms } from './codes/logarithm'
import { openDistances } from './copies/distances'
import { openMatches } from './copies/matches'
import { openParse } from './copies/parse'
import { predictBitsLeast, setEffort, setQuickEffort } from './effort'
import { openGroupCodes } from './group-codes'
import { openGroups } from './groups/groups'
import { measureTiles, mostTiles, openTiles, tilesFor } from './groups/tiles'
import { prepareMain, subImageBits, writeMain, writeSubImage } from './image'
import { MOST_ALL_SYMBOLS, MOST_ALPHA_SYMBOLS } from './symbols'
import {
  applyCrossColour, crossBits, multipliers, openCrossColour, subtractGreen,
} from './transforms/colour-transforms'
import {
  ASCENDING, BY_MEETINGS, BY_NEAREST, DIFFERENCES, applyPalette, collectColours, colours, orderPalette,
} from './transforms/palette'
import { openPaletteOrder } from './transforms/palette-order'
import { applyPredictor, modes, openPredictor, predictBits } from './transforms/predictor'
import { CROSS, GREEN, MEETINGS, NEAREST, ONE, PALETTE, PREDICT, listWays, ways } from './ways'

const SIGNATURE: u32 = 0x2f
/** Types of transforms (section 4). */
const PREDICTOR: i32 = 0, CROSS_COLOUR: i32 = 1, SUBTRACT_GREEN: i32 = 2, COLOUR_INDEXING: i32 = 3

/** What stands before the picture itself: descriptions of transforms. */
let head: usize = 0, headEnd: usize = 0
let result: usize = 0, resultEnd: usize = 0
let hasAlpha: bool = false
/** The way tried last, and the bits that the picture takes so. */
let bits: u64 = 0
/** What descriptions of transforms take that a quick look does not write. */
let unwritten: u64 = 0
let codedWidth: i32 = 0
let effort: i32 = 0
/** Whether alpha alone is coded, as green and without a header: what an ALPH chunk holds (section 2.7.1.2). */
let alphaAlone: bool = false

/**
 * Opens a picture of w x h, or its alpha plane; effort 0 to 6. Its pixels, RGBA, are then to be written to
 * losslessPixels().
 */
export function openLossless(w: i32, h: i32, level: i32, plane: bool): i32 {
  releaseAll()
  effort = level
  alphaAlone = plane
  const n = w * h
  setEffort(effort, n)
  const tiles = tilesFor(w, predictBitsLeast) * tilesFor(h, predictBitsLeast)
  const counts = measureTiles(n, alphaAlone ? MOST_ALPHA_SYMBOLS : MOST_ALL_SYMBOLS)
  const status = openBuffers(w, h, tiles, counts)
  if (status) return status
  openLogarithms()
  openDistances()
  // A pixel of a description has up to 15 bits in each of three channels.
  const headBytes: usize = 12 * <usize>tiles + 16384
  head = allocate(headBytes)
  headEnd = head + headBytes
  if (!head) return OUT_OF_MEMORY
  let opened = openMatches(n)
  if (!opened) opened = openParse(n)
  if (!opened) opened = openTiles()
  if (!opened) opened = openGroups(mostTiles)
  if (!opened) opened = openGroupCodes()
  if (!opened) opened = openCacheSize()
  if (!opened) opened = openPaletteOrder(n)
  if (!opened) opened = openPredictor(tiles)
  return opened ? opened : openCrossColour()
}

export function losslessPixels(): usize {
  return pixels
}

/** RGBA to ARGB words, blue first. Alpha alone is the green of what is opaque and otherwise black. */
function convert(rows: i32): void {
  const n = <usize>pictureWidth * rows
  charge(n >> 2)
  const order = alphaAlone
    ? i8x16(-1, 3, -1, -1, -1, 7, -1, -1, -1, 11, -1, -1, -1, 15, -1, -1)
    : i8x16(2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15)
  const opaque = i32x4.splat(alphaAlone ? 0xff000000 : 0)
  for (let p = pixels; p < pixels + (n << 2); p += 16) {
    v128.store(p, v128.or(i8x16.swizzle(v128.load(p), order), opaque))
  }
}

/** Looks at the pixels, of all rows. Gives the number of ways that there are to code them. */
export function surveyLossless(): i32 {
  convert(pictureHeight)
  const n = <usize>pictureWidth * pictureHeight
  let all: u32 = 0xffffffff, any: u32 = 0, coloured: u32 = 0
  charge(n)
  for (let i: usize = 0; i < n; i++) {
    const pixel = load<u32>(pixels + (i << 2))
    all &= pixel
    any |= pixel
    coloured |= pixel ^ pixel >> 8
  }
  hasAlpha = all >> 24 != 255
  collectColours()
  return listWays((coloured & 0xffff) == 0, ((all ^ any) & 0xff00ff) == 0, alphaAlone, effort)
}

/**
 * Codes `rows` rows that are among the pixels in a way, quickly for a comparison (below 0) or with an effort, at
 * most the one that the picture was opened with. Gives the bits that they take. Finish writes what was tried last.
 */
export function tryLossless(number: i32, rows: i32, level: i32): f64 {
  convert(rows)
  const n = pictureWidth * pictureHeight
  if (level < 0) setQuickEffort(n)
  else setEffort(level, n)
  startBits(head, headEnd)
  if (!alphaAlone) writeHeader(rows)
  const way = load<u8>(ways + number)
  unwritten = 0
  transform(way, rows)
  writeBits(0, 1) // no more transforms
  bits = prepareMain(pixels, codedWidth, rows, !(way & PALETTE)) + bitsWritten(head) + unwritten
  return <f64>bits
}

function writeHeader(rows: i32): void {
  writeBits(SIGNATURE, 8)
  writeBits(pictureWidth - 1, 14)
  writeBits(rows - 1, 14)
  writeBits(hasAlpha ? 1 : 0, 1)
  writeBits(0, 3) // version
}

/** Where indices are not predicted, the palette has the order in which it is shortest. */
function orderForItself(): void {
  orderPalette(ASCENDING)
  const ascending = subImageBits(DIFFERENCES, colours, 1)
  orderPalette(BY_NEAREST)
  if (ascending <= subImageBits(DIFFERENCES, colours, 1)) orderPalette(ASCENDING)
}

function writeTransform(kind: i32): void {
  writeBits(1, 1)
  writeBits(kind, 2)
}

function transform(way: i32, height: i32): void {
  codedWidth = pictureWidth
  if (way & PALETTE) {
    if (way & PREDICT) orderPalette(way & NEAREST ? BY_NEAREST : way & MEETINGS ? BY_MEETINGS : ASCENDING)
    else orderForItself()
    writeTransform(COLOUR_INDEXING)
    writeBits(colours - 1, 8)
    unwritten += writeSubImage(DIFFERENCES, colours, 1)
    codedWidth = applyPalette(height, way & PREDICT ? 0xff000000 : 0)
  }
  if (way & GREEN) {
    writeTransform(SUBTRACT_GREEN)
    subtractGreen(pixels, <usize>codedWidth * height)
  }
  if (way & PREDICT) {
    applyPredictor(pixels, codedWidth, height, (way & ONE) != 0)
    writeTransform(PREDICTOR)
    writeBits(predictBits - 2, 3)
    unwritten += writeSubImage(modes, tilesFor(codedWidth, predictBits), tilesFor(height, predictBits))
  }
  if ((way & CROSS) != 0 && applyCrossColour(pixels, codedWidth, height)) {
    writeTransform(CROSS_COLOUR)
    writeBits(crossBits - 2, 3)
    unwritten += writeSubImage(multipliers, tilesFor(codedWidth, crossBits), tilesFor(height, crossBits))
  }
}

/** Writes what the last try decided. */
export function finishLossless(): i32 {
  const bytes = <usize>(bits >> 3) + 16
  result = allocate(bytes)
  if (!result) return OUT_OF_MEMORY
  moveBits(head, result, result + bytes)
  writeMain()
  resultEnd = finishBits()
  if (overflowed) unreachable()
  return OK
}

export function losslessAddress(): usize {
  return result
}
export function losslessBytes(): usize {
  return resultEnd - result
}

/** What a way is made of, as in ways.ts. */
export function wayOf(number: i32): i32 {
  return load<u8>(ways + number)
}
