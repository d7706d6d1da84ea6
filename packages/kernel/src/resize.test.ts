import { describe, expect, test } from 'vitest'
import { kernelModule } from '../test/kernel-module.js'
import { draw, largestDifference, psnr, upright, waves } from '../test/pictures.js'
import { instantiate } from './instance.js'
import { type Pixels, type ResizePlan, resize } from './resize.js'

const module = kernelModule('debug')
const run = (source: Pixels, plan: ResizePlan) => resize(instantiate(module), source, plan)

/** Lanczos as the textbook has it, in floating point: premultiplied, both directions, no cheap reduction. */
function lanczos({ pixels, width, height }: Pixels, plan: ResizePlan): Pixels {
  const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
  const kernel = (x: number) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0)
  const weights = (n: number, origin: number, ratio: number, i: number) => {
    const scale = Math.max(1, ratio)
    const centre = origin + (i + 0.5) * ratio
    const w = Array.from({ length: n }, (_, j) => kernel((j + 0.5 - centre) / scale))
    const sum = w.reduce((a, b) => a + b)
    return w.map((v, j) => [j, v / sum] as const).filter(([, v]) => v !== 0)
  }
  const { x, y, width: cw, height: ch } = plan.crop ?? { x: 0, y: 0, width, height }
  const columns = Array.from({ length: plan.width }, (_, i) => weights(width, x, cw / plan.width, i))
  const lines = Array.from({ length: plan.height }, (_, i) => weights(height, y, ch / plan.height, i))
  return draw(plan.width, plan.height, (i, j) => {
    const sum = [0, 0, 0, 0]
    for (const [row, wy] of lines[j] ?? []) {
      for (const [column, wx] of columns[i] ?? []) {
        const at = (row * width + column) * 4
        const a = pixels[at + 3] ?? 0
        for (let c = 0; c < 4; c++)
          sum[c] = (sum[c] ?? 0) + wx * wy * (c < 3 ? ((pixels[at + c] ?? 0) * a) / 255 : a)
      }
    }
    const alpha = Math.round(Math.min(255, Math.max(0, sum[3] ?? 0)))
    const colour = (v: number) =>
      alpha ? Math.min(255, Math.max(0, Math.round((v * 255) / (sum[3] ?? 1)))) : 0
    return [...sum.slice(0, 3).map(colour), alpha]
  })
}

const speckle = (x: number, y: number) => (x * 7919 + y * 104_729 + ((x * y) % 31) * 997) % 251

describe('against floating point', () => {
  const opaque = draw(61, 47, (x, y) => [speckle(x, y), speckle(y, x), speckle(x + 9, y), 255])
  const translucent = draw(61, 47, (x, y) => [
    speckle(x, y),
    speckle(y, x),
    90,
    120 + (speckle(x, y + 5) >> 1),
  ])

  test.each([
    { width: 61, height: 47 },
    { width: 40, height: 30 },
    { width: 90, height: 100 },
    { width: 13, height: 47 },
    { width: 61, height: 5 },
    { width: 20, height: 20, crop: { x: 7.25, y: 3, width: 40, height: 40 } },
    { width: 1, height: 1 },
  ])('%o', plan => {
    const exact = { ...plan, minOversampling: 1000 }
    expect(
      largestDifference(run(opaque, { ...exact, opaque: true }).pixels, lanczos(opaque, plan).pixels),
    ).toBeLessThanOrEqual(1)
    expect(largestDifference(run(opaque, exact).pixels, lanczos(opaque, plan).pixels)).toBeLessThanOrEqual(1)
    expect(
      largestDifference(run(translucent, exact).pixels, lanczos(translucent, plan).pixels),
    ).toBeLessThanOrEqual(2)
  })

  test('box averages first, by minOversampling, change little', () => {
    const source = waves(700, 500)
    const plan = { width: 35, height: 25 }
    for (const opaque of [true, false]) {
      const exact = run(source, { ...plan, opaque, minOversampling: 1000 })
      expect(psnr(run(source, { ...plan, opaque }).pixels, exact.pixels)).toBeGreaterThan(50)
      expect(psnr(run(source, { ...plan, opaque, minOversampling: 1 }).pixels, exact.pixels)).toBeGreaterThan(
        40,
      )
    }
  })
})

