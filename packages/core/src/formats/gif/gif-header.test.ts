import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../../test/bytes-of.js'
import { application, comment, control, frame, gifFile, looping, subBlocks } from '../../../test/gif-file.js'
import { read, verdict } from '../../../test/read.js'

const gif = (...fields: Parameters<typeof gifFile>) => read('gif', gifFile(...fields))
const refusal = (...fields: Parameters<typeof gifFile>) => verdict(() => gif(...fields))

describe('screen and frames', () => {
  it('reads a still', () => {
    expect(gif()).toMatchObject({
      format: 'gif',
      width: 4,
      height: 2,
      frames: 1,
      durationMs: 0,
      plays: 1,
      totalPixels: 8,
      alpha: false,
      interlaced: false,
      metadataBytes: 0,
      trailingBytes: 0,
    })
  })

  it('enlarges the canvas for the first frame alone', () => {
    const far = frame({ x: 10, y: 20 })
    expect(gif({ blocks: [far] })).toMatchObject({ width: 14, height: 22, alpha: true })
    expect(gif({ blocks: [frame(), far] })).toMatchObject({ width: 4, height: 2, totalPixels: 16 })
    expect(gif({ width: 0, height: 0 })).toMatchObject({ width: 4, height: 2 })
  })

  it('counts what a decoder has to draw, over the canvas too', () => {
    expect(gif({ blocks: [frame(), frame({ width: 100, height: 100 })] }).totalPixels).toBe(8 + 10_000)
    expect(gif({ width: 50, height: 50, blocks: [frame(), frame()] }).totalPixels).toBe(5000)
  })

  it('holds each frame and the canvas to the limit', () => {
    const limited = (maxPixels: number, fields: Parameters<typeof gifFile>[0]) =>
      verdict(() => read('gif', gifFile(fields), maxPixels))
    const screen = { width: 65535, height: 65535 }
    expect(limited(65535 ** 2, screen)).toBe('accepted')
    expect(limited(65535 ** 2 - 1, screen)).toBe('too-many-pixels')
    const large = { blocks: [frame(), frame({ width: 100, height: 100 })] }
    expect(limited(10_000, large)).toBe('accepted')
    expect(limited(9999, large)).toBe('too-many-pixels')
    const far = { blocks: [frame({ x: 65535, y: 65535 })] }
    expect(limited(64_000_000, far)).toBe('too-many-pixels')
  })

  it('refuses frames without pixels, without data, with codes that cannot be', () => {
    const one = (fields: Parameters<typeof frame>[0]) => refusal({ blocks: [frame(fields)] })
    expect(one({ width: 0 })).toBe('corrupt')
    expect(one({ data: subBlocks() })).toBe('corrupt')
    expect([0, 1, 11, 12, 255].map(codeSize => one({ codeSize }))).toEqual([
      'corrupt',
      'accepted',
      'accepted',
      'corrupt',
      'corrupt',
    ])
    expect(refusal({ blocks: [] })).toBe('corrupt')
  })

  it('ends without its trailer at the end of the file, or at what is no block', () => {
    const repairs = ['end-missing']
    const blocks = [control(1), frame(), control(1), frame()]
    for (const end of [bytesOf(), bytesOf(0, 0, 0x3b), bytesOf('trailer'), new Uint8Array(4096)])
      expect(gif({ blocks, end })).toMatchObject({ frames: 2, durationMs: 20, repairs })
    expect(refusal({ blocks: [...blocks, control(1)], end: bytesOf() })).toBe('truncated')
    expect(refusal({ blocks: [...blocks, frame().subarray(0, -2)], end: bytesOf() })).toBe('truncated')
    expect(gif({ blocks }).repairs).toEqual([])
  })

  it('passes over frames without a size, with what was said about them', () => {
    const empty = [control(9), frame({ width: 0, data: bytesOf(0) }), frame({ height: 0 })]
    const repairs = ['empty-frames']
    expect(gif({ blocks: [...empty, frame(), ...empty, frame(), ...empty] })).toMatchObject({
      frames: 2,
      durationMs: 0,
      totalPixels: 16,
      repairs,
    })
    expect(refusal({ blocks: empty })).toBe('corrupt')
  })

  it('takes a screen without a size for that of its first frame', () => {
    const sizes = { width: 4, height: 2, repairs: ['screen-size-missing'] }
    expect(gif({ width: 0, height: 0 })).toMatchObject(sizes)
    expect(gif({ width: 0 })).toMatchObject(sizes)
    expect(gif({ height: 0 })).toMatchObject(sizes)
  })

  it('steps over colour tables and sees interlacing', () => {
    expect(gif({ blocks: [frame({ packed: 0xc7 })] })).toMatchObject({ interlaced: true, frames: 1 })
  })

  it('refuses a file that ends before its first frame or in one, and counts what follows the trailer', () => {
    const whole = gifFile({ blocks: [control(1), comment('hello'), frame()] })
    // The empty block behind the data and the trailer may be missing.
    for (let length = 6; length < whole.length - 2; length++)
      expect(verdict(() => read('gif', whole.subarray(0, length)))).toBe('truncated')
    expect(gif({ end: bytesOf(0x3b, '<?php') }).trailingBytes).toBe(5)
    expect(refusal({ blocks: [bytesOf(0), frame()] })).toBe('corrupt')
    expect(verdict(() => read('gif', bytesOf('GIF88a', gifFile().subarray(6))))).toBe('corrupt')
  })
})

describe('extensions', () => {
  it('adds up delays, and counts plays as a browser does', () => {
    const blocks = [control(7), frame(), control(0), frame(), control(100), frame()]
    expect(gif({ blocks })).toMatchObject({ frames: 3, durationMs: 1070, plays: 1 })
    expect(gif({ blocks: [looping(0), ...blocks] }).plays).toBe(0)
    expect(gif({ blocks: [looping(3), ...blocks] }).plays).toBe(4)
    expect(gif({ blocks: [application('ANIMEXTS1.0', '\x01\x02\x00'), ...blocks] }).plays).toBe(3)
    expect(gif({ blocks: [looping(3), control(50), frame()] })).toMatchObject({ plays: 1, durationMs: 0 })
  })

  it('gives a delay to the next frame alone', () => {
    expect(gif({ blocks: [control(7), frame(), frame()] }).durationMs).toBe(70)
  })

  it('sees transparency in a control, and in a first frame smaller than the screen', () => {
    expect(gif({ blocks: [control(0, true), frame()] }).alpha).toBe(true)
    expect(gif({ blocks: [frame({ width: 3 })] }).alpha).toBe(true)
  })

  it('counts comments, profiles, XMP and what it does not know as metadata', () => {
    expect(gif({ blocks: [comment('hello'), frame()] }).metadataBytes).toBe(5)
    const icc = application('ICCRGBG1012', 'profile', 'more')
    expect(gif({ blocks: [icc, frame()] })).toMatchObject({ iccBytes: 11, metadataBytes: 22 })
    expect(gif({ blocks: [bytesOf(0x21, 0x77, subBlocks('abc')), frame()] }).metadataBytes).toBe(3)
    expect(gif({ blocks: [application('NETSCAPE2.0'), looping(2), frame()] }).metadataBytes).toBe(11)
  })
})
