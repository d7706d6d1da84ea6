/// <reference path="./omggif.d.ts" />
import { GifReader } from 'omggif'

/** One frame as a viewer shows it. */
export interface ShownFrame {
  /** RGBA of the whole canvas. */
  readonly pixels: Uint8Array
  readonly durationMs: number
  readonly ownPalette: boolean
  readonly transparent: boolean
  /** GIF89a, 23: 1 leaves it, 2 clears its rectangle. */
  readonly disposal: number
}

export interface ReadGif {
  readonly width: number
  readonly height: number
  /** 0 for ever. */
  readonly plays: number
  readonly frames: readonly ShownFrame[]
}

/**
 * A GIF of ours as somebody else reads it, with the canvas composed by the standard. Not for uploads: some
 * files of a few bytes hang this reader.
 */
export function readGif(bytes: Uint8Array): ReadGif {
  const reader = new GifReader(bytes)
  const { width, height } = reader
  const loops = reader.loopCount()
  const canvas = new Uint8Array(4 * width * height)
  const frames = Array.from({ length: reader.numFrames() }, (_, index) => {
    const { delay, disposal, ...frame } = reader.frameInfo(index)
    reader.decodeAndBlitFrameRGBA(index, canvas)
    const pixels = canvas.slice()
    if (disposal === 2)
      for (let y = frame.y; y < frame.y + frame.height; y++)
        canvas.fill(0, 4 * (y * width + frame.x), 4 * (y * width + frame.x + frame.width))
    const durationMs = 10 * delay
    const transparent = frame.transparent_index !== null
    return { pixels, durationMs, ownPalette: frame.has_local_palette, transparent, disposal }
  })
  return { width, height, plays: loops === null ? 1 : loops === 0 ? 0 : loops + 1, frames }
}
