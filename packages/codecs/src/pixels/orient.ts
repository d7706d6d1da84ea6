import type { Orientation, Rectangle } from '@sluice/core'
import type { Picture, Size } from '../codec.js'
import { zeroWords } from './changes.js'

/** Whether rows of the stored picture are columns of the upright one (EXIF orientations 5 to 8). */
export const isTurned = (orientation: Orientation) => orientation >= 5

/** Stored size of an upright size, and the other way round. */
export function turnSize({ width, height }: Size, orientation: Orientation): Size {
  return isTurned(orientation) ? { width: height, height: width } : { width, height }
}

/** Where the stored pixels lie: mirrored along a stored axis, for each orientation 1 to 8 (EXIF 2.32, 4.6.4 A). */
const mirrors: Readonly<Record<Orientation, readonly [x: boolean, y: boolean]>> = {
  1: [false, false],
  2: [true, false],
  3: [true, true],
  4: [false, true],
  5: [false, false],
  6: [false, true],
  7: [true, true],
  8: [true, false],
}

/** The upright picture of a stored one. */
export function orient(picture: Picture, orientation: Orientation): Picture {
  if (orientation === 1) return picture
  const { width, height } = picture
  const [mirrorX, mirrorY] = mirrors[orientation]
  const stored = asWords(picture.pixels)
  const upright = turnSize(picture, orientation)
  const words = zeroWords(stored.length)
  const stepX = mirrorX ? -1 : 1
  const stepY = mirrorY ? -width : width
  const origin = (mirrorX ? width - 1 : 0) + (mirrorY ? (height - 1) * width : 0)
  const [alongRow, alongColumn] = isTurned(orientation) ? [stepY, stepX] : [stepX, stepY]
  let to = 0
  for (let row = 0; row < upright.height; row++) {
    let from = origin + row * alongColumn
    for (let column = 0; column < upright.width; column++, from += alongRow) words[to++] = stored[from] ?? 0
  }
  return { ...upright, pixels: new Uint8Array(words.buffer, 0, words.byteLength) }
}

/** The rectangle of the stored picture that a rectangle of the upright one shows. `stored` is the stored size. */
export function storedRectangle(upright: Rectangle, stored: Size, orientation: Orientation): Rectangle {
  const [mirrorX, mirrorY] = mirrors[orientation]
  const { x, y, width, height } = isTurned(orientation)
    ? { x: upright.y, y: upright.x, width: upright.height, height: upright.width }
    : upright
  return {
    x: mirrorX ? stored.width - x - width : x,
    y: mirrorY ? stored.height - y - height : y,
    width,
    height,
  }
}

/** One 32-bit word a pixel. Pixels whose offset is odd (views into a file) are copied. */
function asWords(pixels: Uint8Array): Uint32Array {
  const aligned = pixels.byteOffset % 4 === 0 ? pixels : pixels.slice()
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4)
}
