import { isCritical, isDrawn, type PngChunk, pngChunks } from '../../containers/png-chunks.js'
import { checkSize, corrupt, type HeaderLimits, unsupported } from '../../errors/refusals.js'
import type { ByteReader, Span } from '../../input/bytes.js'
import type { RepairCode } from '../../notes/notes.js'
import { readOrientation } from '../exif.js'
import type { ColourModel, Header, Orientation } from '../header.js'
import { ProvenanceFinder } from '../provenance.js'
import { Apng } from './apng.js'
import { PngColours } from './colours.js'
import { readRawExif } from './raw-profile.js'

/** Colour types (PNG 3rd edition, table 11.1) with the bit depths that each may have. */
const colourTypes: Readonly<Record<number, { model: ColourModel; depths: readonly number[] }>> = {
  0: { model: 'grey', depths: [1, 2, 4, 8, 16] },
  2: { model: 'rgb', depths: [8, 16] },
  3: { model: 'palette', depths: [1, 2, 4, 8] },
  4: { model: 'grey-alpha', depths: [8, 16] },
  6: { model: 'rgba', depths: [8, 16] },
}

/** Ancillary chunks that say how to draw, with the most bytes that they can have: all others are metadata. */
const drawing: Readonly<Record<string, number>> = {
  tRNS: 256,
  gAMA: 4,
  cHRM: 32,
  sRGB: 1,
  acTL: 8,
  sBIT: 4,
  cICP: 4,
  mDCV: 24,
  cLLI: 8,
  bKGD: 6,
  hIST: 512,
  pHYs: 9,
}

/** Of an `iTXt` chunk with XMP in it. */
const xmpKeyword = 'XML:com.adobe.xmp\0'

/** Reads a PNG (W3C, third edition) to its end. Nothing is inflated. */
export function readPngHeader(file: ByteReader, limits: HeaderLimits): Header {
  const chunks = pngChunks(file)
  const first = chunks.next().value
  if (!first) throw corrupt('no chunk')
  const ihdr = readIhdr(first, limits)
  const apng = new Apng(ihdr)
  const colours = new PngColours()
  let orientation: Orientation | undefined
  let rawOrientation: Orientation | undefined
  let metadataBytes = 0
  let exifBytes = 0
  let exif: Span | undefined
  let transparency = false
  let palette = false
  let dataBytes: number | undefined
  let previous = 'IHDR'
  let ended = false
  const repairs = new Set<RepairCode>()
  const provenance = new ProvenanceFinder()

  for (const { type, body, intact } of chunks) {
    if (!intact) {
      repairs.add('chunk-damaged')
      metadataBytes += body.length
      previous = type
      continue
    }
    switch (type) {
      case 'IHDR':
        throw corrupt('second IHDR')
      case 'PLTE':
        if (palette || dataBytes !== undefined) throw corrupt('PLTE out of place')
        if (body.length === 0 || body.length > 768 || body.length % 3 !== 0) throw corrupt('PLTE length')
        palette = true
        break
      case 'IDAT':
        if (ihdr.model === 'palette' && !palette) throw corrupt('IDAT before PLTE')
        if (dataBytes !== undefined && previous !== 'IDAT') throw corrupt('IDAT chunks apart')
        dataBytes = (dataBytes ?? 0) + body.length
        apng.startData()
        break
      case 'IEND':
        ended = true
        break
      case 'acTL':
        apng.control(body)
        break
      case 'fcTL':
        apng.frame(body)
        break
      case 'fdAT':
        apng.frameData(body)
        break
      case 'tRNS':
        transparency = true
        break
      case 'iCCP':
        colours.profile(body, dataBytes === undefined)
        break
      case 'cICP':
        colours.codePoints(body, dataBytes === undefined)
        break
      case 'eXIf':
        exifBytes += body.length
        exif ??= body.rest()
        orientation ??= readOrientation(body)
        break
      case 'tEXt':
        rawOrientation ??= readRawExif(body)
        break
      case 'caBX':
        provenance.manifest()
        break
      case 'iTXt':
        if (body.has(xmpKeyword)) provenance.xmp(body)
        break
      default:
        if (isCritical(type)) throw corrupt(`critical chunk ${type}`)
    }
    if (!isDrawn(type) && body.length > (drawing[type] ?? -1)) metadataBytes += body.length
    previous = type
  }
  if (!dataBytes) throw corrupt('no image data')
  if (!ended) repairs.add('end-missing')
  const animation = apng.finish(ended)
  if (apng.lacksFrames) repairs.add('frames-missing')

  return {
    format: 'png',
    width: ihdr.width,
    height: ihdr.height,
    orientation: orientation ?? rawOrientation ?? 1,
    ...animation,
    bitDepth: ihdr.depth,
    colour: ihdr.model,
    alpha: transparency || ihdr.model === 'grey-alpha' || ihdr.model === 'rgba',
    interlaced: ihdr.interlaced,
    scans: 1,
    metadataBytes,
    ...colours.finish(),
    exifBytes,
    exif,
    provenance: provenance.found(),
    trailingBytes: file.left,
    repairs: [...repairs],
  }
}

function readIhdr({ type: first, body }: PngChunk, limits: HeaderLimits) {
  if (first === 'CgBI') throw unsupported('PNG of an iPhone application, CgBI')
  if (first !== 'IHDR') throw corrupt(`${first} before IHDR`)
  if (body.length !== 13) throw corrupt('IHDR length')
  const width = body.u32()
  const height = body.u32()
  const depth = body.u8()
  const type = colourTypes[body.u8()]
  const [compression, filter, interlace] = [body.u8(), body.u8(), body.u8()]
  if (!type?.depths.includes(depth)) throw corrupt('colour type and bit depth')
  if (compression !== 0 || filter !== 0 || interlace > 1) throw corrupt('IHDR methods')
  checkSize(width, height, limits)
  return { width, height, depth, model: type.model, interlaced: interlace === 1 }
}
