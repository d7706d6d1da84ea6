import type { Rectangle } from '@sluice/core'
import type { Picture, Size } from '../../codec.js'
import { changedBox, union, wordsOf } from '../../pixels/changes.js'
import { CLEAR, ColourTable } from '../../pixels/colour-table.js'
import { type FrameImage, type FramePlace, gifFrame } from './blocks.js'
import { quantise } from './quantise.js'

/** A picture as GIF can show it: pixels that are at least half opaque are opaque, the others are CLEAR. */
export function onOrOff(picture: Picture): Uint32Array {
  const words = wordsOf(picture)
  const out = new Uint32Array(words.length)
  for (let pixel = 0; pixel < out.length; pixel++) {
    const word = words[pixel] ?? 0
    out[pixel] = word >>> 31 === 1 ? word | 0xff000000 : CLEAR
  }
  return out
}

export interface Step extends Size {
  /** What is on the screen. Becomes what is there after this frame is disposed of. */
  readonly shown: Uint32Array
  readonly picture: Uint32Array
  /** The picture after this one, if there is one. */
  readonly next: Uint32Array | undefined
  readonly delay: number
  readonly isFirst: boolean
  /** The palette for all frames; it takes up new colours as long as there is room. */
  readonly common: ColourTable
}

/**
 * A frame that makes `picture` of what is shown: only the rectangle that changes, unchanged pixels in it transparent. GIF
 * can make pixels transparent again only by disposing of a frame: where the next picture needs that, this frame covers them.
 */
export function nextFrame(step: Step): Uint8Array {
  const { width, height, shown, picture, next, delay, isFirst, common } = step
  const vanishing = next && vanishingBox(step, picture, next)
  // Browsers take for transparent what no frame has covered; libvips and Pillow fill it in. So the first covers all.
  const changed = isFirst ? { x: 0, y: 0, width, height } : changedBox(step, picture, shown)
  const box = union(changed, vanishing) ?? { x: 0, y: 0, width: 1, height: 1 }
  const place: FramePlace = { ...box, delay, dispose: vanishing !== undefined }
  const wanted = cutWords(picture, step.width, box)
  const changes = withoutUnchanged(wanted, cutWords(shown, step.width, box))
  const frame = shortest(place, common, changes, wanted)
  shown.set(picture)
  if (vanishing) clear(shown, step.width, box)
  return frame
}

/** Where pixels that are seen are to be seen no more. */
function vanishingBox(size: Size, picture: Uint32Array, next: Uint32Array): Rectangle | undefined {
  if (!next.includes(CLEAR)) return undefined
  const left = picture.slice()
  for (let pixel = 0; pixel < left.length; pixel++) if (next[pixel] === CLEAR) left[pixel] = CLEAR
  return changedBox(size, picture, left)
}

/** Leaving out what did not change mostly makes a frame smaller, but repeated colours can compress better than gaps. */
function shortest(
  place: FramePlace,
  common: ColourTable,
  changes: Uint32Array,
  wanted: Uint32Array,
): Uint8Array {
  // And they clear a rectangle to what is transparent only where the frame says what that is.
  const transparent = place.dispose || changes.includes(CLEAR) ? 0 : undefined
  const sparse = gifFrame(place, imageOf(changes, common, transparent))
  if (wanted.includes(CLEAR)) return sparse
  const places = common.placesOf(wanted)
  if (!places) return sparse
  const full = gifFrame(place, fromTable(places, common, place.dispose ? 0 : undefined))
  return full.length < sparse.length ? full : sparse
}

/** With the common palette, else one of its own, else one of colours that stand for those that are too many. */
function imageOf(wanted: Uint32Array, common: ColourTable, transparent: 0 | undefined): FrameImage {
  const shared = common.placesOf(wanted)
  if (shared) return fromTable(shared, common, transparent)
  const own = new ColourTable(transparent === 0)
  const places = own.placesOf(wanted)
  if (places) return { ...fromTable(places, own, transparent), colours: own.colours }
  const chosen = quantise(wanted)
  return { ...chosen, size: chosen.colours.length, transparent: 0 }
}

const fromTable = (places: Uint8Array, table: ColourTable, transparent: number | undefined): FrameImage => ({
  places,
  colours: undefined,
  size: table.colours.length,
  transparent,
})

function cutWords(words: Uint32Array, stride: number, { x, y, width, height }: Rectangle): Uint32Array {
  const out = new Uint32Array(width * height)
  for (let row = 0; row < height; row++) {
    const from = (y + row) * stride + x
    out.set(words.subarray(from, from + width), row * width)
  }
  return out
}

function withoutUnchanged(wanted: Uint32Array, shown: Uint32Array): Uint32Array {
  const out = wanted.slice()
  for (let pixel = 0; pixel < out.length; pixel++) if (out[pixel] === shown[pixel]) out[pixel] = CLEAR
  return out
}

function clear(words: Uint32Array, stride: number, { x, y, width, height }: Rectangle): void {
  for (let row = y; row < y + height; row++) words.fill(CLEAR, row * stride + x, row * stride + x + width)
}
