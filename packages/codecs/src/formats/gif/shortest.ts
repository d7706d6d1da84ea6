import { ColourTable, TRANSPARENT } from '../../pixels/colour-table.js'
import { type FrameImage, indexBits } from './blocks.js'
import type { LzwCompressor } from './lzw.js'
import type { Palette } from './palette.js'

export interface Part {
  /** What is to be seen. */
  readonly wanted: Uint32Array
  /** What is there before. */
  readonly shown: Uint32Array
  /** Nothing of `wanted` is TRANSPARENT. */
  readonly covered: boolean
  /** The rectangle becomes transparent after it was shown. */
  readonly dispose: boolean
}

/** What serves all frames of a picture. */
export interface Kept {
  /** It takes up new colours as long as there is room. */
  readonly common: ColourTable
  readonly palette: Palette
  readonly lzw: LzwCompressor
}

/** Leaving out what did not change mostly makes a frame smaller, but repeated colours can compress better than gaps. */
export function shortest(part: Part, kept: Kept): FrameImage {
  const { common, lzw } = kept
  const { wanted, shown, covered, dispose } = part
  const indices = common.indicesOf(wanted, shown)
  if (!indices) return withOwnPalette(part, kept)
  const gaps = indices.includes(0)
  const sparse = withCommon(lzw.compress(indices, indexBits(common.colours.length)), common, dispose || gaps)
  if (!covered || !gaps) return sparse
  const full = common.indicesOf(wanted, new Uint32Array(wanted.length))
  const data = full && lzw.compress(full, indexBits(common.colours.length), sparse.data.length)
  return data ? withCommon(data, common, dispose) : sparse
}

/** Some of it is TRANSPARENT or there already. */
function hasGaps(wanted: Uint32Array, shown: Uint32Array): boolean {
  for (let pixel = 0; pixel < wanted.length; pixel++) {
    const colour = wanted[pixel]
    if (colour === TRANSPARENT || colour === shown[pixel]) return true
  }
  return false
}

/** @param transparent decoders clear a rectangle to what is transparent only where the frame says what that is */
const withCommon = (data: Uint8Array, { colours }: ColourTable, transparent: boolean): FrameImage => ({
  data,
  colours: undefined,
  size: colours.length,
  transparent: transparent ? 0 : undefined,
})

/** Exact where the colours are few enough, else of colours that stand for those that are too many. */
function withOwnPalette({ wanted, shown, dispose }: Part, { palette, lzw }: Kept): FrameImage {
  const transparent = dispose || hasGaps(wanted, shown)
  const own = new ColourTable(transparent)
  const exact = own.indicesOf(wanted, shown)
  const indices = exact ?? palette.indicesOf(wanted, shown)
  const { colours } = exact ? own : palette
  return {
    data: lzw.compress(indices, indexBits(colours.length)),
    colours,
    size: colours.length,
    transparent: transparent || !exact ? 0 : undefined,
  }
}
