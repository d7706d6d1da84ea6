import type { DecodeOptions, Decoder, Frame, Frames, Source } from '../../codec.js'
import { Canvas } from './canvas.js'
import { isAnimation, readFrames, type StoredFrame } from './read-frames.js'

/**
 * Reads animated WebP around a decoder of stills: each frame becomes a file of its own and is drawn on the canvas. The
 * background colour of the file is not shown, as in browsers.
 */
export function animatedWebpDecoder(still: Decoder): Decoder {
  return {
    format: 'webp',
    async decode(source, options) {
      if (!isAnimation(source.bytes)) return still.decode(source, options)
      const { width, height } = source.header
      const frames: Frames = {
        width,
        height,
        upright: false,
        model: 'rgba',
        close() {},
        [Symbol.asyncIterator]: () => drawFrames(still, source, options),
      }
      return frames
    },
  }
}

async function* drawFrames(decoder: Decoder, source: Source, options: DecodeOptions): AsyncGenerator<Frame> {
  const { width, height } = source.header
  const { bytes: pixels, release } = options.budget.allocate(4 * width * height)
  try {
    const canvas = new Canvas({ width, height, pixels })
    for (const frame of readFrames(source.bytes)) {
      if (frame.x + frame.width > width || frame.y + frame.height > height)
        throw new RangeError('a frame beyond the canvas')
      await drawFrame(decoder, source, frame, options, canvas)
      yield { width, height, pixels: canvas.pixels, durationMs: frame.durationMs }
      if (frame.dispose) canvas.clear(frame)
    }
  } finally {
    release()
  }
}

async function drawFrame(
  decoder: Decoder,
  { format, header }: Source,
  { still, x, y, width, height, blend }: StoredFrame,
  options: DecodeOptions,
  canvas: Canvas,
): Promise<void> {
  const part: Source = {
    format,
    bytes: still,
    header: { ...header, width, height, frames: 1, orientation: 1, icc: [] },
  }
  const size = { width, height }
  const decoded = await decoder.decode(part, { ...options, target: size, animated: false })
  try {
    if (decoded.width !== width || decoded.height !== height)
      throw new RangeError('a frame is not as large as it says')
    for await (const picture of decoded) {
      if (blend) canvas.lay(picture, x, y)
      else canvas.replace(picture, x, y)
      return
    }
  } finally {
    decoded.close()
  }
}
