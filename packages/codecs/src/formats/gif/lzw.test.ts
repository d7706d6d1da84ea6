import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LzwCompressor } from './lzw.js'

// One for all, as for the frames of a picture: nothing of what it did before may show.
const lzw = new LzwCompressor()

/** The plainest reader of GIF's LZW, to read back what was written. */
function expand(data: Uint8Array, bits: number): number[] {
  const root = Math.max(bits, 2)
  const clear = 1 << root
  let table: number[][] = []
  let last: number[] | undefined
  let width = root + 1
  let place = 0
  const out: number[] = []
  const restart = () => {
    table = Array.from({ length: clear + 2 }, (_, index) => [index])
    last = undefined
    width = root + 1
  }
  for (;;) {
    let code = 0
    for (let bit = 0; bit < width; bit++, place++)
      code |= (((data[place >> 3] ?? 0) >> (place & 7)) & 1) << bit
    if (code === clear) {
      restart()
      continue
    }
    if (code === clear + 1) return out
    const first: number[] = last ?? []
    const entry: number[] = table[code] ?? [...first, first[0] ?? 0]
    out.push(...entry)
    if (last && table.length < 4096) table.push([...last, entry[0] ?? 0])
    if (table.length === 1 << width && width < 12) width += 1
    last = entry
  }
}

test.each([1, 2, 4, 8])('indices of %i bits come back', bits => {
  const indices = fc.array(fc.nat((1 << bits) - 1), { minLength: 1, maxLength: 3000 })
  fc.assert(
    fc.property(indices, list => {
      expect(expand(lzw.compress(Uint8Array.from(list), bits), bits)).toEqual(list)
    }),
    { numRuns: 40 },
  )
})

test('the table fills up and starts again', () => {
  let state = 1
  const noise = Uint8Array.from({ length: 40_000 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state >>> 24
  })
  expect(expand(lzw.compress(noise, 8), 8)).toEqual([...noise])
})

test('what repeats becomes small', () => {
  expect(lzw.compress(new Uint8Array(100_000), 8).length).toBeLessThan(1000)
})

test('work that would take too many bytes is given up', () => {
  const indices = Uint8Array.from({ length: 9000 }, (_, at) => (at * 7919) & 255)
  const { length } = lzw.compress(indices, 8)
  expect(lzw.compress(indices, 8, length)).toBeUndefined()
  expect(lzw.compress(indices, 8, 100)).toBeUndefined()
  expect(lzw.compress(indices, 8, length + 1)?.length).toBe(length)
})