test('all eight orientations, scaled or not, on odd sizes', () => {
  for (const [w, h] of [
    [29, 23],
    [12, 9],
    [1, 5],
    [8, 8],
  ] as const) {
    const source = draw(29, 23, (x, y) => [x * 8, y * 11, speckle(x, y), 200])
    const plain = run(source, { width: w, height: h })
    for (let orientation = 1; orientation <= 8; orientation++) {
      const expected = upright(plain, orientation)
      const { width, height } = expected
      expect(largestDifference(run(source, { width, height, orientation }).pixels, expected.pixels)).toBe(0)
    }
  }
})

describe('finished rows leave the kernel while it works', () => {
  const source = draw(300, 300, (x, y) => [speckle(x, y), speckle(y, x), speckle(x + 9, y), 100 + (y >> 1)])
  /** Its rows come from the last to the first: such a picture is held whole. */
  const MIRRORED = 4

  test.each([
    { width: 290, height: 280, opaque: true },
    { width: 200, height: 1100 },
    { width: 1200, height: 60 },
    { width: 700, height: 500, crop: { x: 7.25, y: 30, width: 40, height: 90.5 } },
    { width: 299, height: 290, crop: { x: 1, y: 3, width: 299, height: 290 } },
    { width: 300, height: 300 },
  ])('the same as of a picture that is held whole, larger than a band: %o', plan => {
    expect(4 * plan.width * plan.height).toBeGreaterThan(2 ** 18)
    const crop = plan.crop && { ...plan.crop, y: source.height - plan.crop.y - plan.crop.height }
    const whole = run(source, { ...plan, ...(crop && { crop }), orientation: MIRRORED })
    expect(largestDifference(run(source, plan).pixels, upright(whole, MIRRORED).pixels)).toBe(0)
  })

  test('whatever the size of the result, the kernel takes about the same', () => {
    const bytesFor = (plan: ResizePlan) => {
      const kernel = instantiate(module)
      expect(resize(kernel, source, plan).pixels.length).toBe(4 * plan.width * plan.height)
      return kernel.memory.buffer.byteLength
    }
    expect(bytesFor({ width: 300, height: 4000 })).toBeLessThan(2 * 2 ** 20)
    expect(bytesFor({ width: 300, height: 4000, orientation: MIRRORED })).toBeGreaterThan(4 * 2 ** 20)
  })
})

test('a flat picture stays exactly flat, transparent colour included', () => {
  for (const colour of [
    [200, 100, 50, 255],
    [3, 2, 1, 255],
    [200, 100, 50, 128],
    [0, 0, 0, 0],
  ]) {
    const source = draw(37, 23, () => colour)
    for (const plan of [
      { width: 11, height: 7 },
      { width: 80, height: 50 },
      { width: 3, height: 2, minOversampling: 1 },
    ]) {
      const { pixels } = run(source, plan)
      expect(largestDifference(pixels, draw(plan.width, plan.height, () => colour).pixels)).toBe(0)
    }
  }
})

test('dark translucent edges keep their shades', () => {
  // With 8 bits premultiplied, colour 40 at alpha 10 would have two shades left.
  const source = draw(256, 4, x => [40, 40, 40, Math.max(1, x >> 3)])
  const { pixels } = run(source, { width: 128, height: 2 })
  for (let i = 0; i < pixels.length; i += 4) {
    if ((pixels[i + 3] ?? 0) >= 8) expect(Math.abs((pixels[i] ?? 0) - 40)).toBeLessThanOrEqual(1)
  }
})

test('invisible colour does not bleed', () => {
  const source = draw(64, 64, x => (x < 32 ? [255, 0, 0, 0] : [0, 0, 255, 255]))
  const { pixels } = run(source, { width: 16, height: 16 })
  for (let i = 0; i < pixels.length; i += 4) expect(pixels[i]).toBe(0)
})

test('a source that is not as large as it says is refused', () => {
  const source = { pixels: new Uint8Array(99), width: 5, height: 5 }
  expect(() => run(source, { width: 2, height: 2 })).toThrow(
    expect.objectContaining({ code: 'bad-arguments' }),
  )
})
