import type { Picture } from '../../codec.js'
import { wordsOf } from '../../pixels/changes.js'
import { ColourTable } from '../../pixels/colour-table.js'

/** Rows looked at, spread evenly: enough for a choice. */
const sampledRows = 128

/** Bits of a difference of 0 to 255 in one channel, about. */
const bitsOfDifference = Float32Array.from({ length: 256 }, (_, far) => Math.log2(1 + 2 * far))

/**
 * Cleared for each picture, and kept for the engine: V8 discards optimized code once the last object of the shape it was
 * compiled for has been collected, and would compile it again for every picture.
 */
const table = new ColourTable(true)

/** What followed the same two neighbours last time. */
const followers = new Uint32Array(1 << 14)

/**
 * About how many bits a picture takes without loss. Pixels like the one to their left or above are free, or
 * that go on as a ramp does, and those that followed the same two neighbours before nearly so: glyphs, tiles
 * and dither repeat. Others cost what they differ, but no more than an index of the colours there are.
 */
export function estimateExactBits(picture: Picture): number {
  return bitsOf(wordsOf(picture), picture.width, picture.height)
}

function bitsOf(words: Uint32Array, width: number, height: number): number {
  table.clear()
  followers.fill(0)
  const step = Math.max(1, Math.floor(height / sampledRows))
  let rows = 0
  let repeated = 0
  let fresh = 0
  let bits = 0
  let few = true
  for (let y = step >> 1; y < height; y += step) {
    rows++
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const word = visible(words[at])
      const left = x > 0 ? visible(words[at - 1]) : 0
      const above = y > 0 ? visible(words[at - width]) : left
      if (word === left || word === above) continue
      // What goes on as a ramp does is free as well; carries between channels match by chance only.
      const corner = x > 0 && y > 0 ? visible(words[at - width - 1]) : above
      if (word === (left + above - corner) >>> 0) continue
      const slot = (Math.imul(left, 0x9e3779b1) ^ Math.imul(above, 0x85ebca6b)) >>> 18
      if (followers[slot] === word) {
        repeated++
        continue
      }
      followers[slot] = word
      fresh++
      bits += Math.min(difference(word, x > 0 ? left : above), difference(word, above))
      few &&= word === 0 || table.indexOf(word) >= 0
    }
  }
  const ofIndices = few ? fresh * (1 + Math.log2(1 + table.colours.length)) : Number.POSITIVE_INFINITY
  return ((Math.min(bits, ofIndices) + repeated) * height) / rows
}

/** What is invisible has no colour. */
function visible(word = 0): number {
  return word >>> 24 === 0 ? 0 : word
}

function difference(one: number, other: number): number {
  let bits = 0
  for (let shift = 0; shift < 32; shift += 8)
    bits += bitsOfDifference[Math.abs(((one >>> shift) & 255) - ((other >>> shift) & 255))] ?? 0
  return bits
}
