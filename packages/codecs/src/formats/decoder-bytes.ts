import type { Size, Source } from '../codec.js'

/** What the kernel's tables and rows take. */
const tables = 2 ** 19

/**
 * About what the kernel takes while it decodes: the file, the picture that it draws, and what it buffers of the source.
 * That is nothing where rows are streamed, the canvas of an animation, the colour indices of an interlaced GIF, and
 * every pixel of a lossless WebP or of a lossy one with alpha, whose alpha plane is lossless.
 */
export function decoderBytes({ bytes, header, format }: Source, target: Size): number {
  const { width, height, frames, interlaced, colour, alpha } = header
  const isVp8l = format === 'webp' && (colour !== 'ycc' || alpha)
  const pixelBytes = frames > 1 || isVp8l ? 4 : format === 'gif' && interlaced ? 1 : 0
  return tables + bytes.length + 4 * target.width * target.height + pixelBytes * width * height
}
