import { expect, test } from 'vitest'
import { Canvas } from './canvas.js'

const pixel = (...rgba: number[]) => ({ width: 1, height: 1, pixels: Uint8Array.from(rgba) })
const at = (canvas: Canvas, x: number, y: number) => [
  ...canvas.pixels.subarray(4 * (y * canvas.width + x), 4 * (y * canvas.width + x) + 4),
]

test('over, with straight alpha', () => {
  const canvas = new Canvas({ width: 2, height: 2, pixels: new Uint8Array(16) })
  canvas.lay(pixel(10, 20, 30, 128), 1, 1)
  expect(at(canvas, 1, 1)).toEqual([10, 20, 30, 128])
  canvas.lay(pixel(110, 120, 130, 128), 1, 1)
  // Alpha 128 over 128 is 192; the upper colour weighs 128 of it, the lower 64.
  expect(at(canvas, 1, 1)).toEqual([77, 87, 97, 192])
  canvas.lay(pixel(1, 2, 3, 0), 1, 1)
  expect(at(canvas, 1, 1)).toEqual([77, 87, 97, 192])
  canvas.lay(pixel(1, 2, 3, 255), 1, 1)
  expect(at(canvas, 1, 1)).toEqual([1, 2, 3, 255])
})

test('replace and clear touch their rectangle only', () => {
  const canvas = new Canvas({ width: 3, height: 3, pixels: new Uint8Array(36) })
  canvas.replace({ width: 3, height: 3, pixels: new Uint8Array(36).fill(9) }, 0, 0)
  canvas.replace(pixel(1, 2, 3, 0), 1, 0)
  expect(at(canvas, 1, 0)).toEqual([1, 2, 3, 0])
  canvas.clear({ x: 1, y: 1, width: 2, height: 1 })
  expect([at(canvas, 0, 1), at(canvas, 1, 1), at(canvas, 2, 1), at(canvas, 1, 2)]).toEqual([
    [9, 9, 9, 9],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [9, 9, 9, 9],
  ])
})
