import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wholeArea } from './area.js'
import { ColourTable, TRANSPARENT } from './colour-table.js'

const opaque = (colour: number) => (0xff000000 | colour) >>> 0
const pixels = fc
  .uint8Array({ minLength: 60, maxLength: 60, max: 5 })
  .map(bytes => Uint32Array.from(bytes, opaque))

test('what was left out is filled in later, and then every index shows its colour', () => {
  fc.assert(
    fc.property(pixels, pixels, (words, canvas) => {
      const table = new ColourTable(true)
      const indices = new Uint8Array(words.length)
      expect(table.fill(wholeArea(words), indices, canvas)).toBe(true)
      expect([...indices].map(index => index === 0)).toEqual(
        [...words].map((word, at) => word === canvas[at]),
      )
      expect(table.fill(wholeArea(words), indices)).toBe(true)
      expect([...indices].map(index => table.colours[index])).toEqual([...words])
    }),
  )
})

test('an area is filled row by row, and nothing beside it is looked at', () => {
  const words = Uint32Array.from({ length: 20 }, (_, at) => opaque(at))
  const table = new ColourTable(true)
  const indices = new Uint8Array(4)
  expect(table.fill({ words, stride: 5, start: 6, width: 2, height: 2 }, indices)).toBe(true)
  expect([...indices]).toEqual([1, 2, 3, 4])
  expect(table.colours).toEqual([TRANSPARENT, ...[6, 7, 11, 12].map(opaque)])
})

test('256 with the place of what is transparent, and not one more: then the table is as it was', () => {
  const words = Uint32Array.from({ length: 256 }, (_, at) => opaque(at))
  const table = new ColourTable(true)
  expect(table.fill(wholeArea(words.subarray(0, 255)), new Uint8Array(255))).toBe(true)
  const { colours } = table
  expect(colours).toHaveLength(256)
  const before = [...colours]
  expect(table.fill(wholeArea(words), new Uint8Array(256))).toBe(false)
  expect(table.colours).toEqual(before)
  expect(new ColourTable(false).fill(wholeArea(words), new Uint8Array(256))).toBe(true)
})
