import { brandsOf, headOf, matches, type Signature } from '../input/file-head.js'

/** Kinds of files that are no image for us; what each is called in a sentence, `messages/` says. */
export const foreignKinds = [
  'pdf',
  'postscript',
  'zip',
  'office',
  'rar',
  '7z',
  'gzip',
  'bzip2',
  'xz',
  'zstd',
  'tar',
  'tiff',
  'bigtiff',
  'bmp',
  'icon',
  'cursor',
  'photoshop',
  'gimp',
  'jpeg-xl',
  'jpeg-2000',
  'mng',
  'windows-program',
  'linux-program',
  'macos-program',
  'java-or-macos-program',
  'webassembly',
  'matroska',
  'avi',
  'quicktime',
  'mp4',
  'flash-video',
  'wav',
  'ogg',
  'flac',
  'mp3',
  'font',
  'sqlite',
  'html',
  'svg',
  'php',
  'server-page',
  'xml',
  'script',
] as const
export type ForeignKind = (typeof foreignKinds)[number]

/** What is refused gets a name, so that a person knows what was wrong. The first row that fits counts. */
const binaries: readonly (readonly [kind: ForeignKind, ...Signature])[] = [
  ['pdf', [0, '%PDF-']],
  ['postscript', [0, '%!PS']],
  ['zip', [0, 'PK\x03\x04']],
  ['zip', [0, 'PK\x05\x06']],
  ['office', [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1']],
  ['rar', [0, 'Rar!\x1a\x07']],
  ['7z', [0, "7z\xbc\xaf'\x1c"]],
  ['gzip', [0, '\x1f\x8b']],
  ['bzip2', [0, 'BZh']],
  ['xz', [0, '\xfd7zXZ\0']],
  ['zstd', [0, '(\xb5/\xfd']],
  ['tar', [257, 'ustar']],
  ['tiff', [0, 'II*\0']],
  ['tiff', [0, 'MM\0*']],
  ['bigtiff', [0, 'II+\0']],
  ['bigtiff', [0, 'MM\0+']],
  ['bmp', [0, 'BM'], [6, '\0\0\0\0']],
  ['icon', [0, '\0\0\x01\0']],
  ['cursor', [0, '\0\0\x02\0']],
  ['photoshop', [0, '8BPS']],
  ['gimp', [0, 'gimp xcf']],
  ['jpeg-xl', [0, '\0\0\0\x0cJXL \r\n\x87\n']],
  ['jpeg-xl', [0, '\xff\x0a']],
  ['jpeg-2000', [0, '\0\0\0\x0cjP  \r\n\x87\n']],
  ['jpeg-2000', [0, '\xff\x4f\xff\x51']],
  ['mng', [0, '\x8aMNG\r\n\x1a\n']],
  ['windows-program', [0, 'MZ']],
  ['linux-program', [0, '\x7fELF']],
  ['macos-program', [0, '\xcf\xfa\xed\xfe']],
  ['macos-program', [0, '\xce\xfa\xed\xfe']],
  ['java-or-macos-program', [0, '\xca\xfe\xba\xbe']],
  ['webassembly', [0, '\0asm']],
  ['matroska', [0, '\x1aE\xdf\xa3']],
  ['avi', [0, 'RIFF'], [8, 'AVI ']],
  ['wav', [0, 'RIFF'], [8, 'WAVE']],
  ['ogg', [0, 'OggS']],
  ['flac', [0, 'fLaC']],
  ['mp3', [0, 'ID3']],
  ['mp3', [0, '\xff\xfb']],
  ['flash-video', [0, 'FLV\x01']],
  ['font', [0, 'wOFF']],
  ['font', [0, 'wOF2']],
  ['sqlite', [0, 'SQLite format 3\0']],
]

/** Markup and scripts: case, byte order mark and white space before them do not matter. */
const texts: readonly (readonly [kind: ForeignKind, start: string])[] = [
  ['html', '<!doctype html'],
  ['html', '<html'],
  ['html', '<head'],
  ['html', '<body'],
  ['html', '<script'],
  ['svg', '<svg'],
  ['svg', '<!doctype svg'],
  ['php', '<?php'],
  ['php', '<?='],
  ['server-page', '<%'],
  ['xml', '<?xml'],
  ['script', '#!'],
]

/** What foreign bytes are; undefined where nobody knows. */
export function foreignKindOf(bytes: Uint8Array): ForeignKind | undefined {
  const head = headOf(bytes)
  const binary = binaries.find(([, ...signature]) => matches(head, signature))
  if (binary) return binary[0]
  const [brand] = brandsOf(head)
  if (brand !== undefined) return brand === 'qt  ' ? 'quicktime' : 'mp4'
  const text = textOf(head)
  const written = texts.find(([, start]) => text.startsWith(start))?.[0]
  // An XML declaration, a comment or a document type may stand before the drawing.
  return written !== undefined && written !== 'xml'
    ? written
    : text.startsWith('<') && text.includes('<svg')
      ? 'svg'
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
