import { corrupt, unsupported } from '../errors/refusals.js'
import type { ByteReader } from '../input/bytes.js'

/** Marker codes (ITU-T T.81, table B.1). */
export const marker = {
  tem: 0x01,
  sof0: 0xc0,
  sof1: 0xc1,
  sof2: 0xc2,
  sof9: 0xc9,
  sof10: 0xca,
  dht: 0xc4,
  jpg: 0xc8,
  dac: 0xcc,
  sof15: 0xcf,
  rst0: 0xd0,
  rst7: 0xd7,
  soi: 0xd8,
  eoi: 0xd9,
  sos: 0xda,
  dqt: 0xdb,
  dnl: 0xdc,
  dri: 0xdd,
  dhp: 0xde,
  exp: 0xdf,
  app0: 0xe0,
  app1: 0xe1,
  app2: 0xe2,
  app11: 0xeb,
  app14: 0xee,
  app15: 0xef,
  com: 0xfe,
} as const

export interface JpegSegment {
  /** Second byte of its marker. */
  readonly code: number
  /** Behind the length. */
  readonly body: ByteReader
}

/**
 * The segments of a JPEG (ITU-T T.81, B.1.1) from SOI to EOI, which is read too. Markers without a segment
 * and entropy-coded data are passed over, once; nothing is decoded.
 */
export function* jpegSegments(file: ByteReader): Generator<JpegSegment> {
  if (file.u16() !== 0xffd8) throw corrupt('no SOI')
  let scanned = false
  for (let code = nextMarker(file); code !== marker.eoi; code = nextMarker(file)) {
    if (isStandalone(code)) continue
    if (code === marker.soi) throw corrupt('second SOI')
    // After the first scan a reserved code is a damaged byte of entropy-coded data: the decoder's matter.
    if (isReserved(code)) {
      if (scanned) continue
      throw corrupt(`marker ${code.toString(16)}`)
    }
    if (code === marker.dhp || code === marker.exp) throw unsupported('hierarchical JPEG')
    yield { code, body: takeSegment(code, file) }
    scanned ||= code === marker.sos
  }
}

/** The next marker, over whatever lies before it: entropy-coded data, stuffed zeros, fill bytes, garbage. */
function nextMarker(file: ByteReader): number {
  for (;;) {
    file.skipTo(0xff)
    let code = file.u8()
    while (code === 0xff) code = file.u8()
    if (code !== 0) return code
  }
}

/** A comment may give a length of 0, and decoders pass over it; a table may not. */
function takeSegment(code: number, file: ByteReader): ByteReader {
  const length = file.u16()
  if (length < 2 && !isMetadata(code)) throw corrupt('segment length')
  return file.take(Math.max(0, length - 2))
}

/** APP0 to APP15 and comments. */
export function isMetadata(code: number): boolean {
  return (code >= marker.app0 && code <= marker.app15) || code === marker.com
}

function isStandalone(code: number): boolean {
  return (code >= marker.rst0 && code <= marker.rst7) || code === marker.tem
}

function isReserved(code: number): boolean {
  return code < marker.sof0 || code === marker.jpg || (code > marker.app15 && code < marker.com)
}
