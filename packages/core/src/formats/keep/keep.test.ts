import exifr from 'exifr'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { be, bytesOf } from '../../../test/bytes-of.js'
import { jpegFile, segment } from '../../../test/jpeg-file.js'
import { chunk as pngChunk, pngFile } from '../../../test/png-file.js'
import { read, verdict } from '../../../test/read.js'
import { tiffFile } from '../../../test/tiff-file.js'
import { anim, anmf, chunk, vp8, vp8l, vp8x, webpFile } from '../../../test/webp-file.js'
import { openWebp, webpChunks } from '../../containers/riff.js'
import { ByteReader } from '../../input/bytes.js'
import { verifyOutput } from '../../pipeline/verify.js'
import { readImageMetadata } from '../image-metadata.js'
import { copyrightBlock } from './copyright.js'
import { insertExif } from './insert-exif.js'

const keeping = { keep: ['copyright'] } as const
const copyrightTag = 0x8298

const tables = [segment(0xdb, 0, new Uint8Array(64)), segment(0xc4, 0)]
const jfif = segment(0xe0, 'JFIF\0', 1, 1, 0, 0, 1, 0, 1, 0, 0)
/** As this library writes them. */
const files = {
  'a lossy WebP': webpFile(vp8()),
  'a lossless WebP': webpFile(vp8l()),
  'a lossless WebP with alpha': webpFile(vp8l(6, 4, true)),
  'a lossy WebP with alpha': webpFile(vp8x(6, 4, 0x10), chunk('ALPH', 'x'), vp8()),
  'an animated WebP': webpFile(vp8x(6, 4, 0x02), anim(), anmf(), anmf()),
  'a JPEG': jpegFile({ before: [jfif, ...tables] }),
  'a JPEG without JFIF': jpegFile({ before: tables }),
  'a PNG': pngFile(),
  'a PNG of a palette': pngFile({
    before: [pngChunk('PLTE', '123456'), pngChunk('tRNS', 'x')],
    colourType: 3,
  }),
}
type Format = 'webp' | 'jpeg' | 'png'
const cases = Object.entries(files).map(([name, bytes]) => {
  const format: Format = name.includes('WebP') ? 'webp' : name.includes('JPEG') ? 'jpeg' : 'png'
  return [name, format, bytes] as const
})
const headerOf = (format: Format, bytes: Uint8Array) => read(format, bytes)
const insertInto = (format: Format, bytes: Uint8Array, block: Uint8Array) =>
  insertExif(bytes, headerOf(format, bytes), block)
const textIn = (format: Format, bytes: Uint8Array) =>
  readImageMetadata(bytes, headerOf(format, bytes), ['copyright'])?.copyright
const blockOf = (text: string) => copyrightBlock(text) ?? new Uint8Array()

/** The file again, without its EXIF and what announces it. */
function withoutExif(format: Format, bytes: Uint8Array): Uint8Array {
  if (format === 'webp') {
    const chunks = [...webpChunks(openWebp(new ByteReader(bytes)))]
      .filter(({ type }) => type !== 'EXIF')
      .map(({ type, body }) => [type, body.bytes(body.left)] as const)
    const isSimple = chunks.length === 2 && chunks[0]?.[0] === 'VP8X'
    return webpFile(
      ...chunks
        .slice(isSimple ? 1 : 0)
        .map(([type, body]) =>
          chunk(type, type === 'VP8X' ? body.map((byte, at) => (at === 0 ? byte & ~8 : byte)) : body),
        ),
    )
  }
  const exif = headerOf(format, bytes).exif ?? { offset: 0, length: 0 }
  const [before, behind] = format === 'jpeg' ? [4, 0] : [8, 4]
  return bytesOf(bytes.subarray(0, exif.offset - before), bytes.subarray(exif.offset + exif.length + behind))
}

describe.each(cases)('%s', (_, format, bytes) => {
  test('carries the copyright, and is refused where the policy keeps none', () => {
    const made = insertInto(format, bytes, blockOf('© A. Photographer; Ein Büro'))
    expect(textIn(format, made)).toBe('© A. Photographer; Ein Büro')
    expect(verdict(() => verifyOutput(made, keeping))).toBe('accepted')
    expect(verdict(() => verifyOutput(made))).toBe('verify-failed')
    expect(verdict(() => verifyOutput(bytes, keeping))).toBe('accepted')
  })

  test('whatever the text is, it parses, says a part of it, and carries nothing else', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc
        .array(fc.constantFrom('<?php', '\0', '\ud800', '\u202e', ' ', '©', '😀', 'Exif\0\0', '\r\n'))
        .map(parts => parts.join('')),
    )
    fc.assert(
      fc.property(texts, text => {
        const block = copyrightBlock(text)
        if (block === undefined) {
          expect(text.replace(/[\p{C}\s<>\uFFFD]/gu, '')).toBe('')
          return
        }
        const made = insertInto(format, bytes, block)
        const header = verifyOutput(made, keeping)
        expect(header).toMatchObject({ width: header.width, orientation: 1, trailingBytes: 0 })
        expect(header.metadataBytes).toBe(block.length + (format === 'jpeg' ? 6 : 0))
        expect(block.length).toBeLessThanOrEqual(26 + 4 * 200 + 1)
        expect(Buffer.compare(withoutExif(format, made), bytes)).toBe(0)
        const said = textIn(format, made) ?? ''
        expect(said).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}<>]/u)
        expect([...said].length).toBeLessThanOrEqual(200)
        // The same text, drawn again, is the same block.
        expect(copyrightBlock(said)).toEqual(block)
      }),
      { numRuns: 300 },
    )
  })
})

