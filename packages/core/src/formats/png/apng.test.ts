import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../../test/bytes-of.js'
import { actl, chunk, damaged, fctl, fdat, pngFile } from '../../../test/png-file.js'
import { read, verdict } from '../../../test/read.js'

const idat = chunk('IDAT', 'zlib')
const png = (before: Uint8Array[], after: Uint8Array[]) => read('png', pngFile({ before, after }))
const refusal = (before: Uint8Array[], after: Uint8Array[]) => verdict(() => png(before, after))
const still = { frames: 1, durationMs: 0, plays: 1, totalPixels: 15 }

describe('APNG', () => {
  it('counts frames, durations and plays', () => {
    expect(png([actl(2, 3), fctl(0)], [fctl(1, { delay: [1, 0] }), fdat(2), fdat(3)])).toMatchObject({
      frames: 2,
      durationMs: 110,
      plays: 3,
      totalPixels: 30,
    })
  })

  it('counts a default image that is no frame as a first one', () => {
    expect(png([actl(1)], [fctl(0), fdat(1)])).toMatchObject({ frames: 2, durationMs: 100, totalPixels: 30 })
  })

  it('shows at most as many frames as are declared, and those that are there', () => {
    expect(png([actl(1), fctl(0)], [fctl(1), fdat(2)])).toMatchObject(still)
    const repairs = ['frames-missing']
    expect(png([actl(3), fctl(0)], [fctl(1), fdat(2)])).toMatchObject({ frames: 2, durationMs: 200, repairs })
    expect(png([actl(3)], [fctl(0), fdat(1)])).toMatchObject({ frames: 2, durationMs: 100, repairs })
    expect(png([actl(2 ** 31 - 1), fctl(0)], [])).toMatchObject({ ...still, repairs })
  })

  it('refuses fewer frames where the end is missing too: the file was cut off', () => {
    const file = (count: number) =>
      pngFile({
        before: [actl(count), fctl(0)],
        data: [idat],
        after: [fctl(1), fdat(2)],
        end: bytesOf(),
      })
    expect(read('png', file(2))).toMatchObject({ frames: 2, repairs: ['end-missing'] })
    expect(verdict(() => read('png', file(3)))).toBe('truncated')
    for (let length = 1; length < 54; length++)
      expect(verdict(() => read('png', file(2).subarray(0, -length)))).toBe('truncated')
  })

  it('is a still where its control chunk has a wrong checksum', () => {
    const repairs = ['chunk-damaged']
    expect(png([damaged(actl(2)), fctl(0)], [fctl(1), fdat(2)])).toMatchObject({ ...still, repairs })
  })

  it('is a still where the control chunk is missing, late, twice or nonsense', () => {
    const frames = [fctl(1), fdat(2)]
    expect(png([fctl(0)], frames)).toMatchObject(still)
    expect(png([fctl(0)], [actl(2), ...frames])).toMatchObject(still)
    expect(png([actl(2), actl(2), fctl(0)], frames)).toMatchObject(still)
    expect(png([actl(0), fctl(0)], frames)).toMatchObject(still)
    expect(png([actl(2 ** 31), fctl(0)], frames)).toMatchObject(still)
    expect(png([chunk('acTL', 0, 0, 0, 2), fctl(0)], frames)).toMatchObject(still)
  })

  it('wants chunks in sequence, with their checksums', () => {
    expect(refusal([actl(2), fctl(0)], [fctl(2), fdat(1)])).toBe('corrupt')
    expect(refusal([actl(2), fctl(0)], [fctl(1), fdat(1)])).toBe('corrupt')
    expect(refusal([actl(2), fctl(0)], [fctl(1), damaged(fdat(2))])).toBe('corrupt')
    expect(refusal([actl(2), fctl(0)], [damaged(fctl(1)), fdat(2)])).toBe('corrupt')
    expect(refusal([actl(1)], [fdat(0)])).toBe('corrupt')
  })

  it('wants frames inside the canvas, and a default image that fills it', () => {
    const second = (frame: Parameters<typeof fctl>[1]) =>
      refusal([actl(2), fctl(0)], [fctl(1, frame), fdat(2)])
    expect(second({ width: 1, height: 1, x: 4, y: 2 })).toBe('accepted')
    expect(second({ width: 1, height: 1, x: 5, y: 2 })).toBe('corrupt')
    expect(second({ width: 1, height: 1, x: 4, y: 3 })).toBe('corrupt')
    expect(second({ width: 2 ** 32 - 1, x: 1 })).toBe('corrupt')
    expect(second({ width: 0 })).toBe('corrupt')
    expect(refusal([actl(1), fctl(0, { width: 4 })], [])).toBe('corrupt')
    expect(refusal([actl(1), fctl(0), fctl(1)], [])).toBe('corrupt')
  })

  it('counts trailing bytes after the animation', () => {
    const file = bytesOf(pngFile({ before: [actl(1), fctl(0)], data: [idat] }), 'x')
    expect(read('png', file).trailingBytes).toBe(1)
  })
})
