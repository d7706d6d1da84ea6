import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../../test/bytes-of.js'
import { exifBlock } from '../../../test/exif-block.js'
import { chunk, damaged, pngFile } from '../../../test/png-file.js'
import { read, verdict } from '../../../test/read.js'

const png = (...fields: Parameters<typeof pngFile>) => read('png', pngFile(...fields))
const refusal = (...fields: Parameters<typeof pngFile>) => verdict(() => png(...fields))
const palette = chunk('PLTE', 'rgbrgb')

describe('IHDR', () => {
  it.each([
    [0, [1, 2, 4, 8, 16], 'grey', false],
    [2, [8, 16], 'rgb', false],
    [3, [1, 2, 4, 8], 'palette', false],
    [4, [8, 16], 'grey-alpha', true],
    [6, [8, 16], 'rgba', true],
  ] as const)('colour type %i has depths %j', (colourType, depths, colour, alpha) => {
    for (const depth of [0, 1, 2, 3, 4, 8, 9, 16, 32]) {
      const fields = { colourType, depth, before: colourType === 3 ? [palette] : [] }
      if ((depths as readonly number[]).includes(depth))
        expect(png(fields)).toMatchObject({ width: 5, height: 3, bitDepth: depth, colour, alpha })
      else expect(refusal(fields)).toBe('corrupt')
    }
  })

  it('refuses colour types, methods and sizes that are none', () => {
    for (const colourType of [1, 5, 7, 255]) expect(refusal({ colourType })).toBe('corrupt')
    expect(png({ interlace: 1 }).interlaced).toBe(true)
    expect(refusal({ interlace: 2 })).toBe('corrupt')
    expect(refusal({ width: 0 })).toBe('corrupt')
    expect(refusal({ height: 0 })).toBe('corrupt')
  })

  it('refuses a picture over the limit before it looks for the rest', () => {
    const bomb = pngFile({ width: 10_000, height: 10_000, data: [], end: bytesOf() })
    expect(verdict(() => read('png', bomb, 99_999_999))).toBe('too-many-pixels')
    expect(verdict(() => read('png', bomb, 100_000_000))).toBe('truncated')
    // 2^64 pixels neither wrap round nor pass.
    const larger = pngFile({ width: 2 ** 32 - 1, height: 2 ** 32 - 1 })
    expect(verdict(() => read('png', larger, 2 ** 30))).toBe('too-many-pixels')
  })

  it('must come first, once, and be 13 bytes', () => {
    expect(refusal({ before: [pngFile().subarray(8, 33)] })).toBe('corrupt')
    expect(verdict(() => read('png', bytesOf('\x89PNG\r\n\x1a\n', chunk('IDAT', 'x'))))).toBe('corrupt')
    expect(verdict(() => read('png', bytesOf('\x89PNG\r\n\x1a\n', chunk('IHDR', 'x'))))).toBe('corrupt')
    expect(verdict(() => read('png', bytesOf('\x89PNG\r\n\x1a\r', pngFile().subarray(8))))).toBe('corrupt')
  })

  it('names the PNG that only an iPhone reads', () => {
    const cgbi = bytesOf('\x89PNG\r\n\x1a\n', chunk('CgBI', 0, 0, 0, 0), pngFile().subarray(8))
    expect(() => read('png', cgbi)).toThrow(/CgBI/)
  })
})

