import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../test/bytes-of.js'
import * as gif from '../../test/gif-file.js'
import { box, heifFile, ispe } from '../../test/heif-file.js'
import * as jpeg from '../../test/jpeg-file.js'
import * as png from '../../test/png-file.js'
import { read } from '../../test/read.js'
import * as webp from '../../test/webp-file.js'
import type { Format } from './format.js'

/**
 * What the header says of the colours: the profile as text, its pieces apart, or `broken`; or code points.
 */
function colours(format: Format, bytes: Uint8Array) {
  const { icc, codePoints } = read(format, bytes)
  const pieces =
    icc === 'broken'
      ? icc
      : icc.map(({ offset, length }) => String.fromCharCode(...bytes.subarray(offset, offset + length)))
  return codePoints ? { pieces, codePoints } : pieces
}

describe('JPEG', () => {
  const piece = (number: number, count: number, text: string) =>
    jpeg.segment(0xe2, 'ICC_PROFILE\0', number, count, text)
  const of = (...before: Uint8Array[]) => colours('jpeg', jpeg.jpegFile({ before }))

  it('has pieces in APP2, which are put in the order of their numbers', () => {
    expect(of()).toEqual([])
    expect(of(jpeg.segment(0xe2, 'MPF\0'))).toEqual([])
    expect(of(piece(1, 1, 'profile'))).toEqual(['profile'])
    expect(of(piece(3, 3, 'ile'), piece(1, 3, 'pr'), jpeg.segment(0xfe, 'hello'), piece(2, 3, 'of'))).toEqual(
      ['pr', 'of', 'ile'],
    )
    const many = Array.from({ length: 255 }, (_, index) => piece(index + 1, 255, String(index)))
    expect(of(...many.reverse())).toEqual(Array.from({ length: 255 }, (_, index) => String(index)))
  })

  it('is broken where a piece is missing, cut off or of none', () => {
    expect(of(piece(2, 2, 'ile'))).toBe('broken')
    expect(of(piece(1, 2, 'prof'), piece(3, 2, 'ile'))).toBe('broken')
    expect(of(piece(0, 1, 'profile'))).toBe('broken')
    expect(of(piece(1, 0, 'profile'))).toBe('broken')
    expect(of(piece(1, 1, 'profile'), jpeg.segment(0xe2, 'ICC_PROFILE\0', 2))).toBe('broken')
  })

  it('takes the last of two pieces with a number, none beyond the count, and no empty profile', () => {
    expect(of(piece(1, 1, 'other'), piece(1, 1, 'profile'))).toEqual(['profile'])
    expect(of(piece(1, 1, 'profile'), piece(2, 1, 'other'))).toEqual(['profile'])
    expect(of(piece(1, 2, ''))).toEqual([])
  })

  it('heeds no piece behind the first scan', () => {
    const scans = [jpeg.scan([1, 2, 3]), piece(1, 1, 'profile')]
    expect(colours('jpeg', jpeg.jpegFile({ scans }))).toEqual([])
  })
})

describe('PNG', () => {
  const profile = png.chunk('iCCP', 'name\0\0zlib')
  const of = (...before: Uint8Array[]) => colours('png', png.pngFile({ before }))

  it('has its profile behind a name and the method', () => {
    expect(of()).toEqual([])
    expect(of(profile)).toEqual(['zlib'])
    expect(of(profile, png.chunk('iCCP', 'name\0\0other'))).toEqual(['zlib'])
    expect(of(png.damaged(profile))).toEqual([])
    expect(of(png.chunk('iCCP', 'n'.repeat(80), '\0\0zlib'))).toEqual(['zlib'])
  })

  it('is broken where the name has no end, or nothing follows it', () => {
    expect(of(png.chunk('iCCP', 'n'.repeat(81), '\0\0zlib'))).toBe('broken')
    expect(of(png.chunk('iCCP', 'name'))).toBe('broken')
    expect(of(png.chunk('iCCP', 'name\0'))).toBe('broken')
    expect(of(png.chunk('iCCP'))).toBe('broken')
  })

  it('has code points that go before a profile', () => {
    const pieces: string[] = []
    const codePoints = { primaries: 9, transfer: 16 }
    expect(of(png.chunk('cICP', 9, 16, 0, 1))).toEqual({ pieces, codePoints })
    expect(of(profile, png.chunk('cICP', 9, 16, 0, 1))).toEqual({ pieces, codePoints })
    expect(of(png.chunk('cICP', 9, 16, 0, 1), png.chunk('cICP', 1, 13, 0, 1))).toEqual({ pieces, codePoints })
    expect(of(png.chunk('cICP', 9), profile)).toBe('broken')
  })

  it('heeds nothing behind the image data', () => {
    const after = [profile, png.chunk('cICP', 9, 16, 0, 1)]
    expect(colours('png', png.pngFile({ after }))).toEqual([])
  })
})

describe('WebP', () => {
  const profileFlag = 0x20
  const of = (...chunks: Uint8Array[]) =>
    colours('webp', webp.webpFile(webp.vp8x(6, 4, profileFlag), webp.vp8(), ...chunks))

  it('has its profile in the first ICCP', () => {
    expect(of()).toEqual([])
    expect(of(webp.chunk('ICCP'))).toEqual([])
    expect(of(webp.chunk('ICCP', 'profile'), webp.chunk('ICCP', 'other'))).toEqual(['profile'])
  })
})

describe('AVIF', () => {
  const of = (...properties: Uint8Array[]) =>
    colours('avif', heifFile({ items: [{ type: 'av01', properties: [ispe(6, 4), ...properties] }] }))
  const codePoints = box('colr', 'nclx', 0, 12, 0, 13)

  it('has a profile that goes before code points', () => {
    expect(of()).toEqual([])
    expect(of(box('colr', 'prof', 'profile'))).toEqual(['profile'])
    expect(of(codePoints)).toEqual({ pieces: [], codePoints: { primaries: 12, transfer: 13 } })
    expect(of(codePoints, box('colr', 'rICC', 'profile'))).toEqual(['profile'])
  })
})

it('GIF has one that nobody applies', () => {
  const file = gif.gifFile({ blocks: [gif.application('ICCRGBG1012', 'profile'), gif.frame()] })
  expect(colours('gif', file)).toEqual([])
  expect(read('gif', bytesOf(file)).iccBytes).toBe(7)
})
