import { jpegSegments, marker } from '../../containers/jpeg-segments.js'
import { pngChunks, writePngChunk } from '../../containers/png-chunks.js'
import { openWebp, u24le, webpChunks, writeChunk, writeWebp } from '../../containers/riff.js'
import { ByteReader, concatBytes } from '../../input/bytes.js'
import type { Format } from '../format.js'
import type { Header } from '../header.js'
import { carriesExif, type ExifCarrier } from './kept.js'

type Insert = (bytes: Uint8Array, header: Header, exif: Uint8Array) => Uint8Array

const writers: Readonly<Record<ExifCarrier, Insert>> = { webp: intoWebp, jpeg: intoJpeg, png: intoPng }

/**
 * A finished file of ours with EXIF in it.
 * @param header of these bytes, which `verifyOutput` has accepted
 * @param tiff a TIFF structure of less than 64 KiB
 * @throws TypeError for a format that carries none
 */
export function insertExif(bytes: Uint8Array, header: Header, tiff: Uint8Array): Uint8Array {
  const { format } = header
  if (!carriesExif(format)) throw new TypeError(`${format} carries no EXIF`)
  return writers[format](bytes, header, concatBytes([exifPrefix(format), tiff]))
}

/** What stands before the TIFF structure: a name, in the segments of a JPEG (EXIF 2.32, 4.7.2.1). */
export function exifPrefix(format: Format): Uint8Array {
  return new TextEncoder().encode(format === 'jpeg' ? 'Exif\0\0' : '')
}

/** Flags of VP8X (RFC 9649, 2.7). */
const [exifFlag, alphaFlag] = [0x08, 0x10]

/** Behind everything else, announced by VP8X, which a simple file does not have yet. */
function intoWebp(bytes: Uint8Array, header: Header, exif: Uint8Array): Uint8Array {
  const chunks = Array.from(webpChunks(openWebp(new ByteReader(bytes))), ({ type, body }) => {
    const payload = body.bytes(body.left)
    return writeChunk(
      type,
      type === 'VP8X' ? payload.map((byte, at) => (at === 0 ? byte | exifFlag : byte)) : payload,
    )
  })
  const isExtended = chunks[0] !== undefined && new ByteReader(chunks[0]).has('VP8X')
  return writeWebp([...(isExtended ? [] : [canvas(header)]), ...chunks, writeChunk('EXIF', exif)])
}

function canvas({ width, height, alpha }: Header): Uint8Array {
  const flags = exifFlag | (alpha ? alphaFlag : 0)
  return writeChunk('VP8X', Uint8Array.from([flags, 0, 0, 0, ...u24le(width - 1), ...u24le(height - 1)]))
}

/** Behind JFIF, as everybody writes both. */
function intoJpeg(bytes: Uint8Array, _: Header, exif: Uint8Array): Uint8Array {
  const [first] = jpegSegments(new ByteReader(bytes))
  const at = first?.code === marker.app0 ? first.body.offset + first.body.length : 2
  const length = exif.length + 2
  return insert(bytes, at, Uint8Array.from([0xff, marker.app1, length >> 8, length & 255, ...exif]))
}

/** Before everything that is drawn. */
function intoPng(bytes: Uint8Array, _: Header, exif: Uint8Array): Uint8Array {
  const [header] = pngChunks(new ByteReader(bytes))
  const at = header ? header.span.offset + header.span.length : 0
  return insert(bytes, at, writePngChunk('eXIf', exif))
}

function insert(bytes: Uint8Array, at: number, part: Uint8Array): Uint8Array {
  const file = new ByteReader(bytes)
  return concatBytes([file.bytes(at), part, file.bytes(file.left)])
}
