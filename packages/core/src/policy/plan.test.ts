import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Header } from '../formats/header.js'
import { cropRegion, planRendering, planSize } from './plan.js'
import { definePolicy, type PolicyInput } from './policy.js'

const header = (part: Partial<Header>): Header => ({
  format: 'jpeg',
  width: 4000,
  height: 3000,
  orientation: 1,
  frames: 1,
  durationMs: 0,
  plays: 1,
  totalPixels: 12_000_000,
  bitDepth: 8,
  colour: 'ycc',
  alpha: false,
  interlaced: false,
  scans: 1,
  metadataBytes: 0,
  iccBytes: 0,
  icc: [],
  exifBytes: 0,
  trailingBytes: 0,
  repairs: [],
  ...part,
})
const outputsOf = (part: Partial<Header>, policy: PolicyInput = {}) =>
  planRendering(header(part), definePolicy(policy)).outputs
const box = (maxWidth: number, maxHeight: number, rest = {}) => ({
  ...definePolicy().output,
  maxWidth,
  maxHeight,
  ...rest,
})

test.each([
  [4000, 3000, 1600, 1200],
  [3000, 4000, 1200, 1600],
  [1600, 1600, 1600, 1600],
  [1601, 1600, 1600, 1599],
  [100, 50, 100, 50],
  [1, 1, 1, 1],
  [16383, 1, 1600, 1],
  [1, 16383, 1, 1600],
  [5000, 2, 1600, 1],
])('%d x %d inside 1600 x 1600 is %d x %d', (width, height, maxWidth, maxHeight) => {
  expect(planSize({ width, height }, box(1600, 1600))).toEqual({ width: maxWidth, height: maxHeight })
})

test('orientations 5 to 8 are measured upright', () => {
  for (const orientation of [1, 2, 3, 4] as const)
    expect(outputsOf({ orientation })[0]).toMatchObject({ width: 1600, height: 1200 })
  for (const orientation of [5, 6, 7, 8] as const)
    expect(outputsOf({ orientation })[0]).toMatchObject({ width: 1200, height: 1600 })
})

test.each([
  ['centre', { x: 0.5, y: 0.5 }, { x: 500, y: 0, width: 3000, height: 3000 }],
  ['left edge', { x: 0, y: 0.5 }, { x: 0, y: 0, width: 3000, height: 3000 }],
  ['right edge', { x: 1, y: 1 }, { x: 1000, y: 0, width: 3000, height: 3000 }],
  ['off the middle', { x: 0.45, y: 0 }, { x: 300, y: 0, width: 3000, height: 3000 }],
])('cover cuts around the focus: %s', (_, focus, crop) => {
  expect(planSize({ width: 4000, height: 3000 }, box(200, 200, { fit: 'cover', focus }))).toEqual({
    width: 200,
    height: 200,
    crop,
  })
})

test.each([
  ['400 x 400 of 400 x 300', [400, 300], [400, 400], [300, 300], { x: 50, y: 0, width: 300, height: 300 }],
  ['a narrow source', [100, 500], [200, 200], [100, 100], { x: 0, y: 200, width: 100, height: 100 }],
  ['a box of another shape', [100, 500], [160, 120], [100, 75], { x: 0, y: 212.5, width: 100, height: 75 }],
  ['one pixel', [1, 1], [160, 120], [1, 1], { x: 0, y: 0, width: 1, height: 1 }],
] as [string, [number, number], [number, number], [number, number], object][])(
  'cover has the shape of its box, and never enlarges: %s',
  (_, from, to, becomes, crop) => {
    const [width, height] = becomes
    expect(planSize({ width: from[0], height: from[1] }, box(...to, { fit: 'cover' }))).toEqual({
      width,
      height,
      crop,
    })
  },
)

