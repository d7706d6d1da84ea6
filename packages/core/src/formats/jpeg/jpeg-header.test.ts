import { describe, expect, it } from 'vitest'
import { be, bytesOf } from '../../../test/bytes-of.js'
import { exifBlock } from '../../../test/exif-block.js'
import { jpegFile, scan, segment } from '../../../test/jpeg-file.js'
import { read, verdict } from '../../../test/read.js'

const jpeg = (...fields: Parameters<typeof jpegFile>) => read('jpeg', jpegFile(...fields))
const refusal = (...fields: Parameters<typeof jpegFile>) => verdict(() => jpeg(...fields))
const grey = [[1, 0x11]] as const
const four = [1, 2, 3, 4].map(id => [id, 0x11] as const)
const adobe = (transform: number) => segment(0xee, 'Adobe', 0, 100, 0, 0, 0, 0, transform)
const jfif = segment(0xe0, 'JFIF\0', 1, 1, 0, 0, 1, 0, 1, 0, 0)

describe('frame', () => {
  it('reads size, sampling and process', () => {
    expect(jpeg()).toMatchObject({
      format: 'jpeg',
      width: 17,
      height: 9,
      orientation: 1,
      frames: 1,
      totalPixels: 153,
      scans: 1,
      colour: 'ycc',
      interlaced: false,
      metadataBytes: 0,
      trailingBytes: 0,
    })
    expect(jpeg().jpeg).toEqual({
      process: 'baseline',
      coding: 'huffman',
      components: 3,
      sampling: [
        [2, 2],
        [1, 1],
        [1, 1],
      ],
      adobeTransform: undefined,
      restartInterval: 0,
    })
    expect(jpeg({ sof: 0xc1 }).jpeg?.process).toBe('extended')
    expect(jpeg({ sof: 0xc9 })).toMatchObject({
      jpeg: { process: 'extended', coding: 'arithmetic' },
      repairs: [],
    })
  })

  it('refuses a picture over the limit before it looks for the rest', () => {
    const file = jpegFile({ width: 65535, height: 65535, scans: [], end: bytesOf() })
    expect(verdict(() => read('jpeg', file, 65535 * 65535 - 1))).toBe('too-many-pixels')
    expect(verdict(() => read('jpeg', file, 65535 * 65535))).toBe('truncated')
    expect(refusal({ width: 0 })).toBe('corrupt')
  })

  it.each([
    [0xc3, 8, 'lossless JPEG'],
    [0xc5, 8, 'hierarchical JPEG'],
    [0xc7, 8, 'lossless JPEG'],
    [0xcb, 8, 'lossless JPEG'],
    [0xce, 8, 'hierarchical JPEG'],
    [0xc1, 12, '12-bit JPEG'],
    [0xc2, 12, '12-bit JPEG'],
    [0xc9, 12, '12-bit JPEG'],
    [0xc3, 16, 'lossless JPEG'],
  ])('names a kind that is not read: SOF %i of %i bits', (sof, precision, kind) => {
    expect(() => jpeg({ sof, precision })).toThrow(
      expect.objectContaining({ code: 'unsupported-kind', params: { kind } }),
    )
  })

  it('names the other kinds that are not read', () => {
    expect(() => jpeg({ before: [segment(0xde, 8, 0, 9, 0, 17, 1, 1, 0x11, 0)] })).toThrow(/hierarchical/)
    expect(() => jpeg({ components: four.slice(0, 2) })).toThrow(/JPEG with 2 components/)
    expect(() => jpeg({ components: [...four, [5, 0x11]] })).toThrow(/JPEG with 5 components/)
  })

  it('takes a height of 0 from DNL after the first scan, and holds it to the limit', () => {
    const later = (lines: number) => ({ height: 0, scans: [scan([1, 2, 3]), segment(0xdc, be(lines, 2))] })
    expect(jpeg(later(30))).toMatchObject({ width: 17, height: 30, totalPixels: 17 * 30 })
    expect(verdict(() => read('jpeg', jpegFile(later(30)), 17 * 30))).toBe('accepted')
    expect(verdict(() => read('jpeg', jpegFile(later(30)), 17 * 30 - 1))).toBe('too-many-pixels')
    expect(refusal(later(0))).toBe('corrupt')
    expect(refusal({ height: 0 })).toBe('corrupt')
    const tooLate = [scan([1]), scan([2]), segment(0xdc, be(30, 2))]
    expect(refusal({ height: 0, scans: tooLate })).toBe('corrupt')
    expect(jpeg({ scans: [scan([1, 2, 3]), segment(0xdc, be(30, 2))] })).toMatchObject({ height: 9 })
  })

  it('refuses a frame header that contradicts itself', () => {
    expect(refusal({ precision: 9 })).toBe('corrupt')
    expect(refusal({ precision: 12 })).toBe('corrupt')
    expect(refusal({ components: [] })).toBe('corrupt')
    expect(refusal({ components: [[1, 0x01]], scans: [scan([1])] })).toBe('corrupt')
    expect(refusal({ components: [[1, 0x15]], scans: [scan([1])] })).toBe('corrupt')
    expect(refusal({ before: [segment(0xc0, 8, 0, 9, 0, 17, 1, 1, 0x11, 0, 0)] })).toBe('corrupt')
    expect(refusal({ before: [segment(0xc0, 8, 0, 9, 0, 17, 1, 1, 0x11, 0)] })).toBe('corrupt')
  })
})

