// Entropy-coded images (RFC 9649, sections 5 and 6): what describes transforms and groups, and the picture.
import { charge } from '../../../kernel/assembly/fuel'
import { allocate } from '../memory'
import { OK, OUT_OF_MEMORY } from '../status'
import { smallPixels, usePictureBuffers, useSmallBuffers } from './buffers'
import { chooseCache } from './cache-size'
import { aboutCode } from './codes/about-code'
import { writeBits } from './codes/bit-writer'
import { prepareCode, writeCode } from './codes/prefix-code'
import { extraBits } from './codes/values'
import { cacheBits, openCache } from './colour-cache'
import { findMatches } from './copies/matches'
import { openNear } from './copies/near'
import { chooseCheapest, chooseLiterals, chooseLongest } from './copies/parse'
import { COST_BYTES, fillCosts, supposeCopies } from './costs'
import { writeData } from './data'
import { bothStarts, groupParses, mostGroups, onlyAbout, parses } from './effort'
import { formGroups, groups } from './groups/groups'
import { roomForGroups } from './groups/join'
import { listTiles, mostTiles, tilesFor } from './groups/tiles'
import {
  ALPHABETS, LENGTHS_AT, MOST_ALL_SYMBOLS, allSymbols, alphabetSize, alphabetStart, countSymbols,
  distancesAt, groupOf, image, imageSize, imageWidth, setAlphabets, setImage, setTiles, tileBits, tilesWide,
  useAllPlaces,
} from './symbols'
import { isPlane } from './ways'

/** Of each group: counts u32 of all symbols, and its codes; then its costs. */
let counts: usize = 0
let codes: usize = 0
let costs: usize = 0
let smallCounts: usize = 0, smallCodes: usize = 0
const STRIDE: usize = 4 * MOST_ALL_SYMBOLS
let height: i32 = 0

export function openImages(): i32 {
  const most = <usize>roomForGroups(mostTiles)
  counts = allocate(most * STRIDE)
  codes = allocate(most * STRIDE)
  costs = allocate(most * COST_BYTES)
  smallCounts = allocate(STRIDE)
  smallCodes = allocate(STRIDE)
  return counts && codes && costs && smallCounts && smallCodes ? OK : OUT_OF_MEMORY
}

function start(px: usize, w: i32, h: i32): void {
  setImage(px, w, h)
  height = h
  openNear(w)
  openCache(0)
  setAlphabets(0)
  useAllPlaces()
}

function countGroups(n: i32): void {
  memory.fill(counts, 0, <usize>n * STRIDE)
  countSymbols(counts, STRIDE)
}

/** Codes of n groups from their counts. Gives the bits of headers and symbols. */
function prepareCodes(n: i32): u64 {
  if (onlyAbout) return aboutCodes()
  let bits: u64 = 0
  for (let g = 0; g < n; g++) {
    const from = counts + <usize>g * STRIDE, to = codes + <usize>g * STRIDE
    for (let a = 0; a < ALPHABETS; a++) {
      const at = <usize>alphabetStart(a) << 2
      charge(alphabetSize(a) * 8)
      bits += prepareCode(from + at, alphabetSize(a), to + at)
    }
    bits += extraBitsOf(from)
  }
  return bits
}

/** About what the codes of one group take. */
function aboutCodes(): u64 {
  charge(allSymbols)
  let bits: f32 = 0
  for (let a = 0; a < ALPHABETS; a++) bits += aboutCode(counts + (<usize>alphabetStart(a) << 2), alphabetSize(a))
  return <u64>bits + extraBitsOf(counts)
}

/** Extra bits of the lengths and distances that were counted. */
function extraBitsOf(from: usize): u64 {
  let bits: u64 = 0
  for (let i = 4; i < 40; i++) {
    if (i < 24) bits += <u64>load<u32>(from + (<usize>(LENGTHS_AT + i) << 2)) * extraBits(i)
    bits += <u64>load<u32>(from + (<usize>(distancesAt + i) << 2)) * extraBits(i)
  }
  return bits
}

function writeCodes(n: i32): void {
  for (let g = 0; g < n; g++) {
    const code = codes + <usize>g * STRIDE
    for (let a = 0; a < ALPHABETS; a++) writeCode(alphabetSize(a), code + (<usize>alphabetStart(a) << 2))
  }
}

/**
 * Finds a parse of an image with one group. Costs and choices follow from each other, and where they settle
 * depends on where they began: with no copies, or with all that there can be. Grainy pictures settle
 * far from the best when the first parse has many short copies.
 */
function parse(times: i32): void {
  if (!times) {
    chooseLongest()
    return
  }
  if (bothStarts || isPlane) settleFromBoth()
  else {
    chooseLongest()
    countGroups(1)
    settle()
  }
  for (let i = 1; i < times; i++) settle()
}

function settleFromBoth(): void {
  chooseLiterals()
  countGroups(1)
  supposeCopies(counts, max(1, imageSize >> 8))
  const few = settle(), bytes = <usize>allSymbols << 2
  memory.copy(smallCounts, counts, bytes)
  chooseLongest()
  countGroups(1)
  if (settle() <= few) return
  memory.copy(counts, smallCounts, bytes)
  settle()
}

