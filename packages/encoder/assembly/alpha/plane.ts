// The alpha plane, whole: the picture's frame has left memory by the time it is coded.
import { charge } from '../../../kernel/assembly/fuel'
import { allocate, releaseAll } from '../memory'
import { OK, OUT_OF_MEMORY } from '../status'

export let plane: usize = 0
export let planeWidth: i32 = 0
export let planeHeight: i32 = 0
let band: usize = 0
let taken: i32 = 0

/** Frees everything else. */
export function openPlane(width: i32, height: i32): i32 {
  releaseAll()
  planeWidth = width
  planeHeight = height
  taken = 0
  band = allocate(<usize>width * 64)
  plane = allocate(<usize>width * height)
  return band && plane ? OK : OUT_OF_MEMORY
}

/** RGBA of up to 16 rows, written by the caller. */
export function alphaBand(): usize {
  return band
}

export function takeAlpha(): void {
  const rows = min(16, planeHeight - taken), pixels = <usize>rows * planeWidth, to = plane + <usize>taken * planeWidth
  charge(pixels)
  for (let i: usize = 0; i < pixels; i++) store<u8>(to + i, load<u8>(band + (i << 2), 3))
  taken += rows
}