describe('colour', () => {
  it.each([
    ['grey', grey, []],
    ['ycc', undefined, []],
    ['ycc', undefined, [jfif, adobe(0)]],
    ['rgb', undefined, [adobe(0)]],
    ['ycc', undefined, [adobe(1)]],
    ['rgb', [...'RGB'].map(id => [id.charCodeAt(0), 0x11] as const), []],
    ['ycc', [...'RGB'].map(id => [id.charCodeAt(0), 0x11] as const), [jfif]],
    ['cmyk', four, []],
    ['cmyk', four, [adobe(0)]],
    ['ycck', four, [adobe(2)]],
  ] as const)('is %s', (colour, components, before) => {
    expect(jpeg({ before, ...(components ? { components } : {}) }).colour).toBe(colour)
  })

  it('reads the transform of the Adobe marker', () => {
    expect(jpeg({ before: [adobe(2)] }).jpeg?.adobeTransform).toBe(2)
    expect(jpeg({ before: [segment(0xee, 'Adobe', 0, 100)] }).jpeg?.adobeTransform).toBeUndefined()
  })
})

describe('scans', () => {
  it('counts them', () => {
    const scans = Array.from({ length: 12 }, (_, index) => scan([1], [1, 63, index % 2 ? 0 : 0x10]))
    const progressive = { sof: 0xc2, scans: [scan([1, 2, 3], [0, 0, 1]), ...scans] }
    expect(jpeg(progressive)).toMatchObject({ scans: 13, interlaced: true })
    expect(jpeg({ scans: [scan([1]), scan([2]), scan([3])] }).scans).toBe(3)
  })

  it('reads the restart interval', () => {
    expect(jpeg({ before: [segment(0xdd, be(770, 2))] }).jpeg?.restartInterval).toBe(770)
    expect(refusal({ before: [segment(0xdd, 7)] })).toBe('corrupt')
  })

  it('refuses a scan of no frame, of no component, or of none that the frame has', () => {
    expect(verdict(() => read('jpeg', bytesOf(0xff, 0xd8, scan([1]), 0xff, 0xd9)))).toBe('corrupt')
    expect(refusal({ scans: [] })).toBe('corrupt')
    expect(refusal({ scans: [scan([])] })).toBe('corrupt')
    expect(refusal({ scans: [scan([9])] })).toBe('corrupt')
    expect(refusal({ scans: [scan([1, 2, 3, 1, 2])] })).toBe('corrupt')
  })

  it('holds an MCU to ten blocks', () => {
    const ids = [1, 2, 3]
    const sampled = (factors: readonly number[]) =>
      refusal({ components: ids.map((id, index) => [id, factors[index] ?? 0x11] as const) })
    expect(sampled([0x42, 0x11, 0x11])).toBe('accepted')
    expect(sampled([0x42, 0x21, 0x11])).toBe('corrupt')
  })

  it.each([
    [[0, 0, 0x01], [1, 2, 3], 'accepted'],
    [[0, 1, 0x00], [1, 2, 3], 'corrupt'],
    [[1, 63, 0x00], [1], 'accepted'],
    [[1, 63, 0x00], [1, 2], 'corrupt'],
    [[1, 64, 0x00], [1], 'corrupt'],
    [[5, 4, 0x00], [1], 'corrupt'],
    [[1, 63, 0x21], [1], 'accepted'],
    [[1, 63, 0x31], [1], 'corrupt'],
    [[1, 63, 0x0d], [1], 'accepted'],
    [[1, 63, 0x0e], [1], 'corrupt'],
  ])('holds a progressive scan %j of components %j to the standard: %s', (band, ids, expected) => {
    expect(refusal({ sof: 0xc2, scans: [scan(ids, band)] })).toBe(expected)
  })
})

