import { crc32 } from '../../containers/crc32.js'
import { checkSize, corrupt, type HeaderLimits, unsupported } from '../../errors/refusals.js'
import type { ByteReader } from '../../input/bytes.js'
import { readOrientation } from '../exif.js'
import type { ColourModel, Header, Orientation } from '../header.js'
import { Apng } from './apng.js'
import { readRawExif } from './raw-profile.js'

const signature = '\x89PNG\r\n\x1a\n'

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
  sBIT: 4,
  cICP: 4,
  mDCV: 24,
  cLLI: 8,
  bKGD: 6,
  hIST: 512,
  pHYs: 9,
}

/**
 * Reads a PNG (W3C, third edition) to its IEND, or to what is no chunk behind its image data. Checksums of what is drawn must be right, those of other chunks need
 * not; nothing is inflated.
 */
export function readPngHeader(file: ByteReader, limits: HeaderLimits): Header {
  if (!file.has(signature)) throw corrupt('no PNG signature')
  file.skip(signature.length)
  const first = nextChunk(file)
  if (first.type === 'CgBI') throw unsupported('PNG of an iPhone application, CgBI')
  if (first.type !== 'IHDR') throw corrupt(`${first.type} before IHDR`)
  const ihdr = readIhdr(first.body, limits)
  const apng = new Apng(ihdr)
  let orientation: Orientation | undefined
  let rawOrientation: Orientation | undefined
  let metadataBytes = 0
  let iccBytes = 0
  let exifBytes = 0
  let transparency = false
  let palette = false
  let dataBytes: number | undefined
  let previous = 'IHDR'

  for (let chunk = nextChunk(file); chunk.type !== 'IEND'; chunk = nextChunk(file)) {
    const { type, body } = chunk
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
        iccBytes += body.length
        break
      case 'eXIf':
        exifBytes += body.length
        orientation ??= readOrientation(body)
        break
      case 'tEXt':
        rawOrientation ??= readRawExif(body)
        break
      default:
        if (isCritical(type)) throw corrupt(`critical chunk ${type}`)
    }
    if (!isDrawn(type) && body.length > (drawing[type] ?? -1)) metadataBytes += body.length
    previous = type
    // No chunk at all: the picture has ended, as for libpng and with it browsers, and this is what lies behind it.
    if (dataBytes !== undefined && !nextIsChunk(file)) break
  }
  if (!dataBytes) throw corrupt('no image data')

  return {
    format: 'png',
    width: ihdr.width,
    height: ihdr.height,
    orientation: orientation ?? rawOrientation ?? 1,
    ...apng.finish(),
    bitDepth: ihdr.depth,
    colour: ihdr.model,
    alpha: transparency || ihdr.model === 'grey-alpha' || ihdr.model === 'rgba',
    interlaced: ihdr.interlaced,
    scans: 1,
    metadataBytes,
    iccBytes,
    exifBytes,
    trailingBytes: file.left,
  }
}

const chunkType = /^[A-Za-z]{4}$/

interface Chunk {
  readonly type: string
  readonly body: ByteReader
}

function nextChunk(file: ByteReader): Chunk {
  const length = file.u32()
  const type = file.fourcc()
  if (!chunkType.test(type)) throw corrupt('chunk type')
  const body = file.take(length)
  const checksum = file.u32()
  if (isDrawn(type)) {
    // The checksum covers the type too.
    file.seek(file.position - length - 8)
    if (crc32(file.bytes(length + 4)) !== checksum) throw corrupt(`checksum of ${type}`)
    file.skip(4)
  }
  return { type, body }
}

function nextIsChunk(file: ByteReader): boolean {
  if (file.left < 8) return true
  file.skip(4)
  const type = file.fourcc()
  file.seek(file.position - 8)
  return chunkType.test(type)
}

/** Bit 5 of the first letter: an upper-case letter is a chunk that every decoder must know. */
function isCritical(type: string): boolean {
  return type < 'a'
}

function isDrawn(type: string): boolean {
  return isCritical(type) || type === 'acTL' || type === 'fcTL' || type === 'fdAT'
}

function readIhdr(body: ByteReader, limits: HeaderLimits) {
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
