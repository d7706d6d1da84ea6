// What is held for a picture: two or three words a pixel, and buffers of fixed size. See README for the sum.
import { allocate } from '../memory'
import { BAD_SIZE, OK, OUT_OF_MEMORY, TOO_MANY_PIXELS } from '../status'
import { parses } from './effort'

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
/**
 * Of each pixel that a symbol begins at: 0 for a literal, or the copy, as above. Where no cheapest parse is
 * looked for, a choice takes the place of the match.
 */
export let choices: usize = 0

/** As many tiles as there are groups for. */
export const MOST_SMALL: i32 = 2600
let pictureMatches: usize = 0, pictureChoices: usize = 0
export let smallPixels: usize = 0
let smallMatches: usize = 0, smallChoices: usize = 0

/** @param tiles that have a predictor of their own, at most */
export function openBuffers(width: i32, height: i32, tiles: i32): i32 {
  if (width < 1 || height < 1 || width > MOST_SIDE || height > MOST_SIDE) return BAD_SIZE
  if (width * height > MOST_PIXELS) return TOO_MANY_PIXELS
  pictureWidth = width
  pictureHeight = height
  const n = <usize>width * height, most = <usize>max(tiles, min(width * height, MOST_SMALL))
  const block = allocate((n << 2) + 32)
  pictureMatches = allocate(n << 2)
  pictureChoices = parses ? allocate(n << 2) : pictureMatches
  smallPixels = allocate(most << 2)
  smallMatches = allocate(most << 2)
  smallChoices = allocate(most << 2)
  if (!block || !pictureMatches || !pictureChoices) return OUT_OF_MEMORY
  if (!smallPixels || !smallMatches || !smallChoices) return OUT_OF_MEMORY
  pixels = block + 16
  usePictureBuffers()
  return OK
}

export function usePictureBuffers(): void {
  matches = pictureMatches
  choices = pictureChoices
}

/** For what describes the picture, some of which is coded while the picture's choices stand. */
export function useSmallBuffers(): void {
  matches = smallMatches
  choices = smallChoices
}
