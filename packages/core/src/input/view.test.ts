import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UploadError } from '../errors/upload-error.js'
import { type Crop, checkView, parseCrop, parseFocus } from './view.js'

const half = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 }

test('no wishes, no view', () => expect(checkView({})).toBeUndefined())

test('what is checked is a frozen copy', () => {
  const crop = { ...half }
  const view = checkView({ crop, focus: { x: 0, y: 1 } })
  expect(view).toEqual({ crop: half, focus: { x: 0, y: 1 } })
  expect(view?.crop).not.toBe(crop)
  for (const part of [view, view?.crop, view?.focus]) expect(Object.isFrozen(part)).toBe(true)
})

test.each([
  ['a number that is none', { x: Number.NaN }],
  ['no end', { width: Number.POSITIVE_INFINITY }],
  ['text', { x: '0.5' }],
  ['nothing', { height: undefined }],
  ['a negative', { y: -0.1 }],
  ['more than all', { width: 1.1 }],
  ['over the right edge', { x: 0.6 }],
  ['over the lower edge', { y: 0.51 }],
  ['no width', { width: 0 }],
  ['no height', { height: 0 }],
])('%s is no crop', (_, part) => {
  const crop = { ...half, ...part } as Crop
  expect(() => checkView({ crop })).toThrow(expect.objectContaining({ code: 'invalid-crop', status: 400 }))
})

test.each([{ x: Number.NaN, y: 0 }, { x: 0 }, { x: 0, y: 1.01 }, { x: -1, y: 0 }])(
  '%j is no focus',
  focus => {
    expect(() => checkView({ focus: focus as Crop })).toThrow(
      expect.objectContaining({ code: 'invalid-crop' }),
    )
  },
)

test('a hair over the edge is the edge', () => {
  expect(checkView({ crop: { x: 0.7, y: 0, width: 0.3 + 1e-9, height: 1 } })?.crop?.width).toBe(1 - 0.7)
})

test('fields of a form', () => {
  expect(parseCrop('0.25, .25,0.5,0.50')).toEqual(half)
  expect(parseCrop('0,0,1,1')).toEqual({ x: 0, y: 0, width: 1, height: 1 })
  expect(parseFocus('1e-3,1')).toEqual({ x: 0.001, y: 1 })
})

test.each([
  '',
  '0,0,1',
  '0,0,1,1,1',
  'a,0,1,1',
  '0x1,0,0,1',
  '0,0,1,-1',
  '0,0,,1',
  '0,0,1,2',
  '0 ,0,1,1;',
  'NaN,0,1,1',
])('no crop: %j', text =>
  expect(() => parseCrop(text)).toThrow(expect.objectContaining({ code: 'invalid-crop' })),
)

test('any text is a crop inside of the picture, or refused', () => {
  const numbers = fc.array(fc.double({ min: -0.5, max: 1.5 }).map(String), { minLength: 3, maxLength: 5 })
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 300 }), numbers.map(String)), text => {
      try {
        const { x, y, width, height } = parseCrop(text)
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
        expect(Math.min(width, height)).toBeGreaterThan(0)
        expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1)
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(UploadError)
      }
    }),
    { numRuns: 1000 },
  )
})
