import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distance, ONE_LEVEL, SortedColours } from './nearest.js'

const colour = fc.nat(0xffffff).map(rgb => (0xff000000 | rgb) >>> 0)

test('no colour is nearer than the one that is found, whatever the guess', () => {
  const lists = fc.array(colour, { minLength: 1, maxLength: 255 })
  fc.assert(
    fc.property(lists, colour, fc.nat(), (list, wanted, guess) => {
      const sorted = new SortedColours(list)
      const index = sorted.nearest(wanted, 1 + (guess % list.length))
      expect(index).toBeGreaterThan(0)
      expect(distance(wanted, sorted.at(index))).toBe(Math.min(...list.map(other => distance(wanted, other))))
    }),
  )
})

test('one level in each channel', () => {
  expect(distance(0xff040302, 0xff050403)).toBe(ONE_LEVEL)
})
