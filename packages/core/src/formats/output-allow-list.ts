import { boxes, readVersion } from '../containers/boxes.js'
import { type GifExtension, gifBlocks, readGifScreen } from '../containers/gif-blocks.js'
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

/** The first thing in an output that has no business there, or undefined. Reads to the end of the image. */
export function findForeignChunk(format: OutputFormat, file: ByteReader): string | undefined {
  return finders[format](file)
}

const finders: Readonly<Record<OutputFormat, (file: ByteReader) => string | undefined>> = {
  webp: findInWebp,
  gif: findInGif,
  avif: findInAvif,
}

function findInWebp(file: ByteReader): string | undefined {
  for (const { type, body } of webpChunks(openWebp(file))) {
    if (!webpAllowed.has(type)) return `chunk ${type}`
    if (type === 'VP8X' && (body.u8() & webpForbiddenFlags) !== 0) return 'flags of VP8X'
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