test.each([
  ['x', 26],
  ['abc', 26],
  ['abcd', 31],
  ['x'.repeat(200), 227],
  ['x'.repeat(201), 227],
  ['€'.repeat(200), 627],
  ['', undefined],
  ['<>\0\u202e', undefined],
])('%j is a block of %s bytes', (text, length) => {
  // Up to three bytes and their NUL stand in the entry.
  expect(copyrightBlock(text)?.length).toBe(length)
})

test('exifr reads the same, and nothing else', async () => {
  const everything = {
    ihdr: false,
    tiff: true,
    ifd1: true,
    exif: true,
    gps: true,
    interop: true,
    xmp: true,
    icc: true,
    iptc: true,
  }
  for (const [, format, bytes] of cases) {
    if (format === 'webp') continue
    for (const text of ['A', '© 2026 Jane Doe', '写真家 🎞'])
      expect(await exifr.parse(Buffer.from(insertInto(format, bytes, blockOf(text))), everything)).toEqual({
        Copyright: text,
      })
  }
  expect(await exifr.parse(Buffer.from(blockOf('of a WebP, whose block this is')), everything)).toEqual({
    Copyright: 'of a WebP, whose block this is',
  })
})

const text = (value: string) => tiffFile({ [copyrightTag]: value }, { little: false })
describe.each(['webp', 'jpeg', 'png'] as const)('EXIF that is not ours is refused in %s', format => {
  const bare = cases.find(([, each]) => each === format)?.[2] ?? new Uint8Array()
  const block = blockOf('Jane Doe')

  test.each([
    ['another field besides', tiffFile({ 315: 'Jane', [copyrightTag]: 'Jane Doe' })],
    ['directories besides', text('Jane Doe')],
    ['another byte order', tiffFile({ [copyrightTag]: 'Jane Doe' })],
    ['bytes behind it', bytesOf(block, 0)],
    ['one byte less', block.subarray(0, -1)],
    ['a tag', Uint8Array.from(block, byte => (byte === 0x4a ? 0x3c : byte))],
    ['a control', Uint8Array.from(block, byte => (byte === 0x4a ? 7 : byte))],
    ['a text in two parts', Uint8Array.from(block, byte => (byte === 0x20 ? 0 : byte))],
    ['another directory behind', Uint8Array.from(block, (byte, at) => (at === 25 ? 8 : byte))],
    ['no text', bytesOf('MM\0*', be(8, 4), be(1, 2), be(copyrightTag, 2), be(2, 2), be(1, 4), be(0, 8))],
    ['another tag', Uint8Array.from(block, (byte, at) => (at === 11 ? byte ^ 1 : byte))],
    ['nothing', new Uint8Array(0)],
  ])('%s', (_, other) => {
    expect(verdict(() => verifyOutput(insertInto(format, bare, block), keeping))).toBe('accepted')
    expect(verdict(() => verifyOutput(insertInto(format, bare, other), keeping))).toBe('verify-failed')
  })

  test('twice', () => {
    const once = insertInto(format, bare, block)
    expect(verdict(() => verifyOutput(insertInto(format, once, block), keeping))).toBe('verify-failed')
  })
})

test('EXIF that is kept lets nothing else in', () => {
  const block = blockOf('Jane Doe')
  for (const bytes of [
    webpFile(vp8x(6, 4, 0x08), vp8()),
    webpFile(vp8x(6, 4), vp8(), chunk('EXIF', block)),
    webpFile(vp8(), chunk('EXIF', block)),
    webpFile(vp8x(6, 4, 0x0c), vp8(), chunk('EXIF', block), chunk('XMP ', 'x')),
    webpFile(vp8x(6, 4, 0x2a), anim(), anmf({ chunks: [vp8(), chunk('EXIF', block)] }), anmf()),
    jpegFile({ before: [segment(0xe1, 'Exif\0\0', block), segment(0xfe, 'x'), ...tables] }),
    jpegFile({ before: [segment(0xe1, 'Exif\0\0', block), segment(0xe1, 'x'), ...tables] }),
    pngFile({ before: [pngChunk('eXIf', block), pngChunk('tEXt', 'Comment\0x')] }),
  ])
    expect(verdict(() => verifyOutput(bytes, keeping))).toBe('verify-failed')
})

test('a format that carries no EXIF is told by its name', () => {
  const header = { ...headerOf('png', pngFile()), format: 'gif' } as const
  expect(() => insertExif(new Uint8Array(0), header, blockOf('x'))).toThrow('gif carries no EXIF')
})
