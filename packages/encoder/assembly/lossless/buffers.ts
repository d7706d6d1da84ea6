// What is held for a picture: three words a pixel, and buffers of fixed size. See README for the sum.
import { allocate } from '../memory'
import { BAD_SIZE, OK, OUT_OF_MEMORY, TOO_MANY_PIXELS } from '../status'
import { groupParses } from './effort'

/**
 * 14-bit fields (RFC 9649, section 3.4), and at most so many pixels: 16 bytes each and tables stay far below
 * 2 GiB.
 */
const MOST_SIDE: i32 = 16384
export const MOST_PIXELS: i32 = 1 << 26

export let pictureWidth: i32 = 0
export let pictureHeight: i32 = 0
/**
 * The pixels, ARGB (blue is the first byte), as the transforms leave them; one more may be read before and
 * after.
 */
export let pixels: usize = 0
/** Of each pixel the best match: distance << 12 | length. */
export let matches: usize = 0
/** Of each pixel that a symbol begins at: 0 for a literal, or the copy, as above. */
export let choices: usize = 0

/** As many tiles as there are groups for. */
export const MOST_SMALL: i32 = 2600
/**
 * The pixel before with the same hash, for the last MOST_LINKS pixels: what matches are found by, before there are
 * choices. A picture's lie where its choices will.
 */
export let links: usize = 0, linkMask: i32 = 0
const MOST_LINKS: i32 = 1 << 21
/**
 * Counts of the symbols of tiles. They lie where the matches of the picture were, unless it will be parsed once more by
 * them.
 */
export let tileCounts: usize = 0

let pictureMatches: usize = 0, pictureLinks: usize = 0, pictureMask: i32 = 0
export let smallPixels: usize = 0
let smallMatches: usize = 0, smallChoices: usize = 0, smallLinks: usize = 0, smallMask: i32 = 0

/**
 * @param tiles that have a predictor of their own, at most
 * @param countBytes for the counts of tiles
 */
export function openBuffers(width: i32, height: i32, tiles: i32, countBytes: usize): i32 {
  if (width < 1 || height < 1 || width > MOST_SIDE || height > MOST_SIDE) return BAD_SIZE
  if (width * height > MOST_PIXELS) return TOO_MANY_PIXELS
  pictureWidth = width
  pictureHeight = height
  const n = <usize>width * height, most = <usize>max(tiles, min(width * height, MOST_SMALL))
  const block = allocate((n << 2) + 32)
  pictureMask = linksFor(<i32>n) - 1
  smallMask = linksFor(<i32>most) - 1
  const linkBytes = <usize>(pictureMask + 1) << 2, pictureBytes = n << 2
  pictureMatches = allocate(groupParses ? pictureBytes : max(pictureBytes, countBytes))
  tileCounts = groupParses ? allocate(countBytes) : pictureMatches
  pictureLinks = allocate(max(pictureBytes, linkBytes))
  smallLinks = allocate(<usize>(smallMask + 1) << 2)
  smallPixels = allocate(most << 2)
  smallMatches = allocate(most << 2)
  smallChoices = allocate(most << 2)
  if (!block || !pictureMatches || !tileCounts || !pictureLinks || !smallLinks) return OUT_OF_MEMORY
  if (!smallPixels || !smallMatches || !smallChoices) return OUT_OF_MEMORY
  pixels = block + 16
  usePictureBuffers()
  return OK
}

/** A power of two. */
function linksFor(n: i32): i32 {
  let places = 1
  while (places < n && places < MOST_LINKS) places <<= 1
  return places
}

export function usePictureBuffers(): void {
  matches = pictureMatches
  choices = pictureLinks
  links = pictureLinks
  linkMask = pictureMask
}

/** For what describes the picture, some of which is coded while the picture's choices stand. */
export function useSmallBuffers(): void {
  matches = smallMatches
  choices = smallChoices
  links = smallLinks
  linkMask = smallMask
}
