import type { Rectangle } from '@sluice/core'
import type { Picture } from '../../codec.js'
import { boundingBox } from '../changes.js'
import type { IndexedFrame } from './blocks.js'
import { coloursFor } from './palette.js'

/** A picture as GIF can show it: `0xrrggbb` of a pixel, or nothing there. */
export const CLEAR = 0xffff_ffff

/** Pixels that are at least half opaque are opaque. */
export function onOrOff({ pixels }: Picture): Uint32Array {
  const out = new Uint32Array(pixels.length / 4)
  for (let pixel = 0, at = 0; pixel < out.length; pixel++, at += 4)
    out[pixel] =
      (pixels[at + 3] ?? 0) < 128
        ? CLEAR
        : ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0)
  return out
}

export interface Step {
  readonly width: number
  readonly height: number
  /** What is on the screen. Becomes what is there after this frame is disposed of. */
  readonly shown: Uint32Array
  readonly picture: Uint32Array
  /** The picture after this one, if there is one. */
  readonly next: Uint32Array | undefined
  readonly delay: number
}

/**
 * A frame that makes `picture` of what is shown: only the rectangle that changes, unchanged pixels in it transparent. GIF
 * can make pixels transparent again only by disposing of a frame: where the next picture needs that, this frame covers them.
 */
export function nextFrame({ width, height, shown, picture, next, delay }: Step): IndexedFrame {
  const size = { width, height }
  const vanishes = (pixel: number) => next !== undefined && next[pixel] === CLEAR && picture[pixel] !== CLEAR
  const dispose = next !== undefined && boundingBox(size, vanishes) !== undefined
  const box = boundingBox(size, pixel => picture[pixel] !== shown[pixel] || (dispose && vanishes(pixel))) ?? {
    ...{ x: 0, y: 0, width: 1, height: 1 },
  }
  const frame = { ...indexed(box, width, shown, picture), delay, dispose }
  shown.set(picture)
  if (dispose)
    for (let y = box.y; y < box.y + box.height; y++)
      shown.fill(CLEAR, y * width + box.x, y * width + box.x + box.width)
  return frame
}

function indexed(box: Rectangle, stride: number, shown: Uint32Array, picture: Uint32Array) {
  const wanted = new Uint32Array(box.width * box.height)
  const drawn: number[] = []
  for (let place = 0; place < wanted.length; place++) {
    const pixel = (box.y + Math.floor(place / box.width)) * stride + box.x + (place % box.width)
    const colour = picture[pixel] ?? CLEAR
    wanted[place] = colour === shown[pixel] ? CLEAR : colour
    if (wanted[place] !== CLEAR) drawn.push(colour)
  }
  const { palette, indexOf } = coloursFor(Uint32Array.from(drawn))
  const transparent = drawn.length < wanted.length ? palette.length : undefined
  const indices = new Uint8Array(wanted.length)
  wanted.forEach((colour, place) => {
    indices[place] = colour === CLEAR ? palette.length : indexOf(colour)
  })
  return { ...box, indices, palette: transparent === undefined ? palette : [...palette, 0], transparent }
}
