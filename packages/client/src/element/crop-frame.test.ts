import { parseCrop } from '@sluice/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CropFrame,
  centredFrame,
  cropOf,
  moveFrame,
  parseAspect,
  resizeFrame,
  scaleFrame,
  scaleOf,
} from './crop-frame.js'

/** Of the pixels that it cuts out. */
const shapeOf = ({ crop, pictureAspect }: CropFrame) => (crop.width * pictureAspect) / crop.height

test('a square of a wide picture is as high as it, in its middle', () => {
  expect(centredFrame(2, 1).crop).toEqual({ x: 0.25, y: 0, width: 0.5, height: 1 })
  expect(centredFrame(0.5, 1).crop).toEqual({ x: 0, y: 0.25, width: 1, height: 0.5 })
  expect(centredFrame(1.5).crop).toEqual({ x: 0, y: 0, width: 1, height: 1 })
})

test('it is moved as far as the edges', () => {
  const { crop } = moveFrame(centredFrame(2, 1), 0.1, 0.1)
  expect([crop.x, crop.y]).toEqual([0.35, 0])
  expect(moveFrame(centredFrame(2, 1), -9, 9).crop).toMatchObject({ x: 0, y: 0 })
})

test('its corner is drawn; without a shape both sides go their own way', () => {
  const half = scaleFrame(centredFrame(2, 1), 0.5)
  expect(half.crop).toMatchObject({ width: 0.25, height: 0.5, x: 0.375, y: 0.25 })
  expect(resizeFrame(half, 0.05, 0).crop.width).toBeCloseTo(0.3)
  expect(resizeFrame(half, 0, -0.1).crop).toMatchObject({ width: 0.2, height: 0.4 })
  const free = resizeFrame(centredFrame(2), -0.5, -0.25)
  expect(free.crop).toMatchObject({ width: 0.5, height: 0.75 })
})

test('whatever is done to it, it stays in the picture and in its shape, and the server takes it', () => {
  const change = fc.double({ min: -2, max: 2, noNaN: true })
  const act = fc.record({ act: fc.constantFrom('move', 'resize', 'scale'), a: change, b: change })
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      fc.option(fc.double({ min: 0.1, max: 10, noNaN: true }), { nil: undefined }),
      fc.array(act, { maxLength: 20 }),
      (pictureAspect, aspect, acts) => {
        let frame = centredFrame(pictureAspect, aspect)
        for (const { act, a, b } of acts) {
          if (act === 'move') frame = moveFrame(frame, a, b)
          else if (act === 'resize') frame = resizeFrame(frame, a, b)
          else frame = scaleFrame(frame, a)
        }
        const { x, y, width, height } = frame.crop
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
        expect(Math.min(width, height)).toBeGreaterThan(0)
        expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + 1e-9)
        if (aspect !== undefined) expect(shapeOf(frame) / aspect).toBeCloseTo(1, 6)
        expect(scaleOf(frame)).toBeLessThanOrEqual(1 + 1e-9)
        const sent = cropOf(frame)
        if (Math.min(sent.width, sent.height) > 0)
          expect(() => parseCrop([sent.x, sent.y, sent.width, sent.height].join())).not.toThrow()
      },
    ),
  )
})

test.each([
  ['', 1],
  ['square', 1],
  ['3/2', 1.5],
  ['free', undefined],
  ['3/0', undefined],
  ['0/3', undefined],
])('the attribute %j is %s', (text, aspect) => {
  expect(parseAspect(text)).toBe(aspect)
})
