import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ByteReader, concatBytes, OutOfBytes } from './bytes.js'

const reader = (...bytes: number[]) => new ByteReader(Uint8Array.from(bytes))

describe('ByteReader', () => {
  it('reads both byte orders', () => {
    expect(reader(1, 2).u16()).toBe(0x0102)
    expect(reader(1, 2).u16le()).toBe(0x0201)
    expect(reader(1, 2, 0xff).u24le()).toBe(0xff0201)
    expect(reader(0xff, 2, 3, 4).u32()).toBe(0xff020304)
    expect(reader(1, 2, 3, 0xff).u32le()).toBe(0xff030201)
    expect(reader(0x52, 0x49, 0xe9, 0).fourcc()).toBe('RI\u00e9\0')
  })

  it('reads a view of a larger buffer where the view is', () => {
    const buffer = Uint8Array.from([9, 9, 1, 2, 9])
    expect(new ByteReader(buffer.subarray(2, 4)).u16()).toBe(0x0102)
  })

  it('says truncated past the end of the file and corrupt past the end of a part', () => {
    expect(() => reader(1).u16()).toThrow(expect.objectContaining({ code: 'truncated' }))
    expect(() => reader(1, 2, 3).take(1).u16()).toThrow(expect.objectContaining({ code: 'corrupt' }))
    expect(() => reader(1).take(2)).toThrow(expect.objectContaining({ code: 'truncated' }))
  })

  it('neither moves back nor past the end', () => {
    for (const length of [-1, 4, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY]) {
      const file = reader(1, 2, 3)
      expect(() => file.skip(length)).toThrow(OutOfBytes)
      expect(() => file.seek(length)).toThrow(OutOfBytes)
      expect(() => file.take(length)).toThrow(OutOfBytes)
      expect(file.position).toBe(0)
    }
    const file = reader(1, 2, 3)
    file.seek(3)
    expect(file.left).toBe(0)
  })

  it('keeps a part inside itself, at offsets of its own', () => {
    const file = reader(1, 2, 3, 4)
    file.skip(1)
    const part = file.take(2)
    expect([part.length, part.position, part.has('\x03', 1), part.has('\x04', 2)]).toEqual([
      2,
      0,
      true,
      false,
    ])
    expect(part.skipTo(4)).toBe(false)
    part.seek(1)
    expect(part.bytes(1)).toEqual(Uint8Array.of(3))
    expect(file.u8()).toBe(4)
  })

  it('compares text without moving', () => {
    const file = new ByteReader(new TextEncoder().encode('..<svg'))
    expect(file.has('..')).toBe(true)
    expect(file.has('<svg', 2)).toBe(true)
    expect(file.has('<svg ', 2)).toBe(false)
    expect(file.has('.', -1)).toBe(false)
    expect(file.position).toBe(0)
  })

  it('skips to a byte, or to the end where there is none', () => {
    const file = reader(1, 2, 0xff, 4)
    expect(file.skipTo(0xff)).toBe(true)
    expect(file.position).toBe(2)
    expect(file.skipTo(9)).toBe(false)
    expect(file.left).toBe(0)
  })

  it('counts the bytes it looks at, those of parts too, and none that it steps over', () => {
    const file = reader(1, 2, 3, 4, 5, 6, 7, 8)
    file.u16()
    file.skip(2)
    file.take(2).u8()
    expect(file.reads).toBe(3)
    file.bytes(2)
    expect(file.reads).toBe(5)
  })

  it('says where a part lies in the file', () => {
    const part = reader(1, 2, 3, 4, 5, 6, 7, 8)
    part.skip(2)
    const inner = part.take(4)
    inner.skip(1)
    expect(inner.rest()).toEqual({ offset: 3, length: 3 })
  })

  it('gives a value inside the bytes or OutOfBytes, whatever is asked', () => {
    const ask = fc.tuple(
      fc.constantFrom('u8', 'u16', 'u16le', 'u24le', 'u32', 'u32le', 'skip', 'seek', 'take', 'bytes', 'text'),
      fc.oneof(fc.integer({ min: -2, max: 20 }), fc.double()),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 16 }), fc.array(ask, { maxLength: 20 }), (bytes, asks) => {
        const file = new ByteReader(bytes)
        for (const [name, argument] of asks) {
          try {
            const method = file[name as 'skip']
            method.call(file, /^u/.test(name) ? (undefined as unknown as number) : argument)
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(OutOfBytes)
          }
          expect(file.position >= 0 && file.position <= bytes.length).toBe(true)
        }
      }),
    )
  })
})

test('bytes are joined in their order', () => {
  expect(concatBytes([])).toEqual(new Uint8Array(0))
  expect(concatBytes([Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)])).toEqual(
    Uint8Array.of(1, 2, 3),
  )
})
