import type { Frames, Picture, PixelModel } from './codec.js'

/** One picture as what a decoder gives. */
export function stillFrames(
  { width, height, pixels }: Picture,
  about: { readonly upright: boolean; readonly model: PixelModel },
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