describe('chunks', () => {
  it('holds what is drawn to its checksum, and nothing else', () => {
    expect(refusal({ data: [damaged(chunk('IDAT', 'zlib'))] })).toBe('corrupt')
    expect(refusal({ end: damaged(chunk('IEND')) })).toBe('corrupt')
    expect(refusal({ before: [damaged(palette)] })).toBe('corrupt')
    expect(
      refusal({ before: [damaged(chunk('tEXt', 'key\0text')), damaged(chunk('gAMA', 0, 0, 1, 1))] }),
    ).toBe('accepted')
  })

  it('wants a palette before the data of a palette image, once, of whole colours', () => {
    const colours = (bytes: number) =>
      refusal({ colourType: 3, before: [chunk('PLTE', new Uint8Array(bytes))] })
    expect(refusal({ colourType: 3 })).toBe('corrupt')
    expect(refusal({ colourType: 3, after: [palette] })).toBe('corrupt')
    expect(refusal({ colourType: 3, before: [palette, palette] })).toBe('corrupt')
    expect([0, 1, 3, 768, 771].map(colours)).toEqual([
      'corrupt',
      'corrupt',
      'accepted',
      'accepted',
      'corrupt',
    ])
    expect(refusal({ colourType: 2, after: [palette] })).toBe('corrupt')
  })

  it('wants data, in chunks that follow each other', () => {
    const idat = chunk('IDAT', 'x')
    expect(refusal({ data: [] })).toBe('corrupt')
    expect(refusal({ data: [chunk('IDAT'), chunk('IDAT')] })).toBe('corrupt')
    expect(refusal({ data: [idat, chunk('IDAT'), idat] })).toBe('accepted')
    expect(refusal({ data: [idat, chunk('tEXt', 'a\0b'), idat] })).toBe('corrupt')
  })

  it('refuses critical chunks that it does not know, and no others', () => {
    expect(refusal({ before: [chunk('zzZz', 'x')] })).toBe('accepted')
    expect(refusal({ before: [chunk('ZzZz', 'x')] })).toBe('corrupt')
  })

  it('refuses what is no chunk before the data, and takes it for trailing bytes behind', () => {
    const junk = bytesOf(0, 0, 0, 0, 1, 2, 3, 4, 'whatever')
    for (const part of [chunk('zz z', 'x'), chunk('\x01\x02\x03\x04', 'x'), junk]) {
      expect(refusal({ before: [part] })).toBe('corrupt')
      expect(png({ after: [part], end: bytesOf() }).trailingBytes).toBe(part.length)
    }
    expect(png({ end: junk.subarray(0, 7) })).toMatchObject({ trailingBytes: 7, repairs: ['end-missing'] })
    expect(refusal({ data: [chunk('IDAT')], after: [junk] })).toBe('corrupt')
  })

  it('does without its end behind the data, also in a chunk that nobody reads', () => {
    const text = chunk('tEXt', 'key\0text')
    for (const end of [bytesOf(), text, text.subarray(0, -1), chunk('IEND').subarray(0, -1)])
      expect(png({ end })).toMatchObject({ width: 5, repairs: ['end-missing'] })
    const idat = chunk('IDAT', 'more')
    for (let length = 8; length < idat.length; length++)
      expect(refusal({ end: idat.subarray(0, length) })).toBe('truncated')
    expect(png({}).repairs).toEqual([])
  })

  it('takes ancillary chunks with a wrong checksum for absent', () => {
    const damagedOnes = [
      chunk('tRNS', 0, 0, 0, 0, 0, 0),
      chunk('iCCP', 'name\0\0zlib'),
      chunk('cICP', 12, 13, 0, 1),
      chunk('eXIf', exifBlock()),
    ].map(damaged)
    const repairs = ['chunk-damaged']
    const absent = { alpha: false, icc: [], orientation: 1, exifBytes: 0, repairs }
    expect(png({ before: damagedOnes })).toMatchObject(absent)
    expect(png({ before: damagedOnes }).codePoints).toBeUndefined()
    for (const one of damagedOnes) expect(png({ before: [one] })).toMatchObject(absent)
  })

  it('refuses a file that ends before or in its data, and counts what follows its end', () => {
    const whole = pngFile({ end: bytesOf() })
    for (let length = 8; length < whole.length; length++)
      expect(verdict(() => read('png', whole.subarray(0, length)))).toBe('truncated')
    expect(png({ end: bytesOf(chunk('IEND'), '<?php') }).trailingBytes).toBe(5)
  })

  it('does not believe a length', () => {
    const lying = bytesOf(0xff, 0xff, 0xff, 0xff, 'tEXt')
    expect(refusal({ before: [lying] })).toBe('truncated')
  })
})

describe('metadata', () => {
  it('counts profile, EXIF, texts and what it does not know', () => {
    const exif = exifBlock({ orientation: 5 })
    const header = png({
      before: [chunk('iCCP', 'name\0\0zlib'), chunk('eXIf', exif), chunk('zTXt', 'key'), chunk('zzZz', '12')],
      after: [chunk('tEXt', 'key\0text')],
    })
    const metadataBytes = 10 + exif.length + 3 + 2 + 8
    expect(header).toMatchObject({ iccBytes: 10, exifBytes: exif.length, orientation: 5, metadataBytes })
  })

  it('does not count what says how to draw, unless it is longer than it can be', () => {
    expect(png({ before: [chunk('gAMA', 0, 0, 1, 1), chunk('pHYs', new Uint8Array(9))] }).metadataBytes).toBe(
      0,
    )
    expect(png({ before: [chunk('gAMA', new Uint8Array(1000))] }).metadataBytes).toBe(1000)
  })

  it('sees transparency in tRNS', () => {
    expect(png({ before: [chunk('tRNS', 0, 0, 0, 0, 0, 0)] }).alpha).toBe(true)
  })

  it('reads the orientation in the EXIF text of ImageMagick', () => {
    const hex = Array.from(exifBlock({ orientation: 8 }), byte => byte.toString(16).padStart(2, '0')).join('')
    const text = (keyword: string, body: string) =>
      png({ before: [chunk('tEXt', keyword, 0, body)] }).orientation
    const lines = `\nexif\n      26\n${hex.slice(0, 16)}\n${hex.slice(16)}\n`
    expect(text('Raw profile type exif', lines)).toBe(8)
    expect(text('Raw profile type APP1', lines)).toBe(8)
    const profile = chunk('tEXt', 'Raw profile type exif', 0, lines)
    const exif = (orientation: number) => chunk('eXIf', exifBlock({ orientation }))
    expect(png({ before: [profile, exif(3), exif(4)] }).orientation).toBe(3)
    expect(text('Raw profile type iptc', lines)).toBe(1)
    expect(text('Raw profile type exif', 'no lines')).toBe(1)
    expect(text('Raw profile type exif', '\nexif\n 2\nzz')).toBe(1)
  })
})
