/** Something in a file that a picture does not need. */
export interface Marker {
  readonly what: string
  /** Of the first, in bytes from the start of the file. */
  readonly offset: number
  readonly count: number
}

/** Four bytes and more: in 8 MiB of compressed pixels they stand by chance once in some hundred files. */
const signatures: readonly (readonly [what: string, ...texts: string[]])[] = [
  ['a ZIP archive', 'PK\x03\x04'],
  ['a RAR archive', 'Rar!\x1a\x07'],
  ['a 7z archive', "7z\xbc\xaf'\x1c"],
  ['a gzip archive', '\x1f\x8b\x08\0', '\x1f\x8b\x08\x08'],
  ['a PDF document', '%PDF-1.', '%PDF-2.'],
  ['a PostScript file', '%!PS-Adobe'],
  ['a Windows program', 'This program cannot be run in DOS mode'],
  ['a Linux program', '\x7fELF'],
  ['a Java class or macOS program', '\xca\xfe\xba\xbe', '\xcf\xfa\xed\xfe'],
  ['a shell script', '#!/bin/', '#!/usr/bin/'],
  ['a video (motion photo)', 'ftypmp4', 'ftypisom', 'ftypqt  '],
  ['EXIF', 'Exif\0\0', 'eXIfII*\0', 'eXIfMM\0*'],
  ['XMP', 'http://ns.adobe.com/xap/1.0/', '<x:xmpmeta'],
  ['a colour profile', 'ICC_PROFILE\0', 'iCCP', 'ICCP'],
  ['Photoshop data', 'Photoshop 3.0\0'],
  ['several pictures (MPF)', 'MPF\0II*\0', 'MPF\0MM\0*'],
]

/** In any case, as HTML and PHP are read. What is short must go on like a program. */
const patterns: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['PHP', /<\?php\b|<\?=\s*[ -~]{6}/gi],
  ['a script element', /<script[\s>]/gi],
  ['an event handler of HTML', /\son(?:error|load|click|mouseover)\s?=/gi],
  ['a script address', /javascript:/gi],
  ['an HTML page', /<html[\s>]|<!doctype html/gi],
  ['an SVG drawing', /<svg[\s>]/gi],
  ['a server page', /<%[@=!]\s?[ -~]{6}/g],
]

/**
 * Embedded scripts, archives, documents, programs and metadata, by what they begin with, in the order of the
 * file.
 */
export function findMarkers(bytes: Uint8Array): readonly Marker[] {
  const text = latin1(bytes)
  const offsets = [
    ...signatures.map(([what, ...texts]) => [what, texts.flatMap(each => offsetsOf(text, each))] as const),
    ...patterns.map(
      ([what, pattern]) => [what, Array.from(text.matchAll(pattern), ({ index }) => index)] as const,
    ),
  ]
  return offsets
    .flatMap(([what, found]) =>
      found.length > 0 ? [{ what, offset: found.reduce((a, b) => Math.min(a, b)), count: found.length }] : [],
    )
    .sort((one, other) => one.offset - other.offset)
}

/** A character for each byte. `TextDecoder` means windows-1252 by that name, which is another thing. */
function latin1(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return parts.join('')
}

function offsetsOf(text: string, part: string): readonly number[] {
  const offsets: number[] = []
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) offsets.push(at)
  return offsets
}
