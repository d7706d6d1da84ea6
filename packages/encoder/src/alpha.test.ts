import { describe, expect, it } from 'vitest'
import { alphaAsGreen, alphaBytes, withSmallerAlpha } from './alpha.js'
import { extendedHeader, riff } from './container.js'

const lossy = (alpha: number) =>
  riff([
    extendedHeader(7, 5),
    { code: 'ALPH', pieces: [new Uint8Array(alpha).fill(9)] },
    { code: 'VP8 ', pieces: [Uint8Array.of(1, 2, 3)] },
  ])
const lossless = (bytes: number) =>
  riff([{ code: 'VP8L', pieces: [Uint8Array.from({ length: bytes }, (_, i) => i)] }])

describe('withSmallerAlpha', () => {
  it('takes the image stream without its header', () => {
    const file = withSmallerAlpha(lossy(20), lossless(12))
    expect(alphaBytes(file)).toBe(8)
    const expected = riff([
      extendedHeader(7, 5),
      { code: 'ALPH', pieces: [Uint8Array.of(1, 5, 6, 7, 8, 9, 10, 11)] },
      { code: 'VP8 ', pieces: [Uint8Array.of(1, 2, 3)] },
    ])
    expect(file).toEqual(expected)
  })

  it('leaves what is no larger, or opaque', () => {
    expect(withSmallerAlpha(lossy(8), lossless(12))).toEqual(lossy(8))
    const opaque = riff([{ code: 'VP8 ', pieces: [Uint8Array.of(1)] }])
    expect(alphaBytes(opaque)).toBe(0)
    expect(withSmallerAlpha(opaque, lossless(12))).toEqual(opaque)
  })

  it('shows alpha as green', () => {
    expect([...alphaAsGreen(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 255))]).toEqual([0, 4, 0, 255, 0, 255, 0, 255])
  })
})
