import { alphaAsGreen, alphaBytes, withSmallerAlpha } from '@sluice/encoder'
import type { EncodeOptions, Frame } from '../codec.js'
import { encodeLossless, QUICK, THOROUGH } from '../jsquash/webp-encoder.js'

/**
 * An alpha plane that takes more than this share of a file is given to libwebp's lossless coder too: soft shadows and
 * glass shrink by a fifth to a third there, and cut-outs are small anyhow.
 */
const MUCH_ALPHA = 0.1

/**
 * The smallest of several codings of one picture, after each got the smallest coding of its alpha plane. Where there is a choice
 * of colours, bytes are worth the time: the plane is searched at length too.
 */
export async function withAlpha(
  files: readonly Uint8Array[],
  frame: Frame,
  options: EncodeOptions,
): Promise<Uint8Array> {
  const chosen = files.length > 1
  if (!chosen && files.every(file => alphaBytes(file) <= file.length * MUCH_ALPHA)) return smallest(files)
  const green = { ...frame, pixels: alphaAsGreen(frame.pixels) }
  let smaller = files
  for (const search of chosen ? [QUICK, THOROUGH] : [QUICK]) {
    const lossless = await encodeLossless(green, options, search)
    if (lossless) smaller = smaller.map(file => withSmallerAlpha(file, lossless))
  }
  return smallest(smaller)
}

const smallest = (files: readonly Uint8Array[]) => files.reduce((a, b) => (b.length < a.length ? b : a))
