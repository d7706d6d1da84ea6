import type { Picture, StillOptions } from '../../codec.js'
import { alphaAsGreen, alphaBytes, withSmallerAlpha } from './alpha-plane.js'
import { tryVp8l } from './lossless.js'

/**
 * An alpha plane that takes more than this share of a file is given to the lossless coder of pictures too:
 * soft shadows and glass shrink by a fifth to a third there, and cut-outs are small anyhow.
 */
const alphaShareWorthSearching = 0.1

/** A lossy file with the smaller of two codings of its alpha plane. */
export async function withSmallestAlpha(
  file: Uint8Array,
  picture: Picture,
  options: StillOptions,
): Promise<Uint8Array> {
  const bytes = alphaBytes(file)
  if (bytes <= file.length * alphaShareWorthSearching) return file
  const lossless = await tryVp8l({ ...picture, pixels: alphaAsGreen(picture.pixels) }, options, bytes)
  return lossless ? withSmallerAlpha(file, lossless) : file
}
