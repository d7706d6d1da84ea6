import { concatBytes } from '@sluice/core/bytes'
import type { Encoder, Frame } from '../../codec.js'
import { type BinaryAlphaFrame, thresholdAlpha } from '../../pixels/binary-alpha.js'
import { zeroWords } from '../../pixels/changes.js'
import { ColourTable } from '../../pixels/colour-table.js'
import { gifFrameMs } from '../../prices.js'
import { gifEnd, gifStart } from './blocks.js'
import { LzwCompressor } from './lzw.js'
import { nextFrame } from './next-frame.js'
import { Palette } from './palette.js'

/** Writes GIF89a, still or animated, with only what changed from frame to frame. */
export const gifEncoder: Encoder = {
  format: 'gif',
  async encode(frames, { width, height, plays, frames: count, budget }) {
    const parts: Uint8Array[] = []
    const delayOf = hundredths()
    // One holding that grows: whoever asks for the sum goes through all of them, and frames may be 65,000.
    const held = { bytes: 0 }
    const holdings = [budget.memory.reserve(held)]
    const hold = (bytes: number) => {
      budget.memory.reserve({ bytes })()
      held.bytes += bytes
    }
    const pictureBytes = 4 * width * height
    let hasCopies = false
    try {
      // The canvas and a frame; the one after it is held by whoever gives it.
      hold(2 * pictureBytes)
      const { bytes: indices, release } = budget.allocate(width * height)
      holdings.push(release)
      const state = {
        common: new ColourTable(true),
        palette: new Palette(),
        lzw: new LzwCompressor(),
        indices,
      }
      // TRANSPARENT everywhere.
      let canvas: Uint32Array = zeroWords(width * height)
      for await (const [{ picture, durationMs }, following] of withNext(frames)) {
        const delay = delayOf(durationMs)
        const isFirst = parts.length === 0
        const next = following?.picture
        if (!hasCopies && (!picture.covered || next?.covered === false)) {
          // Of a frame whose alpha was made binary, and of a canvas after a frame was cleared from it.
          hasCopies = true
          hold(2 * pictureBytes)
        }
        const { pairs } = state.palette
        const encoded = budget.timed('encode', () =>
          nextFrame({ width, height, canvas, picture, next, delay, isFirst, state }),
        )
        hold(encoded.frame.length)
        parts.push(encoded.frame)
        canvas = encoded.canvas
        const work = { pixels: width * height, changedPixels: encoded.pixels, bytes: encoded.frame.length }
        budget.time.charge(gifFrameMs({ ...work, pairs: state.palette.pairs - pairs }))
      }
      hold(parts.reduce((sum, part) => sum + part.length, 0))
      return concatBytes([
        gifStart({ width, height }, count === 1 ? 1 : plays, state.common.colours),
        ...parts,
        gifEnd,
      ])
    } finally {
      for (const release of holdings) release()
    }
  },
}

interface Seen {
  readonly picture: BinaryAlphaFrame
  readonly durationMs: number
}

/** Each frame with the one that comes after it. */
async function* withNext(frames: AsyncIterable<Frame>): AsyncGenerator<[Seen, Seen | undefined]> {
  let last: Seen | undefined
  for await (const frame of frames) {
    const seen = { picture: thresholdAlpha(frame), durationMs: frame.durationMs }
    if (last) yield [last, seen]
    last = seen
  }
  if (last) yield [last, undefined]
}

/** Milliseconds to hundredths of a second; what rounding leaves over goes to the next frame, so that the sum is kept. */
function hundredths(): (ms: number) => number {
  let left = 0
  return ms => {
    const exact = ms / 10 + left
    const delay = Math.max(0, Math.round(exact))
    left = exact - delay
    return delay
  }
}
