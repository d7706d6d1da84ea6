import { type Area, some } from '../../pixels/area.js'
import { ColourTable, TRANSPARENT } from '../../pixels/colour-table.js'
import { type FrameImage, indexBits } from './blocks.js'
import type { LzwCompressor } from './lzw.js'
import type { Palette } from './palette.js'

/** A rectangle of a frame, and what it is drawn over. */
export interface Delta {
  readonly target: Area
  /** All that is on the canvas before. */
  readonly canvas: Uint32Array
  /** Nothing of `target` is TRANSPARENT. */
  readonly covered: boolean
  /** The rectangle becomes transparent after it was shown. */
  readonly dispose: boolean
}

/** What is shared by all frames of a picture. */
export interface EncoderState {
  /** The global colour table; takes up new colours as long as there is room. */
  readonly common: ColourTable
  readonly palette: Palette
  readonly lzw: LzwCompressor
  /** As long as a frame has pixels: one buffer after the other would be megabytes of garbage. */
  readonly indices: Uint8Array
}

/** Leaving out what did not change mostly makes a frame smaller, but repeated colours can compress better than gaps. */
export function shortest(delta: Delta, state: EncoderState): FrameImage {
  const { common, lzw } = state
  const { target, canvas, covered, dispose } = delta
  const indices = state.indices.subarray(0, target.width * target.height).fill(0)
  if (!common.fill(target, indices, canvas)) return withOwnPalette(delta, state, indices)
  const gaps = indices.includes(0)
  const sparse = withCommon(lzw.compress(indices, indexBits(common.colours.length)), common, dispose || gaps)
  if (!covered || !gaps) return sparse
  if (!common.fill(target, indices)) return sparse
  const data = lzw.compress(indices, indexBits(common.colours.length), sparse.data.length)
  return data ? withCommon(data, common, dispose) : sparse
}

/** Some of it is TRANSPARENT or on the canvas already. */
const hasGaps = (target: Area, canvas: Uint32Array) =>
  some(target, (colour, at) => colour === TRANSPARENT || colour === canvas[at])

/** @param transparent decoders clear a rectangle to what is transparent only where the frame says what that is */
const withCommon = (data: Uint8Array, { colours }: ColourTable, transparent: boolean): FrameImage => ({
  data,
  colours: undefined,
  size: colours.length,
  transparent: transparent ? 0 : undefined,
})

/** Exact where the colours are few enough, else of colours that stand for those that are too many. */
function withOwnPalette(
  { target, canvas, dispose }: Delta,
  { palette, lzw }: EncoderState,
  indices: Uint8Array,
): FrameImage {
  const transparent = dispose || hasGaps(target, canvas)
  const own = new ColourTable(transparent)
  const exact = own.fill(target, indices.fill(0), canvas)
  if (!exact) palette.indicesOf(target, canvas, indices)
  const { colours } = exact ? own : palette
  return {
    data: lzw.compress(indices, indexBits(colours.length)),
    colours,
    size: colours.length,
    transparent: transparent || !exact ? 0 : undefined,
  }
}
