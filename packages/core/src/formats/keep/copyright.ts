import { u16, u32 } from '../../containers/boxes.js'
import { ByteReader, concatBytes } from '../../input/bytes.js'
import type { Header } from '../header.js'
import { maxTextLength, readImageMetadata } from '../image-metadata.js'
import { exifPrefix } from './insert-exif.js'

const copyrightTag = 0x8298
const ascii = 2
/** Of a TIFF structure up to the first directory, and of a directory with one entry. */
const [headerBytes, directoryBytes] = [8, 2 + 12 + 4]

/**
 * EXIF that holds a copyright and nothing else: one directory, one entry (TIFF 6.0, sections 2 and 8),
 * big-endian, in UTF-8 as readers take it. The same text gives the same bytes.
 * @returns undefined where nothing is left of the text
 */
export function copyrightBlock(text: string): Uint8Array | undefined {
  const kept = cleanCopyright(text)
  if (kept === '') return undefined
  const value = new TextEncoder().encode(`${kept}\0`)
  const isInline = value.length <= 4
  const entry = [...u16(copyrightTag), ...u16(ascii), ...u32(value.length)]
  const place = isInline ? [...value, 0, 0, 0].slice(0, 4) : u32(headerBytes + directoryBytes)
  const head = [0x4d, 0x4d, 0, 42, ...u32(headerBytes), ...u16(1), ...entry, ...place, ...u32(0)]
  return concatBytes(isInline ? [Uint8Array.from(head)] : [Uint8Array.from(head), value])
}

/**
 * At most 200 characters, without controls, marks of direction, halves of characters, and without `<` and
 * `>`: what a stranger wrote comes into a public file, where nothing may begin a tag or a script.
 */
function cleanCopyright(text: string): string {
  const printable = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\uFFFD<>]/gu, '').trim()
  return [...printable].slice(0, maxTextLength).join('').trim()
}

/** Whether all EXIF of a file is, byte for byte, what `copyrightBlock` draws of some text. */
export function holdsCopyrightOnly(bytes: Uint8Array, header: Header): boolean {
  const { exif, exifBytes } = header
  const text = readImageMetadata(bytes, header, ['copyright'])?.copyright
  const block = text === undefined ? undefined : copyrightBlock(text)
  if (block === undefined || exif === undefined || exif.length !== exifBytes) return false
  const wanted = concatBytes([exifPrefix(header.format), block])
  if (wanted.length !== exifBytes) return false
  const file = new ByteReader(bytes)
  file.skip(exif.offset)
  return file.bytes(exif.length).every((byte, at) => byte === wanted[at])
}