/** The cheapest parse by the counts, and its counts. Gives the bits. */
function settle(): u64 {
  fillCosts(costs, counts)
  chooseCheapest(costs)
  countGroups(1)
  return prepareCodes(1)
}

/** An image of a pixel for each tile, or a palette: one group, no cache. Gives the bits that are not written. */
export function writeSubImage(px: usize, w: i32, h: i32): u64 {
  const bits = subImageBits(px, w, h)
  if (onlyAbout) return bits
  writeSmall()
  return 0
}

export function subImageBits(px: usize, w: i32, h: i32): u64 {
  useSmallBuffers()
  start(px, w, h)
  return prepareSubImage()
}

function writeSmall(): void {
  writeBits(0, 1) // no cache
  writeCodes(1)
  writeData(codes, STRIDE)
}

/** By copies or without any, whichever is shorter. Gives the bits. */
function prepareSubImage(): u64 {
  const plain = plainBits()
  findMatches(image, imageSize, imageWidth)
  parse(onlyAbout ? 0 : 2)
  countGroups(1)
  const copied = prepareCodes(1)
  return copied < plain ? copied : plainBits()
}

let mainPixels: usize = 0, mainWidth: i32 = 0, mainHeight: i32 = 0, mainBits: i32 = 0, groupCount: i32 = 1

/** Decides how the picture is coded. Gives the bits that it takes. */
export function prepareMain(px: usize, w: i32, h: i32, mayCache: bool): u64 {
  mainPixels = px
  mainWidth = w
  mainHeight = h
  usePictureBuffers()
  start(px, w, h)
  const repeated = repeatedPixels()
  const plain = repeated < imageSize - 1 && repeated > imageSize - (imageSize >> 3) ? u64.MAX_VALUE : plainBits()
  findMatches(px, imageSize, w)
  if (mayCache) {
    chooseCache()
    setAlphabets(cacheBits)
    useAllPlaces()
  }
  parse(parses)
  countGroups(1)
  groupCount = 1
  mainBits = cacheBits
  const single = prepareCodes(1) + 6
  const grouped = mostGroups > 1 ? divide(single) : single
  if (min(single, grouped) > plain) {
    start(px, w, h)
    groupCount = 1
    mainBits = 0
    return plainBits()
  }
  if (grouped < single) return grouped
  setImage(px, w, h)
  groupCount = 1
  countGroups(1)
  return prepareCodes(1) + 6
}

/**
 * Divides the picture into groups, and finds the cheapest parse by their costs, unless even before that one
 * group takes no more bits than `single`. Gives the bits.
 */
function divide(single: u64): u64 {
  let bits = single
  for (let i = 0; i <= groupParses; i++) {
    if (i) {
      for (let g = 0; g < groups; g++) fillCosts(costs + <usize>g * COST_BYTES, counts + <usize>g * STRIDE)
      chooseCheapest(costs)
      setImage(mainPixels, mainWidth, mainHeight)
      countGroups(1)
    }
    listTiles(counts, mainHeight)
    formGroups()
    groupCount = groups
    if (groups == 1) return single
    countGroups(groups)
    bits = prepareCodes(groups) + 9 + groupImage(false)
    if (i == 0 && bits >= single) return single
  }
  return bits
}

/** Pixels like the one before: all but one of what has one colour. Where most are, literals alone are not looked at. */
function repeatedPixels(): i32 {
  let n = 0
  charge(imageSize >> 2)
  for (let p = image + 4; p < image + (<usize>imageSize << 2); p += 4) n += <i32>(load<u32>(p) == load<u32>(p - 4))
  return n
}

/** With literals alone, which is best for what has one colour and for noise. */
function plainBits(): u64 {
  chooseLiterals()
  countGroups(1)
  return prepareCodes(1) + 2
}

/** The image of groups: counted, or written too. Then the picture is in hand again. */
function groupImage(write: bool): u64 {
  const bits = tileBits, wide = tilesWide, high = tilesFor(height, bits), map = groupOf
  for (let t = 0; t < wide * high; t++) {
    store<u32>(smallPixels + (<usize>t << 2), <u32>load<u16>(map + (<usize>t << 1)) << 8)
  }
  const ofPicture = counts, codesOfPicture = codes
  counts = smallCounts
  codes = smallCodes
  const size = subImageBits(smallPixels, wide, high)
  if (write) writeSmall()
  counts = ofPicture
  codes = codesOfPicture
  usePictureBuffers()
  start(mainPixels, mainWidth, mainHeight)
  setTiles(map, bits)
  openCache(mainBits)
  setAlphabets(mainBits)
  useAllPlaces()
  return size
}

export function writeMain(): void {
  writeBits(mainBits ? 1 : 0, 1)
  if (mainBits) writeBits(mainBits, 4)
  writeBits(groupCount > 1 ? 1 : 0, 1)
  if (groupCount > 1) {
    writeBits(tileBits - 2, 3)
    groupImage(true)
  }
  writeCodes(groupCount)
  writeData(codes, STRIDE)
}
