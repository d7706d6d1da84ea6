import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../test/bytes-of.js'
import { exifBlock } from '../../test/exif-block.js'
import { ByteReader } from '../input/bytes.js'
import { readOrientation } from './exif.js'

const orientation = (bytes: Uint8Array) => readOrientation(new ByteReader(bytes))

describe('readOrientation', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('reads %i in both byte orders, with and without prefix', value => {
    for (const little of [true, false]) {
      const block = exifBlock({ orientation: value, little })
      expect(orientation(block)).toBe(value)
      expect(orientation(bytesOf('Exif\0\0', block))).toBe(value)
    }
  })

  it.each([0, 9, 255])('takes %i for upright', value => {
    expect(orientation(exifBlock({ orientation: value }))).toBe(1)
  })

  it('reads whole numbers of any width, and no other type', () => {
    for (const type of [1, 3, 4, 6, 8, 9]) expect(orientation(exifBlock({ type, little: true }))).toBe(6)
    for (const type of [0, 2, 5, 7, 10, 12, 65535]) expect(orientation(exifBlock({ type }))).toBe(1)
  })

  it('takes the first of several values that stand in the entry', () => {
    expect(orientation(exifBlock({ count: 2 }))).toBe(6)
    expect(orientation(exifBlock({ count: 4, type: 1 }))).toBe(6)
    expect(orientation(exifBlock({ count: 3 }))).toBe(1)
    expect(orientation(exifBlock({ count: 0 }))).toBe(1)
  })

  it('does not follow a count, however large', () => {
    const file = new ByteReader(exifBlock({ count: 2 ** 30, type: 4 }))
    expect(readOrientation(file)).toBe(1)
    expect(file.reads).toBeLessThan(64)
  })

  it('stops at the end of the block, whatever the number of entries', () => {
    const block = exifBlock({ before: 100 })
    expect(orientation(block)).toBe(6)
    block.set([0xff, 0xff], 8)
    expect(orientation(block)).toBe(6)
    expect(orientation(block.subarray(0, 500))).toBe(1)
  })

  it('takes a directory outside the block for none', () => {
    expect(orientation(exifBlock({ offset: 2 ** 32 - 1 }))).toBe(1)
    expect(orientation(new Uint8Array())).toBe(1)
    expect(orientation(bytesOf('Exif\0\0'))).toBe(1)
    expect(orientation(bytesOf('MM\0+', exifBlock().subarray(4)))).toBe(1)
  })

  it('never throws and reads no byte twice but the prefix', () => {
    const blocks = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.tuple(fc.nat(60), fc.nat(255)).map(([at, value]) => {
        const block = exifBlock({ before: 2 })
        block[at % block.length] = value
        return block
      }),
    )
    fc.assert(
      fc.property(blocks, bytes => {
        const file = new ByteReader(bytes)
        const value = readOrientation(file)
        expect(value >= 1 && value <= 8).toBe(true)
        expect(file.reads).toBeLessThanOrEqual(bytes.length * 2 + 16)
      }),
    )
  })
})
