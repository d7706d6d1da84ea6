import { describe, expect, it } from 'vitest'
import { bytesOf, le } from '../../../test/bytes-of.js'
import { exifBlock } from '../../../test/exif-block.js'
import { read, verdict } from '../../../test/read.js'
import { anim, anmf, chunk, vp8, vp8l, vp8x, webpFile } from '../../../test/webp-file.js'

const webp = (...chunks: Uint8Array[]) => read('webp', webpFile(...chunks))
const refusal = (...chunks: Uint8Array[]) => verdict(() => webp(...chunks))
const animation = 0x02
const exifFlag = 0x08
const profileFlag = 0x20

describe('still pictures', () => {
  it('reads lossy, lossless and extended files', () => {
    const still = {
      format: 'webp',
      width: 6,
      height: 4,
      frames: 1,
      plays: 1,
      totalPixels: 24,
      trailingBytes: 0,
    }
    expect(webp(vp8())).toMatchObject({ ...still, colour: 'ycc', alpha: false, metadataBytes: 0 })
    expect(webp(vp8l())).toMatchObject({ ...still, colour: 'rgb', alpha: false })
    expect(webp(vp8l(6, 4, true))).toMatchObject({ ...still, colour: 'rgba', alpha: true })
    expect(webp(vp8x(), chunk('ALPH', 'x'), vp8())).toMatchObject({ ...still, alpha: true })
    expect(webp(vp8l(16384, 16384))).toMatchObject({ width: 16384, height: 16384 })
  })

  it('refuses a picture over the limit before it looks for the rest', () => {
    const limited = (maxPixels: number, ...chunks: Uint8Array[]) =>
      verdict(() => read('webp', webpFile(...chunks), maxPixels))
    for (const picture of [vp8(100, 10), vp8l(100, 10)]) {
      expect(limited(1000, picture)).toBe('accepted')
      expect(limited(999, picture)).toBe('too-many-pixels')
    }
    expect(limited(2 ** 30, vp8x(2 ** 24, 2 ** 24))).toBe('too-many-pixels')
    expect(limited(999, vp8x(100, 10))).toBe('too-many-pixels')
    expect(limited(1000, vp8x(100, 10))).toBe('corrupt')
  })

  it('refuses frame headers that no decoder reads', () => {
    const tag = 0x10 | (1 << 5)
    expect(refusal(vp8(6, 4, tag | 1))).toBe('corrupt')
    expect(refusal(vp8(6, 4, tag | (4 << 1)))).toBe('corrupt')
    expect(refusal(vp8(6, 4, tag & ~0x10))).toBe('corrupt')
    expect(refusal(vp8(6, 4, 0x10 | (100 << 5)))).toBe('corrupt')
    expect(refusal(vp8(0, 4))).toBe('corrupt')
    expect(refusal(chunk('VP8 ', le(tag, 3), '\x9d\x01\x2b', le(6, 2), le(4, 2), 'data'))).toBe('corrupt')
    expect(refusal(chunk('VP8L', 0x2e, 0, 0, 0, 0))).toBe('corrupt')
    expect(refusal(chunk('VP8L', 0x2f, 0, 0, 0, 0x20))).toBe('corrupt')
    expect(refusal(chunk('VP8L', 0x2f, 0))).toBe('corrupt')
  })

  it('wants one picture, of the size of the canvas', () => {
    expect(refusal()).toBe('corrupt')
    expect(refusal(vp8x())).toBe('corrupt')
    expect(refusal(vp8x(7, 4), vp8())).toBe('corrupt')
    expect(refusal(vp8x(6, 5), vp8())).toBe('corrupt')
    expect(refusal(vp8(), vp8())).toBe('corrupt')
    expect(refusal(vp8(), vp8x())).toBe('corrupt')
    expect(refusal(vp8x(), anmf())).toBe('corrupt')
  })
})

