import { expect, test } from 'vitest'
import { wholeArea } from '../../pixels/area.js'
import { TRANSPARENT } from '../../pixels/colour-table.js'
import { distance } from './nearest.js'
import { Palette } from './palette.js'

const [WIDTH, HEIGHT] = [96, 80]
const nothing = new Uint32Array(WIDTH * HEIGHT)

/** Thousands of colours: a slope of two channels, moved sideways and round. */
const scene = (moved: number, colourOf: (x: number, y: number) => number) =>
  Uint32Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
    colourOf((at + moved) % WIDTH, Math.floor(at / WIDTH)),
  )
const warm = (x: number, y: number) => (0xff000000 | ((2 * x) << 8) | (3 * y)) >>> 0
const cold = (x: number, y: number) => (0xff400000 | ((3 * y) << 16) | (128 + x)) >>> 0

function meanError(indices: Uint8Array, { colours }: Palette, wanted: Uint32Array): number {
  const sum = wanted.reduce(
    (sum, colour, at) => sum + distance(colour, colours[indices[at] ?? 0] ?? TRANSPARENT),
    0,
  )
  return sum / wanted.length
}

test('the same colours elsewhere keep the palette, and their indices', () => {
  const palette = new Palette()
  const first = palette.indicesOf(wholeArea(scene(0, warm)), nothing)
  const { colours } = palette
  const second = palette.indicesOf(wholeArea(scene(7, warm)), nothing)
  expect(palette.colours).toEqual(colours)
  const row = [...first.subarray(0, WIDTH)]
  expect([...second.subarray(0, WIDTH)]).toEqual([...row.slice(7), ...row.slice(0, 7)])
})

test('another scene makes a new one, as good as if it were the first', () => {
  const kept = new Palette()
  kept.indicesOf(wholeArea(scene(0, warm)), nothing)
  const fresh = new Palette()
  const wanted = scene(0, cold)
  expect(kept.indicesOf(wholeArea(wanted), nothing)).toEqual(fresh.indicesOf(wholeArea(wanted), nothing))
  expect(kept.colours).toEqual(fresh.colours)
})

test('however slowly the colours change, the error stays near that of colours chosen for the frame', () => {
  const kept = new Palette()
  const seen = new Set<string>()
  for (let step = 0; step <= 60; step++) {
    const wanted = scene(0, (x, y) => (warm(x, y) | (step << 16)) >>> 0)
    const fresh = new Palette()
    const [error, least] = [kept, fresh].map(palette =>
      meanError(palette.indicesOf(wholeArea(wanted), nothing), palette, wanted),
    )
    expect(error).toBeLessThan(1.3 * (least ?? 0))
    seen.add(kept.colours.join())
  }
  expect(seen.size).toBeGreaterThan(2)
  expect(seen.size).toBeLessThan(50)
})

test('what does not change, and what is clear, has index 0', () => {
  const wanted = scene(0, warm)
  wanted[5] = TRANSPARENT
  const shown = new Uint32Array(wanted.length)
  shown.set(wanted.subarray(0, WIDTH))
  const indices = new Palette().indicesOf(wholeArea(wanted), shown)
  expect(indices.subarray(0, WIDTH).every(index => index === 0)).toBe(true)
  expect(indices.subarray(WIDTH).every(index => index > 0)).toBe(true)
})
