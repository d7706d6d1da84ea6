import { marker } from '../../containers/jpeg-segments.js'
import type { ByteReader, Span } from '../../input/bytes.js'
import { readOrientation } from '../exif.js'
import type { Orientation } from '../header.js'
import type { ProvenanceFinder } from '../provenance.js'
import type { IccPieces } from './icc-pieces.js'

/** What the application segments add up to. */
export interface JpegMetadata {
  bytes: number
  readonly icc: IccPieces
  exif: number
  /** Of the first EXIF segment. */
  exifSpan: Span | undefined
  /** Of the first EXIF segment. */
  orientation: Orientation | undefined
  readonly provenance: ProvenanceFinder
  jfif: boolean
  /** Transform flag of the Adobe marker. */
  adobe: number | undefined
}

const xmpSignature = 'http://ns.adobe.com/xap/1.0/\0'

/**
 * Adds an APPn or COM segment. What JFIF and Adobe say about the pixels is no metadata; a JFIF thumbnail is.
 * @param meant decoders heed only what stands before the first scan
 */
export function collectSegment(
  code: number,
  segment: ByteReader,
  metadata: JpegMetadata,
  meant: boolean,
): void {
  if (meant) {
    if (code === marker.app0 && segment.length >= 14 && segment.has('JFIF\0')) {
      metadata.jfif = true
      segment.skip(14)
    } else if (code === marker.app14 && segment.length >= 12 && segment.has('Adobe')) {
      segment.skip(11)
      metadata.adobe = segment.u8()
    } else if (code === marker.app1 && segment.has('Exif\0')) {
      metadata.exif += segment.length
      metadata.exifSpan ??= segment.rest()
      metadata.orientation ??= readOrientation(segment.take(segment.left))
      segment.seek(0)
    } else if (code === marker.app2) metadata.icc.collect(segment)
    else if (code === marker.app1 && segment.has(xmpSignature)) {
      metadata.provenance.xmp(segment)
      segment.seek(0)
    } else if (code === marker.app11 && isManifest(segment)) metadata.provenance.manifest()
  }
  metadata.bytes += segment.left
}

/** JUMBF in APP11 (ISO/IEC 19566-5, D.2): a superbox whose description is of C2PA. */
function isManifest(segment: ByteReader): boolean {
  return segment.has('JP') && segment.has('jumb', 12) && segment.has('jumdc2pa', 20)
}
