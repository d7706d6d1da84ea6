import {
  type GifExtension,
  type GifFrame,
  type GifScreen,
  gifBlocks,
  readGifScreen,
} from '../../containers/gif-blocks.js'
import { checkSize, corrupt, type HeaderLimits } from '../../errors/refusals.js'
import { UploadError } from '../../errors/upload-error.js'
import type { ByteReader } from '../../input/bytes.js'
import type { RepairCode } from '../../notes/notes.js'
import type { Header } from '../header.js'

/**
 * Reads a GIF (GIF89a, CompuServe 1990) to its trailer, block by block; no LZW code is looked at. A first
 * frame that reaches over the screen enlarges the canvas, as in the reference decoders; later ones are cut
 * off. Frames without a size are passed over.
 */
export function readGifHeader(file: ByteReader, limits: HeaderLimits): Header {
  const screen = readGifScreen(file)
  const repairs = new Set<RepairCode>()
  if (screen.width === 0 || screen.height === 0) repairs.add('screen-size-missing')
  let canvas = screen
  let frames = 0
  let totalPixels = 0
  let interlaced = false
  let transparent = false
  let plays = 1
  let durationMs = 0
  let delayMs: number | undefined
  let metadataBytes = 0
  let iccBytes = 0

  for (const block of gifBlocks(file)) {
    if (block.kind === 'no-trailer') {
      // Before the first frame, or between a graphic control and its frame.
      const isCutOff = frames === 0 || delayMs !== undefined
      if (isCutOff && file.left === 0) throw new UploadError('truncated')
      repairs.add('end-missing')
      break
    }
    if (block.kind === 'extension') {
      const { extension } = block
      const control = readControl(extension)
      const loops = readLoops(extension)
      if (control) {
        delayMs = control.delayMs
        transparent ||= control.transparent
      } else if (loops !== undefined) plays = loops === 0 ? 0 : loops + 1
      else metadataBytes += extension.bytes
      if (extension.application === 'ICCRGBG1012') iccBytes += extension.bytes - 11
      continue
    }
    const { frame } = block
    const frameMs = delayMs ?? 0
    delayMs = undefined
    if (frame.width === 0 || frame.height === 0) {
      repairs.add('empty-frames')
      continue
    }
    checkSize(frame.width, frame.height, limits)
    if (frames === 0) {
      canvas = cover(screen, frame)
      checkSize(canvas.width, canvas.height, limits)
      transparent ||= frame.width < canvas.width || frame.height < canvas.height
    }
    frames++
    totalPixels += Math.max(canvas.width * canvas.height, frame.width * frame.height)
    interlaced ||= frame.interlaced
    durationMs += frameMs
  }
  if (frames === 0) throw corrupt('no frame')

  const moves = frames > 1
  return {
    format: 'gif',
    ...canvas,
    orientation: 1,
    frames,
    durationMs: moves ? durationMs : 0,
    plays: moves ? plays : 1,
    totalPixels,
    bitDepth: 8,
    colour: 'palette',
    alpha: transparent,
    interlaced,
    scans: 1,
    metadataBytes,
    iccBytes,
    icc: [],
    exifBytes: 0,
    trailingBytes: file.left,
    repairs: [...repairs],
  }
}

function cover(screen: GifScreen, { x, y, width, height }: GifFrame): GifScreen {
  return { width: Math.max(screen.width, x + width), height: Math.max(screen.height, y + height) }
}

/** A graphic control extension (GIF89a, 23): the delay is in hundredths of a second. */
function readControl({ label, first }: GifExtension) {
  if (label !== 0xf9 || first.length !== 4) return undefined
  const transparent = (first.u8() & 1) !== 0
  return { transparent, delayMs: first.u16le() * 10 }
}

/**
 * Netscape's looping extension: how often the animation is repeated, 0 for ever; undefined if it is another
 * one.
 */
function readLoops({ application, first }: GifExtension): number | undefined {
  if (application !== 'NETSCAPE2.0' && application !== 'ANIMEXTS1.0') return undefined
  return first.length === 3 && first.u8() === 1 ? first.u16le() : undefined
}
