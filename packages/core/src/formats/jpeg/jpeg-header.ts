import { isMetadata, jpegSegments, marker } from '../../containers/jpeg-segments.js'
import { checkSize, corrupt, type HeaderLimits } from '../../errors/refusals.js'
import { UploadError } from '../../errors/upload-error.js'
import { type ByteReader, OutOfBytes } from '../../input/bytes.js'
import type { RepairCode } from '../../notes/notes.js'
import type { ColourModel, Header } from '../header.js'
import { ProvenanceFinder } from '../provenance.js'
import { type JpegFrame, readFrame } from './frame.js'
import { IccPieces } from './icc-pieces.js'
import { collectSegment, type JpegMetadata } from './metadata.js'
import { JpegScans } from './scan.js'

/**
 * Reads a JPEG (ITU-T T.81) to its EOI: frame header, scans, application segments. Once the scans announce
 * all of the picture, anything may stand in place of EOI: whether the data are there, the decoder sees.
 */
export function readJpegHeader(file: ByteReader, limits: HeaderLimits): Header {
  const icc = new IccPieces()
  const metadata: JpegMetadata = {
    bytes: 0,
    icc,
    exif: 0,
    exifSpan: undefined,
    orientation: undefined,
    provenance: new ProvenanceFinder(),
    jfif: false,
    adobe: undefined,
  }
  const repairs = new Set<RepairCode>()
  const scans = new JpegScans()
  let frame: JpegFrame | undefined
  let restartInterval = 0
  let tables = false

  try {
    for (const { code, body } of jpegSegments(file)) {
      if (isFrame(code)) {
        if (frame) throw corrupt('second SOF')
        frame = readFrame(code, body, limits)
        if (hasEqualIds(frame)) repairs.add('component-ids-equal')
      } else if (code === marker.sos) {
        if (!frame) throw corrupt('SOS before SOF')
        scans.add(body, frame)
        if (!tables && frame.coding === 'huffman' && frame.process !== 'progressive')
          repairs.add('tables-missing')
      } else if (code === marker.dnl && frame?.height === 0 && scans.count === 1) {
        frame = { ...frame, height: body.u16() }
        checkSize(frame.width, frame.height, limits)
      } else if (code === marker.dht) {
        tables = true
      } else if (code === marker.dri) {
        restartInterval = body.u16()
      } else if (isMetadata(code)) {
        collectSegment(code, body, metadata, scans.count === 0)
      }
    }
  } catch (thrown) {
    if (!isDamage(thrown) || !frame || !scans.isComplete(frame)) throw thrown
    repairs.add('end-missing')
  }
  if (!frame || scans.count === 0) throw corrupt('EOI before SOS')
  if (frame.height === 0) throw corrupt('no height, and no DNL after the first scan')

  const { width, height, process, coding, components } = frame
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
    scans: scans.count,
    metadataBytes: metadata.bytes,
    iccBytes: icc.bytes,
    icc: icc.spans(),
    exifBytes: metadata.exif,
    exif: metadata.exifSpan,
    provenance: metadata.provenance.found(),
    trailingBytes: file.left,
    repairs: [...repairs],
    jpeg: {
      process,
      coding,
      components: components.length,
      sampling: components.map(({ horizontal, vertical }) => [horizontal, vertical] as const),
      adobeTransform: metadata.adobe,
      restartInterval,
    },
  }
}

/** What a read or a check throws where a file ends or breaks the standard, and not where it is too large. */
function isDamage(thrown: unknown): boolean {
  if (thrown instanceof OutOfBytes) return true
  return thrown instanceof UploadError && (thrown.code === 'corrupt' || thrown.code === 'unsupported-kind')
}

function hasEqualIds({ components }: JpegFrame): boolean {
  return new Set(components.map(({ id }) => id)).size < components.length
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
