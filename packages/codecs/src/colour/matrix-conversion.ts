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
const stored = (light: number) => storedOf[Math.round(Math.min(Math.max(light * scale, 0), steps))] ?? 0

/**
 * RGBA to sRGB, in place: each channel to light by its curve, light by a matrix, and back by the curve of
 * sRGB. What lies outside of sRGB is clipped, channel by channel.
 */
export function matrixConversion(curves: readonly [Curve, Curve, Curve], matrix: Matrix) {
  const [reds, greens, blues] = [lightOf(curves[0]), lightOf(curves[1]), lightOf(curves[2])]
  const [rr, rg, rb, gr, gg, gb, br, bg, bb] = matrix.map(factor =>
    Math.round(factor * matrixSteps),
  ) as unknown as Matrix
  return (pixels: Uint8Array): void => {
    for (let at = 0; at < pixels.length; at += 4) {
      const r = reds[pixels[at] ?? 0] ?? 0
      const g = greens[pixels[at + 1] ?? 0] ?? 0
      const b = blues[pixels[at + 2] ?? 0] ?? 0
      pixels[at] = stored(rr * r + rg * g + rb * b)
      pixels[at + 1] = stored(gr * r + gg * g + gb * b)
      pixels[at + 2] = stored(br * r + bg * g + bb * b)
    }
  }
}

/** Grey as RGBA, of which the first channel counts, to sRGB, in place. */
export function greyConversion(curve: Curve) {
  const greys = lightOf(curve).map(light => stored(light * matrixSteps))
  return (pixels: Uint8Array): void => {
    for (let at = 0; at < pixels.length; at += 4) pixels.fill(greys[pixels[at] ?? 0] ?? 0, at, at + 3)
  }
}

function lightOf(curve: Curve): Float64Array {
  return Float64Array.from({ length: 256 }, (_, value) =>
    Math.round(lightSteps * Math.min(Math.max(curve(value / 255), 0), 1)),
  )
}