describe('metadata', () => {
  const exif = (orientation: number) => segment(0xe1, 'Exif\0\0', exifBlock({ orientation }))
  const icc = (bytes: number) => segment(0xe2, 'ICC_PROFILE\0', 1, 2, new Uint8Array(bytes))

  it('takes the orientation of the first EXIF segment', () => {
    expect(jpeg({ before: [exif(6), exif(3)] }).orientation).toBe(6)
    expect(jpeg({ before: [exif(6)] }).exifBytes).toBe(6 + exifBlock().length)
  })

  it('adds up the pieces of a profile', () => {
    expect(jpeg({ before: [icc(1000), icc(24)] })).toMatchObject({ iccBytes: 1024, metadataBytes: 1024 + 28 })
  })

  it('counts what is not needed to draw', () => {
    expect(jpeg({ before: [jfif, adobe(1)] }).metadataBytes).toBe(0)
    expect(jpeg({ before: [segment(0xfe, 'hello'), segment(0xef, 'x')] }).metadataBytes).toBe(6)
    const thumbnail = segment(0xe0, 'JFIF\0', 1, 1, 0, 0, 1, 0, 1, 1, 1, 'RGB')
    expect(jpeg({ before: [thumbnail] }).metadataBytes).toBe(3)
  })

  it('heeds only what stands before the first scan, but counts the rest', () => {
    const late = jpeg({ scans: [scan([1, 2, 3]), exif(6), adobe(0), icc(10)] })
    expect(late).toMatchObject({ orientation: 1, exifBytes: 0, iccBytes: 0, colour: 'ycc' })
    expect(late.metadataBytes).toBeGreaterThan(40)
  })

  it('lets a comment lie about a length of 0', () => {
    expect(refusal({ before: [bytesOf(0xff, 0xfe, 0, 0)] })).toBe('accepted')
    expect(refusal({ before: [bytesOf(0xff, 0xdb, 0, 0)] })).toBe('corrupt')
  })
})

