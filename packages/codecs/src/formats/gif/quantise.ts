/// <reference path="./gifenc.d.ts" />
import { quantize } from 'gifenc'
import { type Area, some } from '../../pixels/area.js'
import { TRANSPARENT } from '../../pixels/colour-table.js'

/** The first 5, 6 and 5 bits of red, green and blue. */
export const binOf = (colour: number) =>
  ((colour & 0xf8) << 8) | ((colour & 0xfc00) >> 5) | ((colour & 0xf80000) >> 19)
export const BINS = 65_536

/**
 * The library sorts colours into bins by 5, 6 and 5 bits and compares each with all: of more bins than these (a second and
 * more for one frame) it takes those of 4, 4 and 4 bits. With so many colours that makes hardly a difference to the eye.
 */
const MANY_BINS = 8192

const FEWER_BINS = 4096

export interface Quantised {
  readonly colours: readonly number[]
  /** How many pairs of bins there were to compare, which is what it costs. */
  readonly pairs: number
}

/** At most 255 colours that stand for those of the pixels that change (gifenc's pairwise nearest neighbours). */
export function quantise(target: Area, canvas: Uint32Array): Quantised {
  const { drawn, bins } = changesOf(target, canvas)
  const format = bins > MANY_BINS ? 'rgb444' : 'rgb565'
  const chosen = quantize(new Uint8Array(drawn.buffer), 255, { format })
  return {
    colours: chosen.map(([r = 0, g = 0, b = 0]) => (0xff000000 | (b << 16) | (g << 8) | r) >>> 0),
    pairs: (bins > MANY_BINS ? FEWER_BINS : bins) ** 2,
  }
}

/** The colours of the pixels that change, in a buffer of their own, and how many bins they are in. */
function changesOf(target: Area, canvas: Uint32Array) {
  const seen = new Uint8Array(BINS)
  let count = 0
  let bins = 0
  eachChange(target, canvas, colour => {
    count++
    const bin = binOf(colour)
    if (seen[bin] === 0) bins += 1
    seen[bin] = 1
  })
  const drawn = new Uint32Array(count)
  let at = 0
  eachChange(target, canvas, colour => {
    drawn[at++] = colour
  })
  return { drawn, bins }
}

function eachChange(target: Area, canvas: Uint32Array, take: (colour: number) => void): void {
  some(target, (colour, at) => {
    if (colour !== TRANSPARENT && colour !== canvas[at]) take(colour)
    return false
  })
}
