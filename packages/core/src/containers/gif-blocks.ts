import { corrupt } from '../errors/refusals.js'
import type { ByteReader } from '../input/bytes.js'

/** Where a frame lies on the screen, in pixels. */
export interface GifFrame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly interlaced: boolean
}

export interface GifExtension {
  /** 0xf9 graphic control, 0xfe comment, 0x01 plain text, 0xff application. */
  readonly label: number
  /** Identifier and authentication code of an application extension, such as `NETSCAPE2.0`. */
  readonly application: string | undefined
  /** The sub-block behind these; the first one of other extensions. */
  readonly first: ByteReader
  /** In all sub-blocks together. */
  readonly bytes: number
}

export type GifBlock =
  | { readonly kind: 'frame'; readonly frame: GifFrame }
  /** In place of the trailer: the end of the file, or what is no block. */
  | { readonly kind: 'no-trailer' }
  | { readonly kind: 'extension'; readonly extension: GifExtension }

export interface GifScreen {
  readonly width: number
  readonly height: number
}

/**
 * The header and the logical screen descriptor (GIF89a, 17 and 18), with the global colour table stepped
 * over.
 */
export function readGifScreen(file: ByteReader): GifScreen {
  if (!file.has('GIF87a') && !file.has('GIF89a')) throw corrupt('no GIF signature')
  file.skip(6)
  const screen = { width: file.u16le(), height: file.u16le() }
  const packed = file.u8()
  file.skip(2)
  skipColourTable(file, packed)
  return screen
}

/**
 * The blocks between the screen descriptor and the trailer, which is read too. Anything that is no block
 * ends the file as a trailer would, as in browsers.
 */
export function* gifBlocks(file: ByteReader): Generator<GifBlock> {
  while (file.left > 0) {
    const introducer = file.u8()
    if (introducer === 0x3b) return
    if (introducer === 0x2c) yield { kind: 'frame', frame: readFrame(file) }
    else if (introducer === 0x21) yield { kind: 'extension', extension: readExtension(file) }
    else break
  }
  yield { kind: 'no-trailer' }
}

function readFrame(file: ByteReader): GifFrame {
  const [x, y, width, height] = [file.u16le(), file.u16le(), file.u16le(), file.u16le()]
  const packed = file.u8()
  skipColourTable(file, packed)
  const codeSize = file.u8()
  // Codes have at most 12 bits, the first ones one more than this.
  if (codeSize < 1 || codeSize > 11) throw corrupt(`LZW code size ${codeSize}`)
  const bytes = skipSubBlocks(file)
  if (bytes === 0 && width > 0 && height > 0) throw corrupt('frame without data')
  return { x, y, width, height, interlaced: (packed & 0x40) !== 0 }
}

function readExtension(file: ByteReader): GifExtension {
  const label = file.u8()
  const start = file.position
  let first = file.take(file.u8())
  let application: string | undefined
  if (label === 0xff && first.length === 11) {
    application = first.text(11)
    first = file.take(file.u8())
  }
  file.seek(start)
  return { label, application, first, bytes: skipSubBlocks(file) }
}

/** A colour table of 2 to 256 colours, where the packed field says that there is one. */
function skipColourTable(file: ByteReader, packed: number): void {
  if (packed & 0x80) file.skip(3 * 2 ** ((packed & 7) + 1))
}

/**
 * The end of the file may stand for the empty block at the end: whether a frame is whole, only the decoder
 * sees.
 */
function skipSubBlocks(file: ByteReader): number {
  let bytes = 0
  for (let length = file.u8(); length > 0; length = file.left > 0 ? file.u8() : 0) {
    file.skip(length)
    bytes += length
  }
  return bytes
}
