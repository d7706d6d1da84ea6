import fc from 'fast-check'
import { fileTypeFromBuffer } from 'file-type'
import { expect, test } from 'vitest'
import { UploadError } from '../errors/upload-error.js'
import { type Format, formats } from '../formats/format.js'
import { sniffFormat } from '../formats/signatures.js'
import { definePolicy } from '../policy/policy.js'
import { admit } from './admit.js'
import { nameContent, sniff } from './sniff.js'

const bytesOf = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))
const padded = (text: string) => bytesOf(text.padEnd(600, '\0'))
const ftyp = (brand: string, ...compatible: string[]) =>
  `\0\0\0${String.fromCharCode(16 + 4 * compatible.length)}ftyp${brand}\0\0\0\0${compatible.join('')}`

const policy = definePolicy()
const wide = definePolicy({ extensions: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'avif', 'heic', 'heif'] })
const sniffed = async (start: string, name?: string, rules = policy) =>
  sniff(await admit({ body: padded(start), name }, wide), rules)

const own: readonly (readonly [Format, string, string])[] = [
  ['jpeg', '\xff\xd8\xff\xe0\0\x10JFIF\0', 'image/jpeg'],
  ['jpeg', '\xff\xd8\xff\xe1\0\x10Exif\0\0', 'image/jpeg'],
  ['png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0....\0\0\0\x01IDAT', 'image/png'],
  ['gif', 'GIF87a', 'image/gif'],
  ['gif', 'GIF89a', 'image/gif'],
  ['webp', 'RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
  ['avif', ftyp('avif', 'mif1', 'miaf'), 'image/avif'],
  ['avif', ftyp('avis', 'msf1'), 'image/avif'],
  ['heic', ftyp('heic', 'mif1'), 'image/heic'],
  ['heic', ftyp('hevc', 'msf1'), 'image/heic-sequence'],
  ['heic', ftyp('mif1', 'heic'), 'image/heif'],
]

test.each(own)('%s is known, as file-type knows it (%#)', async (format, start, mime) => {
  expect(sniffFormat(padded(start))).toBe(format)
  expect((await fileTypeFromBuffer(padded(start)))?.mime).toBe(mime)
})

test('a brand that stands behind the major one counts', () => {
  expect(sniffFormat(padded(ftyp('mif1', 'avif')))).toBe('avif')
  expect(sniffFormat(padded(ftyp('isom', 'mp41')))).toBeUndefined()
  // Behind the end of its box it does not.
  expect(sniffFormat(padded(`\0\0\0\x10ftypisom\0\0\0\0avif`))).toBeUndefined()
})

test.each([
  ['a PDF document', '%PDF-1.7\n', 'application/pdf'],
  ['a PostScript file', '%!PS-Adobe-3.0 EPSF-3.0', 'application/eps'],
  ['a ZIP archive or Office document', 'PK\x05\x06', 'application/zip'],
  ['an old Office document', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-cfb'],
  ['a RAR archive', 'Rar!\x1a\x07\x01\0', 'application/x-rar-compressed'],
  ['a 7z archive', "7z\xbc\xaf'\x1c", 'application/x-7z-compressed'],
  ['a gzip archive', '\x1f\x8b\x08', 'application/gzip'],
  ['a bzip2 archive', 'BZh9', 'application/x-bzip2'],
  ['an xz archive', '\xfd7zXZ\0', 'application/x-xz'],
  ['a Zstandard archive', '(\xb5/\xfd', 'application/zstd'],
  ['a tar archive', `${'a'.padEnd(257, '\0')}ustar\0`, 'application/x-tar'],
  ['a TIFF image', 'II*\0\x08\0\0\0', 'image/tiff'],
  ['a TIFF image', 'MM\0*\0\0\0\x08', 'image/tiff'],
  ['a BigTIFF image', 'II+\0\x08\0\0\0', 'image/tiff'],
  ['a BMP image', 'BM\x46\0\0\0\0\0\0\0\x36\0\0\0', 'image/bmp'],
  ['an icon', '\0\0\x01\0\x01\0', 'image/x-icon'],
  ['a cursor', '\0\0\x02\0\x01\0', 'image/x-icon'],
  ['a Photoshop file', '8BPS\0\x01', 'image/vnd.adobe.photoshop'],
  ['a GIMP file', 'gimp xcf v011', 'image/x-xcf'],
  ['a JPEG XL image', '\xff\x0a', 'image/jxl'],
  ['a JPEG XL image', '\0\0\0\x0cJXL \r\n\x87\n', 'image/jxl'],
  ['a JPEG 2000 image', '\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ', 'image/jp2'],
  ['a JPEG 2000 image', '\xff\x4f\xff\x51', 'image/j2c'],
  ['a Windows program', 'MZ\x90\0', 'application/x-msdownload'],
  ['a Linux program', '\x7fELF\x02', 'application/x-elf'],
  ['a macOS program', '\xcf\xfa\xed\xfe', 'application/x-mach-binary'],
  ['a WebAssembly program', '\0asm\x01\0\0\0', 'application/wasm'],
  ['a WebM or Matroska video', '\x1aE\xdf\xa3\x84\x42\x82\x84webm', 'video/webm'],
  ['an AVI video', 'RIFF\x10\0\0\0AVI ', 'video/vnd.avi'],
  ['a WAV recording', 'RIFF\x10\0\0\0WAVE', 'audio/wav'],
  ['an Ogg recording', 'OggS', 'application/ogg'],
  ['a FLAC recording', 'fLaC', 'audio/flac'],
  ['an MP3 recording', '\xff\xfb\x90', 'audio/mpeg'],
  ['a Flash video', 'FLV\x01', 'video/x-flv'],
  ['a font', 'wOF2\0\x01\0\0', 'font/woff2'],
  ['an SQLite database', 'SQLite format 3\0', 'application/x-sqlite3'],
  ['a QuickTime video', ftyp('qt  '), 'video/quicktime'],
  ['an MP4 video', ftyp('isom', 'mp41'), 'video/mp4'],
  ['an XML document', '<?xml version="1.0"?><note>', 'application/xml'],
])('%s is named, and file-type agrees (%#)', async (name, start, mime) => {
  expect(nameContent(padded(start))).toBe(name)
  expect((await fileTypeFromBuffer(padded(start)))?.mime).toBe(mime)
})

test.each([
  ['an HTML page', '<!DOCTYPE html><title>x</title>'],
  ['an HTML page', ' \r\n\t<HTML>'],
  ['an HTML page', '\xef\xbb\xbf<script>alert(1)</script>'],
  ['an HTML page', '\xff\xfe<\0h\0t\0m\0l\0>\0'],
  ['an SVG drawing', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['an SVG drawing', '<?xml version="1.0"?>\n<!-- a comment -->\n<svg>'],
  ['an SVG drawing', '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "">'],
  ['a PHP script', '<?php system($_GET[0]);'],
  ['a PHP script', '<?=`$_GET[0]`?>'],
  ['a server page script', '<%@ page import="java.util.*" %>'],
  ['a script', '#!/bin/sh\nrm -rf /'],
  ['a ZIP archive or Office document', 'PK\x03\x04\x14\0\x06\0'],
  ['a file of an unknown kind', 'hello'],
  ['a JPEG', '\xff\xd8\xff\xdb'],
])('%s is named (%#)', (name, start) => {
  expect(nameContent(bytesOf(start))).toBe(name)
})

test('an empty or one-byte file has no kind', () => {
  expect(nameContent(new Uint8Array())).toBe('a file of an unknown kind')
  expect(nameContent(new Uint8Array([0xff]))).toBe('a file of an unknown kind')
})

test('extension and content must agree; jpg is jpeg', async () => {
  for (const [format, start] of own)
    for (const extension of wide.extensions) {
      const outcome = await sniffed(start, `a.${extension}`, wide).then(
        ({ format: found }) => found,
        (error: UploadError) => error.code,
      )
      const same = extension.replace('jpg', 'jpeg').replace('heif', 'heic') === format
      expect([extension, outcome]).toEqual([extension, same ? format : 'extension-mismatch'])
    }
})

test('a mismatch is told with both sides, or allowed by the policy; without a name there is none', async () => {
  const png = own[2]?.[1] ?? ''
  await expect(sniffed(png, 'a.jpg')).rejects.toMatchObject({
    status: 415,
    message: 'The file name ends in ".jpg", but this is a PNG. Rename it to end in ".png".',
  })
  await expect(
    sniffed(own[0]?.[1] ?? '', 'a.png', definePolicy({ extensions: ['jfif', 'png'] })),
  ).rejects.toThrow('Rename it to end in ".jfif".')
  for (const [format, start] of own)
    for (const extension of wide.extensions)
      expect(
        await sniffed(
          start,
          `a.${extension}`,
          definePolicy({ extensions: wide.extensions, mismatch: 'allow' }),
        ),
      ).toMatchObject({ format })
  expect(await sniffed(png)).toMatchObject({ format: 'png', name: '' })
})

test.each([
  ['%PDF-1.7', 'This is a PDF document. Accepted are: jpg, jpeg, jfif, png, gif, webp.'],
  [
    ftyp('avif', 'mif1'),
    'This is an AVIF, which must be saved as JPEG first. Accepted are: jpg, jpeg, jfif, png, gif, webp.',
  ],
  [
    ftyp('heic', 'mif1'),
    'This is a HEIC photo, which must be saved as JPEG first. Accepted are: jpg, jpeg, jfif, png, gif, webp.',
  ],
])('what the policy does not accept is named (%#)', async (start, message) => {
  await expect(sniffed(start, 'a.jpg')).rejects.toMatchObject({
    code: start.startsWith('%PDF') ? 'format-not-allowed' : 'format-not-enabled',
    status: 415,
    message,
  })
})

test('what nobody knows is said to be no image', async () => {
  await expect(sniffed('hello', 'a.jpg')).rejects.toMatchObject({ code: 'format-unknown', status: 415 })
})

test('any bytes have a name and pass or are refused with an UploadError', async () => {
  const starts = fc.constantFrom('', ...own.map(([, start]) => start), '<?xml', 'RIFF', '\0\0\0\0ftyp')
  await fc.assert(
    fc.asyncProperty(starts, fc.uint8Array({ minLength: 1, maxLength: 2000 }), async (start, rest) => {
      const body = Buffer.concat([bytesOf(start), rest])
      expect(nameContent(body)).not.toBe('')
      const admitted = await admit({ body }, policy)
      try {
        expect(formats).toContain(sniff(admitted, policy).format)
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(UploadError)
      }
    }),
  )
})