test('enlarging by choice: cover is the box, inside reaches its edge', () => {
  const source = { width: 400, height: 300 }
  expect(planSize(source, box(800, 800, { fit: 'cover', enlarge: true }))).toEqual({
    width: 800,
    height: 800,
    crop: { x: 50, y: 0, width: 300, height: 300 },
  })
  expect(planSize(source, box(800, 800, { enlarge: true }))).toEqual({ width: 800, height: 600 })
  expect(planSize(source, box(200, 200, { enlarge: true }))).toEqual({ width: 200, height: 150 })
})

const middle = { crop: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 } }
const photo = { width: 4000, height: 3000 }

test('a crop is all that an output shows, and is not enlarged', () => {
  const crop = { x: 1000, y: 750, width: 2000, height: 1500 }
  expect(planSize(photo, box(1600, 1600), middle)).toEqual({ width: 1600, height: 1200, crop })
  expect(planSize(photo, box(8000, 8000), middle)).toEqual({ width: 2000, height: 1500, crop })
  expect(planSize(photo, box(100, 100, { fit: 'cover' }), middle)).toEqual({
    width: 100,
    height: 100,
    crop: { x: 1250, y: 750, width: 1500, height: 1500 },
  })
  expect(planSize(photo, box(4000, 1000, { fit: 'cover' }), middle)).toMatchObject({
    width: 2000,
    height: 500,
  })
})

test('the crop of all is none, and the smallest one pixel', () => {
  const all = { crop: { x: 0, y: 0, width: 1, height: 1 } }
  expect(planSize(photo, box(1600, 1600), all)).toEqual({ width: 1600, height: 1200 })
  const corner = { crop: { x: 1 - 1e-9, y: 0, width: 1e-9, height: 1e-9 } }
  expect(cropRegion(photo, corner)).toEqual({ x: 3999, y: 0, width: 1, height: 1 })
})

test('the focus of an upload goes before that of the policy, also inside of its crop', () => {
  const square = box(100, 100, { fit: 'cover', focus: { x: 1, y: 1 } })
  expect(planSize(photo, square, { focus: { x: 0, y: 0 } }).crop).toMatchObject({ x: 0, y: 0 })
  expect(planSize(photo, square, { ...middle, focus: { x: 0, y: 0 } }).crop).toMatchObject({
    x: 1000,
    y: 750,
  })
  expect(planSize(photo, square, middle).crop).toMatchObject({ x: 1500, y: 750 })
})

test('a crop is of the upright picture', () => {
  const view = { crop: { x: 0, y: 0, width: 1, height: 0.5 } }
  const [turned] = planRendering(header({ orientation: 6 }), definePolicy(), view).outputs
  expect(turned).toMatchObject({ width: 1600, height: 1067, crop: { x: 0, y: 0, width: 3000, height: 2000 } })
})

const side = fc.integer({ min: 1, max: 65_535 })
const fraction = fc.double({ min: 0, max: 1, noNaN: true })
const fractions = fc.tuple(fraction, fraction, fraction, fraction).map(([left, right, top, bottom]) => ({
  x: Math.min(left, right),
  y: Math.min(top, bottom),
  width: Math.abs(left - right),
  height: Math.abs(top - bottom),
}))