describe('container', () => {
  it('refuses what is shorter than it says, and counts what follows it', () => {
    const whole = webpFile(vp8x(), vp8())
    for (let length = 12; length < whole.length; length++)
      expect(verdict(() => read('webp', whole.subarray(0, length)))).toBe('truncated')
    expect(read('webp', bytesOf(whole, '<?php')).trailingBytes).toBe(5)
    expect(verdict(() => read('webp', bytesOf('RIFF', le(4, 4), 'WAVE')))).toBe('corrupt')
  })

  it('does not let a chunk out of its container', () => {
    expect(refusal(bytesOf('VP8 ', le(2 ** 32 - 1, 4)))).toBe('corrupt')
    expect(refusal(vp8(), bytesOf('EXIF', le(5, 4), 'four'))).toBe('corrupt')
  })

  it('does without a last padding byte', () => {
    const odd = bytesOf('EXIF', le(5, 4), 'fives')
    expect(webp(vp8x(6, 4, exifFlag), vp8(), odd)).toMatchObject({ exifBytes: 5, trailingBytes: 0 })
    expect(read('webp', bytesOf(webpFile(vp8(), odd), 0)).trailingBytes).toBe(0)
  })
})

describe('metadata', () => {
  it('reads the orientation with and without the prefix of JPEG', () => {
    const exif = exifBlock({ orientation: 7, little: true })
    const canvas = vp8x(6, 4, exifFlag)
    expect(webp(canvas, vp8(), chunk('EXIF', exif))).toMatchObject({ orientation: 7, exifBytes: exif.length })
    expect(webp(canvas, vp8(), chunk('EXIF', 'Exif\0\0', exif)).orientation).toBe(7)
    expect(webp(canvas, vp8(), chunk('EXIF', exif), chunk('EXIF', exifBlock())).orientation).toBe(7)
  })

  it('ignores profile and EXIF that VP8X does not announce', () => {
    const chunks = [chunk('ICCP', 'profile'), vp8(), chunk('EXIF', exifBlock())]
    const ignored = { orientation: 1, icc: [], iccBytes: 0, exifBytes: 0, repairs: ['metadata-unannounced'] }
    expect(webp(vp8x(), ...chunks)).toMatchObject(ignored)
    expect(webp(...chunks)).toMatchObject(ignored)
    expect(webp(vp8x(6, 4, exifFlag), ...chunks)).toMatchObject({ orientation: 6, icc: [] })
    expect(webp(vp8x(6, 4, profileFlag), ...chunks)).toMatchObject({ orientation: 1, iccBytes: 7 })
    expect(webp(vp8x(6, 4, profileFlag | exifFlag), ...chunks).repairs).toEqual([])
  })

  it('counts profile, EXIF, XMP and what it does not know, also inside frames', () => {
    const chunks = [chunk('ICCP', 'profile'), vp8(), chunk('XMP ', 'xmp'), chunk('ZZZZ', '12')]
    expect(webp(vp8x(6, 4, profileFlag), ...chunks)).toMatchObject({ iccBytes: 7, metadataBytes: 12 })
    const frames = [anmf(), anmf({ chunks: [vp8(), chunk('ZZZZ', '1234')] })]
    expect(webp(vp8x(6, 4, animation), anim(), ...frames).metadataBytes).toBe(4)
  })
})

describe('animation', () => {
  const animated = (...frames: Uint8Array[]) => [vp8x(6, 4, animation), anim(3), ...frames]

  it('counts frames, durations and plays', () => {
    const frames = [anmf(), anmf({ x: 2, y: 2, width: 4, height: 2, durationMs: 16_777_215 })]
    expect(webp(...animated(...frames))).toMatchObject({
      frames: 2,
      durationMs: 16_777_315,
      plays: 3,
      totalPixels: 48,
      alpha: false,
    })
    expect(webp(...animated(anmf()))).toMatchObject({ frames: 1, durationMs: 0, plays: 1 })
    expect(webp(vp8x(6, 4, animation | 0x10), anim(), anmf()).alpha).toBe(true)
  })

  it('refuses frames that are outside the canvas, empty or of two sizes', () => {
    const last = (frame: Parameters<typeof anmf>[0]) => refusal(...animated(anmf(), anmf(frame)))
    expect(last({ x: 2, width: 4 })).toBe('accepted')
    expect(last({ x: 4, width: 3 })).toBe('corrupt')
    expect(last({ y: 2, height: 3 })).toBe('corrupt')
    expect(last({ chunks: [] })).toBe('corrupt')
    expect(last({ chunks: [vp8(5, 4)] })).toBe('corrupt')
    expect(last({ chunks: [vp8(), vp8()] })).toBe('corrupt')
    expect(last({ chunks: [chunk('ALPH', 'x'), vp8()] })).toBe('accepted')
    expect(refusal(...animated())).toBe('corrupt')
    expect(refusal(...animated(vp8()))).toBe('corrupt')
  })
})
