import { brandsOf, headOf, matches, type Signature } from '../input/file-head.js'

/** What is refused gets a name, so that a person knows what was wrong. The first row that fits counts. */
const binaries: readonly (readonly [name: string, ...Signature])[] = [
  ['a PDF document', [0, '%PDF-']],
  ['a PostScript file', [0, '%!PS']],
  ['a ZIP archive or Office document', [0, 'PK\x03\x04']],
  ['a ZIP archive or Office document', [0, 'PK\x05\x06']],
  ['an old Office document', [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1']],
  ['a RAR archive', [0, 'Rar!\x1a\x07']],
  ['a 7z archive', [0, "7z\xbc\xaf'\x1c"]],
  ['a gzip archive', [0, '\x1f\x8b']],
  ['a bzip2 archive', [0, 'BZh']],
  ['an xz archive', [0, '\xfd7zXZ\0']],
  ['a Zstandard archive', [0, '(\xb5/\xfd']],
  ['a tar archive', [257, 'ustar']],
  ['a TIFF image', [0, 'II*\0']],
  ['a TIFF image', [0, 'MM\0*']],
  ['a BigTIFF image', [0, 'II+\0']],
  ['a BigTIFF image', [0, 'MM\0+']],
  ['a BMP image', [0, 'BM'], [6, '\0\0\0\0']],
  ['an icon', [0, '\0\0\x01\0']],
  ['a cursor', [0, '\0\0\x02\0']],
  ['a Photoshop file', [0, '8BPS']],
  ['a GIMP file', [0, 'gimp xcf']],
  ['a JPEG XL image', [0, '\0\0\0\x0cJXL \r\n\x87\n']],
  ['a JPEG XL image', [0, '\xff\x0a']],
  ['a JPEG 2000 image', [0, '\0\0\0\x0cjP  \r\n\x87\n']],
  ['a JPEG 2000 image', [0, '\xff\x4f\xff\x51']],
  ['an MNG animation', [0, '\x8aMNG\r\n\x1a\n']],
  ['a Windows program', [0, 'MZ']],
  ['a Linux program', [0, '\x7fELF']],
  ['a macOS program', [0, '\xcf\xfa\xed\xfe']],
  ['a macOS program', [0, '\xce\xfa\xed\xfe']],
  ['a Java class or macOS program', [0, '\xca\xfe\xba\xbe']],
  ['a WebAssembly program', [0, '\0asm']],
  ['a WebM or Matroska video', [0, '\x1aE\xdf\xa3']],
  ['an AVI video', [0, 'RIFF'], [8, 'AVI ']],
  ['a WAV recording', [0, 'RIFF'], [8, 'WAVE']],
  ['an Ogg recording', [0, 'OggS']],
  ['a FLAC recording', [0, 'fLaC']],
  ['an MP3 recording', [0, 'ID3']],
  ['an MP3 recording', [0, '\xff\xfb']],
  ['a Flash video', [0, 'FLV\x01']],
  ['a font', [0, 'wOFF']],
  ['a font', [0, 'wOF2']],
  ['an SQLite database', [0, 'SQLite format 3\0']],
]

/** Markup and scripts: case, byte order mark and white space before them do not matter. */
const texts: readonly (readonly [name: string, start: string])[] = [
  ['an HTML page', '<!doctype html'],
  ['an HTML page', '<html'],
  ['an HTML page', '<head'],
  ['an HTML page', '<body'],
  ['an HTML page', '<script'],
  ['an SVG drawing', '<svg'],
  ['an SVG drawing', '<!doctype svg'],
  ['a PHP script', '<?php'],
  ['a PHP script', '<?='],
  ['a server page script', '<%'],
  ['an XML document', '<?xml'],
  ['a script', '#!'],
]

/** What foreign bytes are, as words for a sentence ("a PDF document"); undefined where nobody knows. */
export function nameForeign(bytes: Uint8Array): string | undefined {
  const head = headOf(bytes)
  const binary = binaries.find(([, ...signature]) => matches(head, signature))
  if (binary) return binary[0]
  const [brand] = brandsOf(head)
  if (brand !== undefined) return brand === 'qt  ' ? 'a QuickTime video' : 'an MP4 video'
  const text = textOf(head)
  const written = texts.find(([, start]) => text.startsWith(start))?.[0]
  // An XML declaration, a comment or a document type may stand before the drawing.
  return written !== undefined && written !== 'an XML document'
    ? written
    : text.startsWith('<') && text.includes('<svg')
      ? 'an SVG drawing'
      : written
}

/** Also of UTF-16, whose every other byte is NUL in markup. */
function textOf(head: string): string {
  return head
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart()
    .toLowerCase()
}

/** Every name that `nameForeign` can give: for translations. */
export const foreignNames: readonly string[] = [
  ...new Set([...binaries, ...texts].map(([name]) => name)),
  'a QuickTime video',
  'an MP4 video',
]
