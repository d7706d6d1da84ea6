import { openWebp, type WebpChunk, webpChunks } from '../../containers/riff.js'
import { checkSize, corrupt, type HeaderLimits } from '../../errors/refusals.js'
import type { ByteReader, Span } from '../../input/bytes.js'
import type { RepairCode } from '../../notes/notes.js'
import { readOrientation } from '../exif.js'
import type { Header, Orientation } from '../header.js'
import { ProvenanceFinder } from '../provenance.js'
import { readWebpImage, type WebpImage } from './image.js'

/** Chunks that say how to draw: all others, and what they hold, are metadata. */
const drawing = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF'])

/** Flags of VP8X (RFC 9649, 2.7). */
const animationFlag = 0x02
const exifFlag = 0x08
const alphaFlag = 0x10
const profileFlag = 0x20

interface Canvas {
  readonly width: number
  readonly height: number
  readonly animated: boolean
  readonly exif: boolean
  readonly alpha: boolean
  readonly profile: boolean
}

/** Reads a WebP (RFC 9649): still or animated, lossy or lossless. */
export function readWebpHeader(file: ByteReader, limits: HeaderLimits): Header {
  const riff = openWebp(file)
  let canvas: Canvas | undefined
  let still: WebpImage | undefined
  let frames = 0
  let durationMs = 0
  let plays = 1
  let alpha = false
  let orientation: Orientation | undefined
  let metadataBytes = 0
  let iccBytes = 0
  let profile: Span | undefined
  let exifBytes = 0
  let exif: Span | undefined
  let chunks = 0
  const repairs = new Set<RepairCode>()
  const provenance = new ProvenanceFinder()

  for (const chunk of webpChunks(riff)) {
    const { type, body } = chunk
    chunks++
    if (!drawing.has(type)) metadataBytes += body.length
    if (type === 'VP8X') {
      if (chunks > 1) throw corrupt('VP8X out of place')
      canvas = readCanvas(body, limits)
    } else if (type === 'ANIM') {
      body.skip(4)
      plays = body.u16le()
    } else if (type === 'ANMF') {
      if (!canvas?.animated) continue
      const frame = readFrame(body, canvas, limits)
      frames++
      durationMs += frame.durationMs
      metadataBytes += frame.metadataBytes
    } else if (type === 'ALPH') alpha = true
    else if (type === 'ICCP') {
      if (!canvas?.profile) repairs.add('metadata-unannounced')
      else {
        iccBytes += body.length
        profile ??= body.rest()
      }
    } else if (type === 'EXIF') {
      if (!canvas?.exif) repairs.add('metadata-unannounced')
      else {
        exifBytes += body.length
        exif ??= body.rest()
        orientation ??= readOrientation(body)
      }
    } else if (type === 'C2PA') provenance.manifest()
    else if (type === 'XMP ') provenance.xmp(body)
    else if (type === 'VP8 ' || type === 'VP8L') {
      if (still || canvas?.animated) throw corrupt(`${type} out of place`)
      still = readWebpImage(chunk, limits)
    }
  }

  const size = canvas ?? still
  if (!size || (canvas?.animated ? frames === 0 : !still)) throw corrupt('no picture')
  if (still && canvas && (still.width !== canvas.width || still.height !== canvas.height))
    throw corrupt('picture and canvas of different sizes')
  const moves = frames > 1
  return {
    format: 'webp',
    width: size.width,
    height: size.height,
    orientation: orientation ?? 1,
    frames: Math.max(1, frames),
    durationMs: moves ? durationMs : 0,
    plays: moves ? plays : 1,
    totalPixels: size.width * size.height * Math.max(1, frames),
    bitDepth: 8,
    colour: still?.lossless ? (still.alpha ? 'rgba' : 'rgb') : 'ycc',
    alpha: alpha || (still?.alpha ?? false) || (canvas?.animated === true && canvas.alpha),
    interlaced: false,
    scans: 1,
    metadataBytes,
    iccBytes,
    icc: profile && iccBytes > 0 ? [profile] : [],
    exifBytes,
    exif,
    provenance: provenance.found(),
    trailingBytes: file.left,
    repairs: [...repairs],
  }
}

function readCanvas(body: ByteReader, limits: HeaderLimits): Canvas {
  const flags = body.u8()
  body.skip(3)
  const [width, height] = [body.u24le() + 1, body.u24le() + 1]
  checkSize(width, height, limits)
  return {
    width,
    height,
    animated: (flags & animationFlag) !== 0,
    exif: (flags & exifFlag) !== 0,
    alpha: (flags & alphaFlag) !== 0,
    profile: (flags & profileFlag) !== 0,
  }
}

/** A frame: offsets in steps of two pixels, then a picture of exactly the size that is said. */
function readFrame(body: ByteReader, canvas: Canvas, limits: HeaderLimits) {
  const [x, y] = [body.u24le() * 2, body.u24le() * 2]
  const [width, height] = [body.u24le() + 1, body.u24le() + 1]
  const durationMs = body.u24le()
  body.skip(1)
  if (x + width > canvas.width || y + height > canvas.height) throw corrupt('ANMF outside the canvas')
  let image: WebpImage | undefined
  let metadataBytes = 0
  for (const chunk of webpChunks(body)) {
    const next: WebpImage | undefined = readWebpImage(chunk, limits)
    if (next && image) throw corrupt('second picture in ANMF')
    image ??= next
    if (!isPicture(chunk)) metadataBytes += chunk.body.length
  }
  if (image?.width !== width || image.height !== height) throw corrupt('ANMF and picture of different sizes')
  return { durationMs, metadataBytes }
}

function isPicture({ type }: WebpChunk): boolean {
  return type === 'ALPH' || type === 'VP8 ' || type === 'VP8L'
}