test('any source gets a size of at least 1 that fits the box and is not larger than itself', () => {
  const settings = fc.record({
    maxWidth: fc.integer({ min: 1, max: 16_383 }),
    maxHeight: fc.integer({ min: 1, max: 16_383 }),
    fit: fc.constantFrom('inside', 'cover'),
    focus: fc.record({
      x: fc.double({ min: 0, max: 1, noNaN: true }),
      y: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  })
  const views = fc.option(fc.record({ crop: fractions }), { nil: undefined })
  fc.assert(
    fc.property(fc.record({ width: side, height: side }), settings, views, (source, given, view) => {
      const { width, height, crop } = planSize(
        source,
        { ...box(1, 1), ...given } as ReturnType<typeof box>,
        view,
      )
      const shown = cropRegion(source, view) ?? { x: 0, y: 0, ...source }
      for (const size of [width, height]) expect(Number.isInteger(size) && size >= 1).toBe(true)
      expect(width).toBeLessThanOrEqual(Math.min(shown.width, given.maxWidth))
      expect(height).toBeLessThanOrEqual(Math.min(shown.height, given.maxHeight))
      if (!crop) return
      expect(crop.x).toBeGreaterThanOrEqual(shown.x)
      expect(crop.y).toBeGreaterThanOrEqual(shown.y)
      expect(crop.x + crop.width).toBeLessThanOrEqual((shown.x + shown.width) * (1 + 1e-12))
      expect(crop.y + crop.height).toBeLessThanOrEqual((shown.y + shown.height) * (1 + 1e-12))
      if (given.fit === 'cover') expect(crop.width / crop.height / (width / height)).toBeCloseTo(1, 9)
    }),
    { numRuns: 1000 },
  )
})

test('main comes first, then the variants, each with its own settings', () => {
  const outputs = outputsOf(
    {},
    { output: { quality: 70, effort: 4 }, variants: { thumb: { maxWidth: 160, maxHeight: 160 }, big: {} } },
  )
  expect(outputs.map(({ name, width, quality, effort }) => [name, width, quality, effort])).toEqual([
    ['main', 1600, 70, 4],
    ['big', 1600, 82, 6],
    ['thumb', 160, 82, 6],
  ])
})

test.each([
  ['keep', 'gif', 'gif', true, 2],
  ['keep', 'webp', 'webp', true, 2],
  ['keep', 'png', 'webp', true, 2],
  ['gif', 'webp', 'gif', true, 2],
  ['webp', 'gif', 'webp', true, 2],
  ['first-frame', 'gif', 'webp', false, 6],
] as const)('an animation under %s: %s becomes %s', (animated, from, format, moving, effort) => {
  expect(outputsOf({ format: from, frames: 3 }, { animated })[0]).toMatchObject({
    format,
    animated: moving,
    effort,
  })
})

test('a still GIF becomes a WebP', () => {
  expect(outputsOf({ format: 'gif' })[0]).toMatchObject({ format: 'webp', animated: false, effort: 6 })
})

test('the format of each output is for stills alone', () => {
  const policy = { output: { format: 'avif' }, variants: { thumb: {} } } as const
  const formats = (of: Partial<Header>) => outputsOf(of, policy).map(({ format }) => format)
  expect(formats({})).toEqual(['avif', 'webp'])
  expect(formats({ format: 'gif', frames: 2 })).toEqual(['gif', 'gif'])
})

test('the budget and the placeholder come from the policy', () => {
  const policy = definePolicy({ timeMs: 5, headroom: 1.5, memoryMb: 64, placeholder: 'thumbhash' })
  expect(planRendering(header({}), policy)).toMatchObject({
    budget: { timeMs: 5, headroom: 1.5, memoryMb: 64 },
    placeholder: 'thumbhash',
  })
})

test.each([
  ['jpeg', 'jpeg'],
  ['png', 'png'],
  ['gif', 'gif'],
  ['webp', 'webp'],
  ['avif', 'avif'],
  ['heic', 'jpeg'],
] as const)('the same format as %s is %s', (format, written) => {
  expect(outputsOf({ format }, { output: { format: 'same' } })[0]?.format).toBe(written)
  expect(outputsOf({ format }, { output: { format: 'png' } })[0]?.format).toBe('png')
})

test('an animation becomes what animated says, whatever the format of stills', () => {
  const output = { format: 'same' } as const
  expect(outputsOf({ format: 'png', frames: 3 }, { output })[0]?.format).toBe('webp')
  expect(outputsOf({ format: 'gif', frames: 3 }, { output })[0]?.format).toBe('gif')
  expect(outputsOf({ format: 'png', frames: 3 }, { output, animated: 'first-frame' })[0]?.format).toBe('png')
})
