import { fromLight } from './srgb.js'

/** Row by row, of linear light to linear sRGB. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number]

/** Stored value to light, both 0 to 1. */
export type Curve = (value: number) => number

/*
 * Light and matrix are whole numbers below, and their sums exact: engines may differ in the last bit of a
 * power, and nothing else.
 */
const lightSteps = 2 ** 16
const matrixSteps = 2 ** 14
const steps = 8192

const storedOf = Uint8Array.from({ length: steps + 1 }, (_, step) =>
  Math.round(255 * fromLight(step / steps)),
)
const scale = steps / (lightSteps * matrixSteps)
const stored = (light: number) => storedOf[(Math.min(Math.max(light * scale, 0), steps) + 0.5) | 0] ?? 0

/**
 * RGBA to sRGB, in place: each channel to light by its curve, light by a matrix, and back by the curve of
 * sRGB. What lies outside of sRGB is clipped, channel by channel.
 */
export function matrixConversion(curves: readonly [Curve, Curve, Curve], matrix: Matrix) {
  const lights = [lightOf(curves[0]), lightOf(curves[1]), lightOf(curves[2])] as const
  const factors = matrix.map(factor => Math.round(factor * matrixSteps)) as unknown as Matrix
  return (pixels: Uint8Array): void => convertColours(pixels, lights, factors)
}

// The loops are functions of the module: closures would be compiled again for every picture.
function convertColours(
  pixels: Uint8Array,
  [reds, greens, blues]: readonly [Float64Array, Float64Array, Float64Array],
  [rr, rg, rb, gr, gg, gb, br, bg, bb]: Matrix,
): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const r = reds[pixels[at] ?? 0] ?? 0
    const g = greens[pixels[at + 1] ?? 0] ?? 0
    const b = blues[pixels[at + 2] ?? 0] ?? 0
    pixels[at] = stored(rr * r + rg * g + rb * b)
    pixels[at + 1] = stored(gr * r + gg * g + gb * b)
    pixels[at + 2] = stored(br * r + bg * g + bb * b)
  }
}

/** Grey as RGBA, of which the first channel counts, to sRGB, in place. */
export function greyConversion(curve: Curve) {
  const greys = Uint8Array.from(lightOf(curve), light => stored(light * matrixSteps))
  return (pixels: Uint8Array): void => convertGreys(pixels, greys)
}

function convertGreys(pixels: Uint8Array, greys: Uint8Array): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const grey = greys[pixels[at] ?? 0] ?? 0
    pixels[at] = grey
    pixels[at + 1] = grey
    pixels[at + 2] = grey
  }
}

function lightOf(curve: Curve): Float64Array {
  const lights = new Float64Array(256)
  for (let value = 0; value < 256; value++)
    lights[value] = Math.round(lightSteps * Math.min(Math.max(curve(value / 255), 0), 1))
  return lights
}
