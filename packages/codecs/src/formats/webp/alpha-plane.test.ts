import { writeChunk, writeWebp } from '@sluice/core/containers'
import { describe, expect, it } from 'vitest'
import { alphaAsGreen, alphaBytes, withSmallerAlpha } from './alpha-plane.js'

const vp8x = writeChunk('VP8X', Uint8Array.of(0x10, 0, 0, 0, 6, 0, 0, 4, 0, 0))
const vp8 = writeChunk('VP8 ', Uint8Array.of(1, 2, 3))
const lossy = (alpha: number) => writeWebp([vp8x, writeChunk('ALPH', new Uint8Array(alpha).fill(9)), vp8])
const lossless = (bytes: number) =>
  writeWebp([
    writeChunk(
      'VP8L',
      Uint8Array.from({ length: bytes }, (_, i) => i),
    ),
  ])

describe('withSmallerAlpha', () => {
  it('takes the image stream without its header', () => {
    const file = withSmallerAlpha(lossy(20), lossless(12))
    expect(alphaBytes(file)).toBe(8)
    const alpha = writeChunk('ALPH', Uint8Array.of(1, 5, 6, 7, 8, 9, 10, 11))
    expect(file).toEqual(writeWebp([vp8x, alpha, vp8]))
  })

  it('leaves what is no larger, or opaque', () => {
    expect(withSmallerAlpha(lossy(8), lossless(12))).toEqual(lossy(8))
    const opaque = writeWebp([writeChunk('VP8 ', Uint8Array.of(1))])
    expect(alphaBytes(opaque)).toBe(0)
    expect(withSmallerAlpha(opaque, lossless(12))).toEqual(opaque)
  })

  it('shows alpha as green', () => {
    expect([...alphaAsGreen(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 255))]).toEqual([0, 4, 0, 255, 0, 255, 0, 255])
  })
})