describe('markers', () => {
  const exifSegment = segment(0xe1, 'Exif\0\0', exifBlock({ orientation: 6 }))
  /** All of a picture, spectral selection and successive approximation at once. */
  const progressive = [
    scan([1, 2, 3], [0, 0, 0x01]),
    ...[1, 2, 3].map(id => scan([id], [1, 63, 0])),
    scan([1, 2, 3], [0, 0, 0x10]),
  ]

  it('passes over garbage, fill bytes and reserved codes between damaged data', () => {
    expect(refusal({ before: [bytesOf('garbage', 0xff, 0xff, 0xff, 0x00)] })).toBe('accepted')
    expect(refusal({ before: [bytesOf(0xff, 0x01, 0xff, 0xd3)] })).toBe('accepted')
    expect(refusal({ scans: [scan([1, 2, 3]), bytesOf(0xff, 0x7f, 0xff, 0xf3)] })).toBe('accepted')
    expect(refusal({ before: [segment(0x7f)] })).toBe('corrupt')
    expect(refusal({ before: [segment(0xc8)] })).toBe('corrupt')
    expect(refusal({ before: [bytesOf(0xff, 0xd8)] })).toBe('corrupt')
  })

  it('lets anything stand in place of the end once the scans announce all of the picture', () => {
    const repairs = expect.arrayContaining(['end-missing'])
    const other = jpegFile({ before: [exifSegment] })
    for (const end of [
      bytesOf(),
      bytesOf(0xff),
      new Uint8Array(5000),
      bytesOf('SEFH'),
      other,
      segment(0xc0, 'x'),
    ]) {
      expect(jpeg({ end })).toMatchObject({ width: 17, orientation: 1, exifBytes: 0, repairs })
      expect(jpeg({ sof: 0xc2, scans: progressive, end })).toMatchObject({ width: 17, repairs })
      for (let count = 0; count < progressive.length; count++)
        expect(refusal({ sof: 0xc2, scans: progressive.slice(0, count), end })).not.toBe('accepted')
      expect(refusal({ scans: [scan([1, 2])], end })).not.toBe('accepted')
      expect(refusal({ scans: [], end })).not.toBe('accepted')
    }
    expect(jpeg({ before: [segment(0xc4)] }).repairs).toEqual([])
  })

  it('tells components of the same name apart by their order', () => {
    const components = [
      [0, 0x22],
      [0, 0x11],
      [0, 0x11],
    ] as const
    expect(jpeg({ components }).repairs).toContain('component-ids-equal')
    expect(refusal({ components, scans: [scan([0, 0, 0, 0])] })).toBe('corrupt')
    expect(refusal({ scans: [scan([1, 1, 1])] })).toBe('corrupt')
  })

  it('says where no Huffman table is defined before a sequential scan', () => {
    expect(jpeg({}).repairs).toEqual(['tables-missing'])
    expect(jpeg({ before: [segment(0xc4)] }).repairs).toEqual([])
    expect(jpeg({ sof: 0xc2, scans: progressive }).repairs).toEqual([])
  })

  it('refuses a file that is cut off before its scan', () => {
    const file = jpegFile({ before: [segment(0xe1, new Uint8Array(100))] })
    for (const length of [2, 3, 4, 5, 50, 106, 110])
      expect(verdict(() => read('jpeg', file.subarray(0, length)))).toBe('truncated')
  })

  it('takes a file that ends in the middle of a segment behind the whole picture, and no other', () => {
    const cut = bytesOf(segment(0xfe, 'comment').subarray(0, -1))
    expect(refusal({ end: cut })).toBe('accepted')
    expect(refusal({ end: bytesOf(0xff, 0xc9) })).toBe('accepted')
    expect(refusal({ end: bytesOf(0xff, 0xc4, 0) })).toBe('accepted')
    expect(refusal({ scans: [scan([1, 2])], end: cut })).toBe('truncated')
    expect(refusal({ scans: [scan([1, 2]), scan([3])], end: cut })).toBe('accepted')
    expect(refusal({ sof: 0xc2, scans: [scan([1, 2, 3], [0, 0, 0])], end: cut })).toBe('truncated')
    expect(refusal({ scans: [], end: cut })).toBe('truncated')
    expect(refusal({ height: 0, end: cut })).toBe('corrupt')
  })

  it('counts what follows the end', () => {
    expect(jpeg({ end: bytesOf(0xff, 0xd9, '<?php') }).trailingBytes).toBe(5)
  })
})
