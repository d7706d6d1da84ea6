// Entropy-coded images (RFC 9649, sections 5 and 6): what describes transforms and groups, and the picture.
import { charge } from '../../../kernel/assembly/fuel'
import { smallPixels, usePictureBuffers, useSmallBuffers } from './buffers'
import { chooseCache } from './cache-size'
import { writeBits } from './codes/bit-writer'
import { cacheBits, openCache } from './colour-cache'
import { findMatches } from './copies/matches'
import { openNear } from './copies/near'
import { chooseCheapest, chooseLiterals, chooseLongest } from './copies/parse'
import { COST_BYTES, fillCosts, supposeCopies } from './costs'
import { writeData } from './data'
import { bothStarts, groupParses, mostGroups, onlyAbout, parses } from './effort'
import {
  STRIDE, codes, costs, countGroups, counts, keepCounts, prepareCodes, restoreCounts, usePictureCodes, useSmallCodes,
  writeCodes,
} from './group-codes'
import { formGroups, groups } from './groups/groups'
import { listTiles, tilesFor } from './groups/tiles'
import {
  groupOf, image, imageSize, imageWidth, setAlphabets, setImage, setTiles, tileBits, tilesWide, useAllPlaces,
} from './symbols'
import { isPlane } from './ways'

let height: i32 = 0

function start(px: usize, w: i32, h: i32): void {
  setImage(px, w, h)
  height = h
  openNear(w)
  openCache(0)
  setAlphabets(0)
  useAllPlaces()
}

/**
 * Finds a parse of an image with one group, its counts and codes. Costs and choices follow from each other, and where
 * they settle depends on where they began: with no copies, or with all that there can be. Grainy pictures settle far
 * from the best when the first parse has many short copies. Gives the bits.
 */
function parse(times: i32): u64 {
  if (!times) {
    chooseLongest()
    return codeAsOne()
  }
  let bits: u64 = 0
  if (bothStarts || isPlane) bits = settleFromBoth(times == 1)
  else {
    chooseLongest()
    countGroups(1)
    bits = settle(times == 1)
  }
  for (let i = 2; i <= times; i++) bits = settle(i == times)
  return bits
}

function settleFromBoth(isLast: bool): u64 {
  chooseLiterals()
  countGroups(1)
  supposeCopies(counts, max(1, imageSize >> 8))
  const few = settle(true)
  keepCounts()
  chooseLongest()
  countGroups(1)
  const many = settle(true)
  if (many <= few) return many
  restoreCounts()
  return settle(isLast)
}

/** The cheapest parse by the counts, and its counts. Gives the bits where they are wanted, with the codes. */
function settle(wanted: bool): u64 {
  fillCosts(costs, counts)
  chooseCheapest(costs)
  countGroups(1)
  return wanted ? prepareCodes(1) : 0
}

function codeAsOne(): u64 {
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
  const copied = parse(onlyAbout ? 0 : 2)
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
  groupCount = 1
  mainBits = cacheBits
  const single = parse(parses) + 6
  const grouped = mostGroups > 1 ? divide(single) : single
  if (min(single, grouped) > plain) {
    start(px, w, h)
    groupCount = 1
    mainBits = 0
    return plainBits()
  }
  if (grouped < single || groupCount == 1) return grouped
  setImage(px, w, h)
  groupCount = 1
  return codeAsOne() + 6
}

/**
 * Divides the picture into groups, and finds the cheapest parse by their costs, unless even before that one
 * group takes no more bits than `single`. Gives the bits. What is left as one group has its codes.
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
    if (groups == 1) {
      setImage(mainPixels, mainWidth, mainHeight)
      return i ? prepareCodes(1) + 6 : single
    }
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
  return codeAsOne() + 2
}

/** The image of groups: counted, or written too. Then the picture is in hand again. */
function groupImage(write: bool): u64 {
  const bits = tileBits, wide = tilesWide, high = tilesFor(height, bits), map = groupOf
  for (let t = 0; t < wide * high; t++) {
    store<u32>(smallPixels + (<usize>t << 2), <u32>load<u16>(map + (<usize>t << 1)) << 8)
  }
  useSmallCodes()
  const size = subImageBits(smallPixels, wide, high)
  if (write) writeSmall()
  usePictureCodes()
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
