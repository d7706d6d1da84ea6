import type { OutputFormat } from '@sluice/core'
import type { Encoder, Frames, Picture, StillEncoder } from '../codec.js'

/** One picture as what a decoder gives. */
export function stillFrames(
  { width, height, pixels }: Picture,
  about: Pick<Frames, 'upright' | 'model' | 'lasting'>,
  close: () => void = () => {},
): Frames {
  return {
    width,
    height,
    ...about,
    close,
    async *[Symbol.asyncIterator]() {
      yield { width, height, pixels, durationMs: 0 }
    },
  }
}

/** An encoder of stills as a part of a renderer. Of an animation it takes the first frame and leaves the rest. */
export function firstFrameEncoder(format: OutputFormat, encode: StillEncoder): Encoder {
  return {
    format,
    async encode(frames, options) {
      for await (const frame of frames) return encode(frame, options)
      throw new Error('no frame came')
    },
  }
}
