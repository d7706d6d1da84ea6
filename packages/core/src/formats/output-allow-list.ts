import { boxes, readVersion } from '../containers/boxes.js'
import { type GifExtension, gifBlocks, readGifScreen } from '../containers/gif-blocks.js'
import { jpegSegments, marker } from '../containers/jpeg-segments.js'
import { pngChunks } from '../containers/png-chunks.js'
import { openWebp, webpChunks } from '../containers/riff.js'
import type { ByteReader } from '../input/bytes.js'
import type { OutputFormat } from './format.js'

/*
 * Allow-lists rather than lists of what is bad: whatever a polyglot or a renderer might carry through, it is
 * not on them.
 */

/** All that a WebP of ours may hold: no ICCP, EXIF, XMP, nothing unknown. */
const webpAllowed = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF'])
const webpFrameAllowed = new Set(['VP8 ', 'VP8L', 'ALPH'])

/** Flags of VP8X that announce a profile, EXIF or XMP (RFC 9649, 2.7), and its reserved bits. */
const webpForbiddenFlags = 0xff & ~0x12

/** The flag of VP8X for EXIF. */
const webpExifFlag = 0x08

/**
 * The first thing in an output that has no business there, or undefined. Reads to the end of the image.
 * @param exif whether the EXIF of this very file has been found to be what is kept
 */
export function findForeignChunk(format: OutputFormat, file: ByteReader, exif = false): string | undefined {
  return finders[format](file, exif)
}

const finders: Readonly<Record<OutputFormat, (file: ByteReader, exif: boolean) => string | undefined>> = {
  webp: findInWebp,
  gif: findInGif,
  avif: file => findInAvif(file),
  jpeg: findInJpeg,
  png: findInPng,
}

function findInWebp(file: ByteReader, exif: boolean): string | undefined {
  const forbiddenFlags = webpForbiddenFlags & (exif ? ~webpExifFlag : 0xff)
  for (const { type, body } of webpChunks(openWebp(file))) {
    if (!webpAllowed.has(type) && !(exif && type === 'EXIF')) return `chunk ${type}`
    if (type === 'VP8X' && (body.u8() & forbiddenFlags) !== 0) return 'flags of VP8X'
    if (type === 'ANMF') {
      body.skip(16)
      for (const inner of webpChunks(body))
        if (!webpFrameAllowed.has(inner.type)) return `chunk ${inner.type} in ANMF`
    }
  }
  return undefined
}

function findInGif(file: ByteReader): string | undefined {
  readGifScreen(file)
  for (const block of gifBlocks(file)) {
    if (block.kind === 'no-trailer') return 'no trailer'
    if (block.kind === 'extension' && !isAllowedExtension(block.extension))
      return `extension ${block.extension.label.toString(16)}`
  }
  return undefined
}

/** A graphic control of exactly its size, and the looping extension of exactly its own. */
function isAllowedExtension({ label, application, bytes }: GifExtension): boolean {
  return (label === 0xf9 && bytes === 4) || (application === 'NETSCAPE2.0' && bytes === 11 + 3)
}

/**
 * All that an AVIF of ours may hold, by the box around it: a picture, its alpha, and what is needed to decode
 * them.
 */
const avifAllowed: Readonly<Record<string, readonly string[]>> = {
  file: ['ftyp', 'meta', 'mdat'],
  meta: ['hdlr', 'pitm', 'iloc', 'iinf', 'iprp', 'iref'],
  iprp: ['ipco', 'ipma'],
  ipco: ['ispe', 'pixi', 'av1C', 'colr', 'auxC'],
  iref: ['auxl'],
}

function findInAvif(file: ByteReader, around = 'file'): string | undefined {
  for (const { type, body } of boxes(file)) {
    if (!avifAllowed[around]?.includes(type)) return `box ${type} in ${around}`
    if (!Object.hasOwn(avifAllowed, type)) continue
    if (type === 'meta' || type === 'iref') readVersion(body)
    const found = findInAvif(body, type)
    if (found) return found
  }
  return undefined
}

/** All that a JPEG of ours may hold: tables, one frame, scans. Baseline or progressive by Huffman's code. */
const jpegAllowed: ReadonlySet<number> = new Set([
  marker.dqt,
  marker.dht,
  marker.dri,
  marker.sof0,
  marker.sof2,
  marker.sos,
])
/** Of a JFIF segment without a thumbnail (T.871, 10.1), with its name. */
const jfifBytes = 14

function findInJpeg(file: ByteReader, exif: boolean): string | undefined {
  let end = 2
  let scanned = false
  for (const { code, body } of jpegSegments(file)) {
    const isJfif = code === marker.app0 && body.length === jfifBytes && body.has('JFIF\0')
    const isKept = exif && code === marker.app1
    if (!isJfif && !isKept && !jpegAllowed.has(code)) return `segment ${code.toString(16)}`
    // A marker and a length; after the first scan there are the data of it.
    if (!scanned && body.offset !== end + 4) return 'bytes between segments'
    end = body.offset + body.length
    scanned ||= code === marker.sos
  }
  return undefined
}

/** All that a PNG of ours may hold. */
const pngAllowed: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])

function findInPng(file: ByteReader, exif: boolean): string | undefined {
  for (const { type, intact } of pngChunks(file)) {
    if (!pngAllowed.has(type) && !(exif && type === 'eXIf')) return `chunk ${type}`
    if (!intact) return `checksum of ${type}`
  }
  return undefined
}
