import { concatBytes } from '@sluice/core/bytes'
import type { Encoder, Frame } from '../../codec.js'
import { gifFrameMs } from '../../encoder-prices.js'
import { type BinaryAlphaFrame, thresholdAlpha } from '../../pixels/binary-alpha.js'
import { zeroWords } from '../../pixels/changes.js'
import { ColourTable } from '../../pixels/colour-table.js'
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
    const buffer = budget.allocate(width * height)
    const held = budget.memory.growth()
    const pictureBytes = 4 * width * height
    let hasCopies = false
    try {
      // The canvas and a frame; the one after it is held by whoever gives it.
      held.add(2 * pictureBytes)
      const state = {
        common: new ColourTable(true),
        palette: new Palette(),
        lzw: new LzwCompressor(),
        indices: buffer.bytes,
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
          held.add(2 * pictureBytes)
        }
        const before = { indices: state.lzw.indices, pairs: state.palette.pairs }
        const { frame, canvas: left } = budget.timed('encode', () =>
          nextFrame({ width, height, canvas, picture, next, delay, isFirst, state }),
        )
        held.add(frame.length)
        parts.push(frame)
        canvas = left
        const indices = state.lzw.indices - before.indices
        const pairs = state.palette.pairs - before.pairs
        budget.time.charge(gifFrameMs({ pixels: width * height, indices, bytes: frame.length, pairs }))
      }
      held.add(parts.reduce((sum, part) => sum + part.length, 0))
      return concatBytes([
        gifStart({ width, height }, count === 1 ? 1 : plays, state.common.colours),
        ...parts,
        gifEnd,
      ])
    } finally {
      held.release()
      buffer.release()
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
