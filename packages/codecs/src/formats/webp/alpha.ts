import type { Picture, StillOptions } from '../../codec.js'
import { alphaAsGreen, alphaBytes, withSmallerAlpha } from './alpha-plane.js'
import { quick, thorough, tryLossless } from './libwebp.js'

/**
 * An alpha plane that takes more than this share of a file is given to libwebp's lossless coder too: soft shadows and
 * glass shrink by a fifth to a third there, and cut-outs are small anyhow.
 */
const alphaShareWorthSearching = 0.1

/**
 * The smallest of several codings of one picture, after each got the smallest coding of its alpha plane. Where there is a
 * choice of colours, bytes are worth the time: the plane is searched at length too.
 */
export async function withSmallestAlpha(
  files: readonly Uint8Array[],
  picture: Picture,
  options: StillOptions,
): Promise<Uint8Array> {
  const isChoice = files.length > 1
  if (!isChoice && files.every(file => alphaBytes(file) <= file.length * alphaShareWorthSearching))
    return smallest(files)
  const green = { ...picture, pixels: alphaAsGreen(picture.pixels) }
  let smaller = files
  for (const search of isChoice ? [quick, thorough] : [quick]) {
    const lossless = await tryLossless(green, options, search)
    if (lossless) smaller = smaller.map(file => withSmallerAlpha(file, lossless))
  }
  return smallest(smaller)
}

function smallest(files: readonly Uint8Array[]): Uint8Array {
  return files.reduce((a, b) => (b.length < a.length ? b : a))
}
