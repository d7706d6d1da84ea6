import { type Box, readVersion } from '../../containers/boxes.js'
import { checkSize, corrupt, type HeaderLimits } from '../../errors/refusals.js'
import type { ByteReader, Span } from '../../input/bytes.js'
import type { CodePoints, Orientation } from '../header.js'

/** The part that is shown, in whole pixels; its centre from that of the picture, in fractions of pixels. */
export interface Aperture {
  readonly width: number
  readonly height: number
  readonly right: number
  readonly down: number
}

/** What a property of an item says, of those that matter before decoding. */
export interface HeifProperty {
  readonly type: string
  /** Where its content lies in the file. */
  readonly body: Span
  readonly size?: { readonly width: number; readonly height: number }
  readonly aperture?: Aperture
  readonly turn?: (orientation: Orientation) => Orientation
  /** As `pixi` announces them. */
  readonly bitDepth?: number
  readonly channels?: number
  /** As the configuration of the coded picture has them (AV1 in ISO base media files 1.2, 2.3.3). */
  readonly coded?: { readonly bitDepth: number; readonly channels: number }
  readonly profile?: Span
  readonly codePoints?: CodePoints
  readonly alpha?: boolean
}

/**
 * Reads a property (ISO/IEC 23008-12, 6.5). Every size in the file is held to the limit, those of tiles too.
 */
export function readProperty(property: Box, limits: HeaderLimits): HeifProperty {
  const { type, body } = property
  return { type, body: body.rest(), ...readBody(property, limits) }
}

function readBody({ type, body }: Box, limits: HeaderLimits): Omit<HeifProperty, 'type' | 'body'> {
  switch (type) {
    case 'ispe': {
      readVersion(body)
      const size = { width: body.u32(), height: body.u32() }
      checkSize(size.width, size.height, limits)
      return { size }
    }
    case 'clap':
      return { aperture: readAperture(body) }
    case 'irot': {
      const quarters = body.u8() & 3
      return { turn: orientation => rotate(orientation, quarters) }
    }
    case 'imir': {
      const leftRight = (body.u8() & 1) === 1
      return { turn: orientation => (leftRight ? rotate(flip(orientation), 2) : flip(orientation)) }
    }
    case 'pixi': {
      readVersion(body)
      const channels = body.u8()
      return channels > 0 ? { channels, bitDepth: body.u8() } : {}
    }
    case 'av1C':
      return body.left < 4 ? {} : { coded: readConfiguration(body) }
    case 'colr':
      return readColour(body)
    case 'auxC':
      readVersion(body)
      return { alpha: alphaTypes.some(alphaType => body.has(`${alphaType}\0`)) }
    default:
      return {}
  }
}

const alphaTypes = ['urn:mpeg:mpegB:cicp:systems:auxiliary:alpha', 'urn:mpeg:hevc:2015:auxid:1']

/** ISO/IEC 14496-12, 12.1.4: four fractions, of which the sizes are positive and the offsets signed. */
function readAperture(body: ByteReader): Aperture {
  const width = body.u32() / body.u32()
  const height = body.u32() / body.u32()
  const right = (body.u32() | 0) / body.u32()
  const down = (body.u32() | 0) / body.u32()
  if (!(width >= 1 && height >= 1 && Number.isFinite(width + height + right + down)))
    throw corrupt('clean aperture')
  return { width: Math.round(width), height: Math.round(height), right, down }
}

/** High bit depth, twelve bits and monochrome are bits of the third byte. */
function readConfiguration(body: ByteReader): NonNullable<HeifProperty['coded']> {
  body.skip(2)
  const flags = body.u8()
  const bitDepth = (flags & 0x40) === 0 ? 8 : (flags & 0x20) === 0 ? 10 : 12
  return { bitDepth, channels: (flags & 0x10) === 0 ? 3 : 1 }
}

/** ISO/IEC 14496-12, 12.1.5: a profile, or code points. */
function readColour(body: ByteReader): Pick<HeifProperty, 'profile' | 'codePoints'> {
  const type = body.fourcc()
  if (type === 'prof' || type === 'rICC') return { profile: body.rest() }
  return type === 'nclx' ? { codePoints: { primaries: body.u16(), transfer: body.u16() } } : {}
}

/** EXIF orientations after a further quarter turn against the clock. */
const turned: Readonly<Record<Orientation, Orientation>> = { 1: 8, 8: 3, 3: 6, 6: 1, 2: 5, 5: 4, 4: 7, 7: 2 }
/** After top and bottom are exchanged. */
const flipped: Readonly<Record<Orientation, Orientation>> = { 1: 4, 4: 1, 2: 3, 3: 2, 5: 8, 8: 5, 6: 7, 7: 6 }

function rotate(orientation: Orientation, quarters: number): Orientation {
  let result = orientation
  for (let quarter = 0; quarter < quarters; quarter++) result = turned[result]
  return result
}

function flip(orientation: Orientation): Orientation {
  return flipped[orientation]
}
