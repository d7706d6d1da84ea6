import type { Rectangle } from '@sluice/core'
import type { Size } from '../../codec.js'
import { type Area, some } from '../../pixels/area.js'
import type { BinaryAlphaFrame } from '../../pixels/binary-alpha.js'
import { changedBox, copyOfWords, union } from '../../pixels/changes.js'
import { TRANSPARENT } from '../../pixels/colour-table.js'
import { type FramePlace, gifFrame } from './blocks.js'
import { type EncoderState, shortest } from './shortest.js'

export interface FrameToEncode extends Size {
  /** What is on the canvas before it. */
  readonly canvas: Uint32Array
  readonly picture: BinaryAlphaFrame
  /** The picture after this one, if there is one. */
  readonly next: BinaryAlphaFrame | undefined
  readonly delay: number
  readonly isFirst: boolean
  readonly state: EncoderState
}

/** A frame, and what is on the canvas after its disposal. */
export interface EncodedFrame {
  readonly frame: Uint8Array
  readonly canvas: Uint32Array
}

/**
 * A frame that turns the canvas into `picture`: only the rectangle that changes, unchanged pixels in it transparent. GIF
 * can make pixels transparent again only by disposing of a frame: where the next picture needs that, this frame covers them.
 */
export function nextFrame(given: FrameToEncode): EncodedFrame {
  const { width, height, canvas, picture, next, delay, isFirst, state } = given
  const { words } = picture
  const vanishing = next && vanishingBox(given, words, next)
  // Browsers take for transparent what no frame has covered; libvips and Pillow fill it in. So the first covers all.
  const changed = isFirst ? { x: 0, y: 0, width, height } : changedBox(given, words, canvas)
  const box = union(changed, vanishing) ?? { x: 0, y: 0, width: 1, height: 1 }
  const place: FramePlace = { ...box, delay, dispose: vanishing !== undefined }
  const target: Area = { ...box, words, stride: width, start: box.y * width + box.x }
  const covered = picture.covered || !some(target, colour => colour === TRANSPARENT)
  const delta = { target, canvas, covered, dispose: place.dispose }
  const image = shortest(delta, state)
  const left = vanishing ? cleared(words, width, box) : words
  return { frame: gifFrame(place, image), canvas: left }
}

/** Where opaque pixels become transparent. */
function vanishingBox(
  { width, height }: Size,
  words: Uint32Array,
  { words: next, covered }: BinaryAlphaFrame,
): Rectangle | undefined {
  if (covered) return undefined
  let left = width
  let right = -1
  let top = height
  let bottom = -1
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      if (next[at] !== TRANSPARENT || words[at] === TRANSPARENT) continue
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      bottom = y
    }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}

function cleared(words: Uint32Array, stride: number, { x, y, width, height }: Rectangle): Uint32Array {
  const out = copyOfWords(words)
  for (let row = y; row < y + height; row++) out.fill(TRANSPARENT, row * stride + x, row * stride + x + width)
  return out
}
