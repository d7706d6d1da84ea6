import { checkSize, corrupt, type HeaderLimits, unsupported } from '../../errors/refusals.js'
import type { ByteReader } from '../../input/bytes.js'
import type { ColourModel, Header } from '../header.js'
import { type JpegFrame, readFrame } from './frame.js'
import { collectSegment, type JpegMetadata } from './metadata.js'
import { checkScan } from './scan.js'

/** Marker codes (ITU-T T.81, table B.1). */
const marker = {
  tem: 0x01,
  sof0: 0xc0,
  dht: 0xc4,
  jpg: 0xc8,
  dac: 0xcc,
  sof15: 0xcf,
  rst0: 0xd0,
  rst7: 0xd7,
  soi: 0xd8,
  eoi: 0xd9,
  sos: 0xda,
  dnl: 0xdc,
  dri: 0xdd,
  dhp: 0xde,
  exp: 0xdf,
  app0: 0xe0,
  app15: 0xef,
  com: 0xfe,
} as const

/**
 * Reads a JPEG (ITU-T T.81) to its EOI: frame header, scans, application segments. Entropy-coded data is passed over
 * once, in search of markers; nothing is decoded.
 */
export function readJpegHeader(file: ByteReader, limits: HeaderLimits): Header {
  if (file.u16() !== 0xffd8) throw corrupt('no SOI')
  const metadata: JpegMetadata = {
    bytes: 0,
    icc: 0,
    exif: 0,
    orientation: undefined,
    jfif: false,
    adobe: undefined,
  }
  let frame: JpegFrame | undefined
  let scans = 0
  let drawn = 0
  let restartInterval = 0

  for (let code = nextMarker(file); code !== marker.eoi; code = nextMarker(file)) {
    if (isStandalone(code)) continue
    if (code === marker.soi) throw corrupt('second SOI')
    // After the first scan a reserved code is a damaged byte of entropy-coded data: the decoder's matter.
    if (isReserved(code)) {
      if (scans > 0) continue
      throw corrupt(`marker ${code.toString(16)}`)
    }
    // Nothing is lost when the file ends in the middle of a segment behind all scans, however it came about.
    if (frame && isDrawn(frame, drawn) && !holdsSegment(file)) break
    if (code === marker.dhp || code === marker.exp) throw unsupported('hierarchical JPEG')
    const segment = takeSegment(code, file)
    if (isFrame(code)) {
      if (frame) throw corrupt('second SOF')
      frame = readFrame(code, segment, limits)
    } else if (code === marker.sos) {
      if (!frame) throw corrupt('SOS before SOF')
      drawn += checkScan(segment, frame)
      scans++
    } else if (code === marker.dnl && frame?.height === 0 && scans === 1) {
      frame = { ...frame, height: segment.u16() }
      checkSize(frame.width, frame.height, limits)
    } else if (code === marker.dri) {
      restartInterval = segment.u16()
    } else if (isMetadata(code)) {
      collectSegment(code, segment, metadata, scans === 0)
    }
  }
  if (!frame || scans === 0) throw corrupt('EOI before SOS')
  if (frame.height === 0) throw corrupt('no height, and no DNL after the first scan')

  const { width, height, process, components } = frame
  return {
    format: 'jpeg',
    width,
    height,
    orientation: metadata.orientation ?? 1,
    frames: 1,
    durationMs: 0,
    plays: 1,
    totalPixels: width * height,
    bitDepth: 8,
    colour: colourOf(frame, metadata),
    alpha: false,
    interlaced: process === 'progressive',
    scans,
    metadataBytes: metadata.bytes,
    iccBytes: metadata.icc,
    exifBytes: metadata.exif,
    trailingBytes: file.left,
    jpeg: {
      process,
      components: components.length,
      sampling: components.map(({ horizontal, vertical }) => [horizontal, vertical] as const),
      adobeTransform: metadata.adobe,
      restartInterval,
    },
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

/** A sequential picture has each component in one scan; of a progressive one only the decoder can tell. */
function isDrawn({ process, components }: JpegFrame, drawn: number): boolean {
  return process !== 'progressive' && drawn >= components.length
}

function holdsSegment(file: ByteReader): boolean {
  if (file.left < 2) return false
  const length = file.u16()
  file.seek(file.position - 2)
  return length <= file.left
}

function isMetadata(code: number): boolean {
  return (code >= marker.app0 && code <= marker.app15) || code === marker.com
}

function isStandalone(code: number): boolean {
  return (code >= marker.rst0 && code <= marker.rst7) || code === marker.tem
}

function isReserved(code: number): boolean {
  return code < marker.sof0 || code === marker.jpg || (code > marker.app15 && code < marker.com)
}

/** SOF0 to SOF15: the codes between, DHT, JPG and DAC, are not frames. */
function isFrame(code: number): boolean {
  return (
    code >= marker.sof0 &&
    code <= marker.sof15 &&
    code !== marker.dht &&
    code !== marker.jpg &&
    code !== marker.dac
  )
}

/** As libjpeg decides (default_decompress_parms), and with it all browsers. */
function colourOf({ components }: JpegFrame, { jfif, adobe }: JpegMetadata): ColourModel {
  if (components.length === 1) return 'grey'
  if (components.length === 4) return adobe === undefined || adobe === 0 ? 'cmyk' : 'ycck'
  if (jfif) return 'ycc'
  if (adobe !== undefined) return adobe === 0 ? 'rgb' : 'ycc'
  return String.fromCharCode(...components.map(({ id }) => id)) === 'RGB' ? 'rgb' : 'ycc'
}
