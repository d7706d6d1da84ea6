import { isMetadata, jpegSegments, marker } from '../../containers/jpeg-segments.js'
import { checkSize, corrupt, type HeaderLimits } from '../../errors/refusals.js'
import type { ByteReader } from '../../input/bytes.js'
import type { ColourModel, Header } from '../header.js'
import { type JpegFrame, readFrame } from './frame.js'
import { IccPieces } from './icc-pieces.js'
import { collectSegment, type JpegMetadata } from './metadata.js'
import { checkScan } from './scan.js'

/** Reads a JPEG (ITU-T T.81) to its EOI: frame header, scans, application segments. */
export function readJpegHeader(file: ByteReader, limits: HeaderLimits): Header {
  const icc = new IccPieces()
  const metadata: JpegMetadata = {
    bytes: 0,
    icc,
    exif: 0,
    orientation: undefined,
    jfif: false,
    adobe: undefined,
  }
  let frame: JpegFrame | undefined
  let scans = 0
  let drawn = 0
  let restartInterval = 0

  for (const { code, body } of jpegSegments(file, () => isDrawn(frame, drawn))) {
    if (isFrame(code)) {
      if (frame) throw corrupt('second SOF')
      frame = readFrame(code, body, limits)
    } else if (code === marker.sos) {
      if (!frame) throw corrupt('SOS before SOF')
      drawn += checkScan(body, frame)
      scans++
    } else if (code === marker.dnl && frame?.height === 0 && scans === 1) {
      frame = { ...frame, height: body.u16() }
      checkSize(frame.width, frame.height, limits)
    } else if (code === marker.dri) {
      restartInterval = body.u16()
    } else if (isMetadata(code)) {
      collectSegment(code, body, metadata, scans === 0)
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
    iccBytes: icc.bytes,
    icc: icc.spans(),
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

/** A sequential picture has each component in one scan; of a progressive one only the decoder can tell. */
function isDrawn(frame: JpegFrame | undefined, drawn: number): boolean {
  return frame !== undefined && frame.process !== 'progressive' && drawn >= frame.components.length
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
