import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { be, bytesOf } from '../../test/bytes-of.js'
import { exifBlock } from '../../test/exif-block.js'
import * as gif from '../../test/gif-file.js'
import { auxC, box, fullBox, heifFile, imir, irot, ispe } from '../../test/heif-file.js'
import * as jpeg from '../../test/jpeg-file.js'
import * as png from '../../test/png-file.js'
import { verdict } from '../../test/read.js'
import * as webp from '../../test/webp-file.js'
import { ByteReader } from '../input/bytes.js'
import type { Format } from './format.js'
import { readHeader } from './read-header.js'

const exif = exifBlock({ before: 3 })

/** One rich file of each format: everything that its reader looks at. */
const files = {
  jpeg: jpeg.jpegFile({
    sof: 0xc2,
    before: [
      jpeg.segment(0xe0, 'JFIF\0', 1, 1, 0, 0, 1, 0, 1, 0, 0),
      jpeg.segment(0xe1, 'Exif\0\0', exif),
      jpeg.segment(0xe2, 'ICC_PROFILE\0', 1, 1, 'profile'),
      jpeg.segment(0xee, 'Adobe', 0, 100, 0, 0, 0, 0, 1),
      jpeg.segment(0xdd, 0, 4),
    ],
    scans: [jpeg.scan([1, 2, 3], [0, 0, 1]), jpeg.scan([1], [1, 63, 0])],
  }),
  png: png.pngFile({
    before: [
      png.chunk('tEXt', 'Raw profile type exif\0\nexif\n 4\n4d4d'),
      png.chunk('eXIf', exif),
      png.chunk('iCCP', 'name\0\0zlib'),
      png.chunk('cICP', 1, 13, 0, 1),
      png.actl(2),
      png.fctl(0),
    ],
    after: [png.fctl(1), png.fdat(2)],
  }),
  gif: gif.gifFile({
    blocks: [
      gif.looping(2),
      gif.control(5),
      gif.frame({ packed: 0xc1 }),
      gif.comment('comment'),
      gif.frame(),
    ],
  }),
  webp: webp.webpFile(
    webp.vp8x(6, 4, 0x02),
    webp.chunk('ICCP', 'profile'),
    webp.anim(),
    webp.anmf(),
    webp.anmf({ chunks: [webp.chunk('ALPH', 'x'), webp.vp8l()] }),
    webp.chunk('EXIF', exif),
  ),
  avif: heifFile({
    items: [
      { type: 'grid', properties: [ispe(12, 4), irot(1), imir(0), box('colr', 'prof', 'profile')] },
      { type: 'av01', properties: [ispe(6, 4), fullBox('pixi', 0, 0, 3, 8, 8, 8)] },
      { type: 'av01', properties: [ispe(6, 4), auxC('urn:mpeg:hevc:2015:auxid:1')] },
      { type: 'Exif', length: 10 },
    ],
    references: [
      ['dimg', 1, [2, 2]],
      ['auxl', 3, [1]],
    ],
  }),
} satisfies Partial<Record<Format, Uint8Array>>
const formats = Object.keys(files) as (keyof typeof files)[]

/** Valid files with bytes changed, cut out, repeated or put in: what a mutating fuzzer sends. */
function mutations(file: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat(file.length - 1)
  const edit = fc.tuple(place, fc.nat(40), fc.oneof(fc.uint8Array({ maxLength: 9 }), fc.constant(undefined)))
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map(edits =>
      edits.reduce(
        (bytes, [at, length, put]) =>
          bytesOf(
            bytes.subarray(0, at),
            put ?? bytes.subarray(at - length, at),
            bytes.subarray(at + (put ? length % 5 : 0)),
          ),
        file,
      ),
    )
}

/** Any bytes behind the signature, so that they get past the first check. */
function signed(file: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ maxLength: 300 }).map(bytes => bytesOf(file.subarray(0, 12), bytes))
}

