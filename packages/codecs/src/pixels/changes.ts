import type { Rectangle } from '@sluice/core'
import { zeros } from '@sluice/sandbox'
import type { Picture, Size } from '../codec.js'

/** One 32-bit word a pixel, to compare them at once: `0xaabbggrr` on every machine that runs WebAssembly. */
export function wordsOf({ pixels }: Picture): Uint32Array {
  return pixels.byteOffset % 4 === 0
    ? new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4)
    : new Uint32Array(pixels.slice().buffer)
}

/** As many words, all 0. */
export const zeroWords = (count: number) => new Uint32Array(zeros(4 * count).buffer, 0, count)

export function copyOfWords(words: Uint32Array): Uint32Array {
  const copy = zeroWords(words.length)
  copy.set(words)
  return copy
}

/** The smallest rectangle that holds every pixel in which two pictures differ; undefined where there is none. */
export function changedBox({ width }: Size, one: Uint32Array, other: Uint32Array): Rectangle | undefined {
  let first = 0
  while (first < one.length && one[first] === other[first]) first++
  if (first === one.length) return undefined
  let last = one.length - 1
  while (one[last] === other[last]) last--
  const top = Math.floor(first / width)
  const bottom = Math.floor(last / width)
  let left = width
  let right = -1
  for (let row = top; row <= bottom; row++) {
    const start = row * width
    for (let x = 0; x < left; x++) if (one[start + x] !== other[start + x]) left = x
    for (let x = width - 1; x > right; x--) if (one[start + x] !== other[start + x]) right = x
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}

/** The smallest rectangle that holds both. */
export function union(one: Rectangle | undefined, other: Rectangle | undefined): Rectangle | undefined {
  if (!one || !other) return one ?? other
  const x = Math.min(one.x, other.x)
  const y = Math.min(one.y, other.y)
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  }
}

/** A part of a picture. The rectangle is of whole pixels and lies within it. */
export function cut(picture: Picture, { x, y, width, height }: Rectangle): Picture {
  const pixels = zeros(4 * width * height)
  for (let line = 0; line < height; line++) {
    const from = 4 * ((y + line) * picture.width + x)
    pixels.set(picture.pixels.subarray(from, from + 4 * width), 4 * line * width)
  }
  return { width, height, pixels }
}
