import { boxes } from '../../containers/boxes.js'
import { corrupt, type HeaderLimits, unsupported } from '../../errors/refusals.js'
import { type ByteReader, OutOfBytes } from '../../input/bytes.js'
import type { Header } from '../header.js'
import { ProvenanceFinder } from '../provenance.js'
import { HeifMeta } from './meta.js'
import type { Aperture, HeifProperty } from './property.js'
import { announcedSamples, codedSamples, lacksPixi, lacksSize } from './samples.js'

/** Types of a primary item that the codecs of each format decode; others are other codecs' pictures. */
const itemTypes = { avif: ['av01', 'grid'], heic: ['hvc1', 'grid'] } as const

/**
 * Top-level boxes that belong to an image. What follows the last of them is trailing data, as videos of
 * phones are.
 */
const known = new Set(['ftyp', 'meta', 'mdat', 'moov', 'free', 'skip', 'wide'])

/** Of the box that holds a manifest of C2PA, D8FEC3D6-1B0E-483C-9297-5828877EC481. */
const manifestUuid = '\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81'

/**
 * Reads an AVIF or HEIC (ISO/IEC 23008-12; AV1 image file format 1.1): the primary item. `irot` and `imir`
 * give the orientation, as EXIF does not count there. Of an image sequence the still that stands for it is
 * read.
 */
export function readHeifHeader(format: 'avif' | 'heic') {
  return (file: ByteReader, limits: HeaderLimits): Header => {
    let meta: HeifMeta | undefined
    let sequence = false
    const provenance = new ProvenanceFinder()
    let end = 0
    for (const { type, body } of boxes(file)) {
      if (end === 0 && type !== 'ftyp') throw corrupt(`box ${type} before ftyp`)
      if (type === 'mini') throw unsupported(`${format.toUpperCase()} with a mini box`)
      if (type === 'uuid' && body.has(manifestUuid)) provenance.manifest()
      if (type === 'moov') sequence = true
      if (type === 'meta') {
        if (meta) throw corrupt('second meta')
        meta = new HeifMeta(body, file.length, limits)
      }
      if (known.has(type)) end = file.position
    }
    if (!meta) throw sequence ? unsupported(`${format.toUpperCase()} sequence`) : new OutOfBytes('truncated')
    const xmp = meta.spanOf('mime')
    if (xmp) {
      file.seek(xmp.offset)
      provenance.xmp(file.take(xmp.length))
    }
    const trailingBytes = file.length - end
    return { format, ...describePrimary(meta, format), provenance: provenance.found(), trailingBytes }
  }
}

function describePrimary(meta: HeifMeta, format: 'avif' | 'heic') {
  const { primary } = meta
  if (primary === undefined) throw corrupt('no primary item')
  const type = meta.typeOf(primary)
  if (!(itemTypes[format] as readonly string[]).includes(type))
    throw unsupported(`${format.toUpperCase()} of type ${type.replace(/\W/g, '?')}`)
  let orientation: Header['orientation'] = 1
  let stored: HeifProperty['size']
  let aperture: HeifProperty['aperture']
  let profile: HeifProperty['profile']
  let codePoints: Header['codePoints']
  for (const property of meta.propertiesOf(primary)) {
    stored = property.size ?? stored
    if (property.aperture) {
      if (aperture || orientation !== 1) throw unsupported('clean aperture of a turned picture')
      aperture = property.aperture
    }
    orientation = property.turn?.(orientation) ?? orientation
    profile ??= property.profile
    codePoints ??= property.codePoints
  }
  if (!stored) throw corrupt('primary item without a size')
  const shown = aperture ? cropOf(aperture, stored) : { x: 0, y: 0, ...stored }
  const alphas = meta
    .referencesTo(primary, 'auxl')
    .filter(item => meta.propertiesOf(item).some(({ alpha }) => alpha))
  const { bitDepth = 8, channels = 3 } = announcedSamples(meta, primary) ?? codedSamples(meta, primary) ?? {}
  const isMended =
    format === 'avif' &&
    (alphas.some(item => lacksSize(meta, item)) || [primary, ...alphas].some(item => lacksPixi(meta, item)))
  const exifBytes = meta.bytesOf('Exif')
  const iccBytes = profile?.length ?? 0
  return {
    width: shown.width,
    height: shown.height,
    orientation,
    frames: 1,
    durationMs: 0,
    plays: 1,
    // Tiles are decoded whole, however much of them the canvas shows.
    totalPixels: Math.max(
      shown.width * shown.height,
      pixelsOf(meta, primary),
      ...alphas.map(item => pixelsOf(meta, item, format === 'avif' ? stored : undefined)),
    ),
    bitDepth,
    colour: channels === 1 ? ('grey' as const) : ('ycc' as const),
    alpha: alphas.length > 0,
    interlaced: false,
    scans: 1,
    metadataBytes: iccBytes + exifBytes + meta.bytesOf('mime') + meta.bytesOf('uri '),
    iccBytes,
    // Where there are both, the profile is that of the colours (ISO/IEC 23000-22, 7.3.6.4).
    ...(profile ? { icc: [profile] } : { icc: [], codePoints }),
    exifBytes,
    exif: meta.spanOf('Exif'),
    heif: { coded: stored, aperture: { x: shown.x, y: shown.y } },
    repairs: isMended ? ['properties-missing' as const] : [],
  }
}

/**
 * The clean aperture in pixels of the coded picture. Its corner is rounded down where it falls between
 * pixels.
 */
function cropOf({ width, height, right, down }: Aperture, coded: NonNullable<HeifProperty['size']>) {
  const x = Math.floor(right + (coded.width - width) / 2)
  const y = Math.floor(down + (coded.height - height) / 2)
  if (x < 0 || y < 0 || x + width > coded.width || y + height > coded.height) throw corrupt('clean aperture')
  return { x, y, width, height }
}

/**
 * What a decoder has to draw for an item: of a grid all tiles, each as often as it is named.
 * @param unsaid the size of an item that does not say its own
 */
function pixelsOf(meta: HeifMeta, item: number, unsaid?: HeifProperty['size']): number {
  const parts = meta.typeOf(item) === 'grid' ? meta.referencesFrom(item, 'dimg') : [item]
  let pixels = 0
  for (const part of parts) {
    if (part !== item && meta.typeOf(part) === 'grid') throw corrupt('grid of grids')
    const said = meta.propertiesOf(part).find(property => property.size)?.size
    const size = said ?? (part === item ? unsaid : undefined)
    if (!size) throw corrupt('item without a size')
    pixels += size.width * size.height
  }
  return pixels
}