describe.each(formats)('%s', format => {
  const file = files[format]

  function check(bytes: Uint8Array): string {
    const reader = new ByteReader(bytes)
    // Anything thrown but an UploadError fails here.
    const code = verdict(() => {
      const { icc } = readHeader(format, reader, { maxPixels: 64_000_000 })
      const pieces = icc === 'broken' ? [] : icc
      expect(pieces.every(({ offset, length }) => offset + length <= bytes.length)).toBe(true)
    })
    expect(reader.reads).toBeLessThanOrEqual(4 * bytes.length + 4096)
    return code
  }

  it('reads the file that is varied here', () => {
    expect(check(file)).toBe('accepted')
  })

  it('says truncated of every shorter file, but where only the end is missing', () => {
    const lengths = Array.from({ length: file.length - 12 }, (_, at) => at + 12)
    const verdicts = lengths.map(length => check(file.subarray(0, length)))
    const whole = verdicts.filter(verdict => verdict !== 'truncated')
    // IEND has twelve bytes. In the GIF two frames and a comment may be the last block, without its empty sub-block.
    const count = format === 'png' ? 12 : format === 'gif' ? 6 : 0
    expect(whole).toEqual(Array.from({ length: count }, () => 'accepted'))
  })

  it.each([
    ['any bytes', fc.uint8Array({ maxLength: 300 })],
    ['any bytes behind the signature', signed(file)],
    ['a mutated file', mutations(file)],
    ['a file with bytes after its end', fc.uint8Array().map(bytes => bytesOf(file, bytes))],
  ])('%s: a header or an UploadError, in linear time', (_, bytes) => {
    fc.assert(
      fc.property(bytes, bytes => void check(bytes)),
      { numRuns: 1000 },
    )
  })

  it('changes one byte at every place', () => {
    const copy = Uint8Array.from(file)
    const codes = new Set<string>()
    for (const [at, byte] of file.entries()) {
      for (const value of [
        0,
        1,
        0x0f,
        0x40,
        0x7f,
        0x80,
        0xc0,
        0xff,
        byte ^ 1,
        byte ^ 0x20,
        byte + 1,
        byte - 1,
      ]) {
        copy[at] = value
        codes.add(check(copy))
      }
      copy[at] = byte
    }
    expect(codes).toContain('accepted')
    expect(codes).toContain('corrupt')
  })
})

/** The smallest parts that a format can be made of, as many as fit: the most reads and steps a byte. */
describe('bytes that make many steps', () => {
  const kilobytes = 64
  const filled = (start: Uint8Array, part: Uint8Array) =>
    bytesOf(start, ...Array.from({ length: (kilobytes * 1024) / part.length }, () => part))
  const infe = fullBox('infe', 2, 0, 0, 1, 0, 0, 'av01')
  const extents = bytesOf(be(1, 2), 0, 0, be(65535, 2))
  const riff = (chunks: Uint8Array) => webp.webpFile(webp.vp8x(6, 4, 0x02), chunks)

  it.each([
    ['jpeg', 'empty segments', filled(bytesOf(0xff, 0xd8), bytesOf(0xff, 0xe1, 0, 2))],
    ['jpeg', 'EXIF segments', filled(bytesOf(0xff, 0xd8), jpeg.segment(0xe1, 'Exif\0\0', exifBlock()))],
    ['jpeg', 'profile pieces', filled(bytesOf(0xff, 0xd8), jpeg.segment(0xe2, 'ICC_PROFILE\0', 1, 1))],
    ['jpeg', 'restart markers', filled(jpeg.jpegFile({ end: bytesOf() }), bytesOf(0xff, 0xd0))],
    ['jpeg', 'scans', filled(jpeg.jpegFile({ end: bytesOf() }), jpeg.scan([1]))],
    ['png', 'empty chunks', filled(png.pngFile({ end: bytesOf() }), png.chunk('tEXt'))],
    [
      'png',
      'EXIF chunks',
      filled(png.pngFile({ end: bytesOf() }), png.chunk('eXIf', exifBlock({ before: 900 }))),
    ],
    [
      'png',
      'texts',
      filled(png.pngFile({ end: bytesOf() }), png.chunk('tEXt', 'Raw profile type exif\0\n\n\n4d')),
    ],
    ['png', 'frames', filled(png.pngFile({ before: [png.actl(9)], end: bytesOf() }), png.fctl(0))],
    ['gif', 'sub-blocks', filled(bytesOf(gif.gifFile({ end: bytesOf(0x21, 0xfe) })), bytesOf(1, 0x2c))],
    ['gif', 'empty extensions', filled(gif.gifFile({ end: bytesOf() }), bytesOf(0x21, 0xff, 0))],
    ['gif', 'frames', filled(gif.gifFile({ end: bytesOf() }), gif.frame())],
    ['webp', 'empty chunks', riff(filled(bytesOf(), webp.chunk('XMP ')))],
    ['avif', 'empty boxes', filled(box('ftyp', 'avif'), box('free'))],
    ['avif', 'items', heifFile({ more: [fullBox('iinf', 1, 0, be(0, 4), filled(bytesOf(), infe))] })],
    [
      'avif',
      'extents',
      heifFile({ more: [fullBox('iloc', 0, 0, 0x40, 0, be(9, 2), filled(extents, be(1, 4)))] }),
    ],
    ['webp', 'frames', riff(filled(bytesOf(), webp.anmf()))],
  ] as const)('%s: %s', (format, _, bytes) => {
    const reader = new ByteReader(bytes)
    verdict(() => readHeader(format, reader, { maxPixels: 64_000_000 }))
    expect(bytes.length).toBeGreaterThan(kilobytes * 1000)
    expect(reader.reads).toBeLessThanOrEqual(4 * bytes.length + 4096)
  })
})
