import type { Rectangle } from '@sluice/core'
import { recycle } from '@sluice/sandbox'
import type { EncodeOptions, Encoder, Frame, Picture, StillEncoder } from '../../codec.js'
import { firstFrameEncoder } from '../../compose/still.js'
import { webpFrameMs } from '../../encoder-prices.js'
import { changedBox, cut, wordsOf } from '../../pixels/changes.js'
import { frameChunk, writeAnimation } from './write-animation.js'

/** Below this part of changed pixels, the unchanged ones of a rectangle are left out. */
const SPARSE = 0.25

/** Writes animated WebP around an encoder of stills. Frames are stored as what changed since the one before. */
export function animatedWebpEncoder(still: StillEncoder): Encoder {
  return {
    format: 'webp',
    async encode(frames, options) {
      if (options.frames === 1) return firstFrameEncoder('webp', still).encode(frames, options)
      const { width, height, budget } = options
      const chunks: Uint8Array[] = []
      let left = options.frames
      const release = budget.memory.reserve({ bytes: 4 * width * height })
      try {
        let shown: Picture | undefined
        for await (const frame of frames) {
          const pictures = (options.pictures ?? 1) * Math.max(1, left--)
          chunks.push(await encodeFrame(still, frame, shown, { ...options, pictures }))
          shown = frame
        }
      } finally {
        release()
      }
      return writeAnimation(options, options.plays, chunks)
    },
  }
}

async function encodeFrame(
  encode: StillEncoder,
  frame: Frame,
  shown: Picture | undefined,
  options: EncodeOptions,
): Promise<Uint8Array> {
  const { box, part, blend } = shown ? difference(frame, shown) : whole(frame)
  const still = await encode(part, options)
  if (part !== frame) recycle(part.pixels)
  options.budget.time.charge(webpFrameMs(frame.width * frame.height))
  return frameChunk({ ...box, durationMs: frame.durationMs, blend, dispose: false, still })
}

interface Part {
  readonly box: Rectangle
  readonly part: Picture
  readonly blend: boolean
}

const whole = (frame: Picture): Part => ({
  box: { x: 0, y: 0, width: frame.width, height: frame.height },
  part: frame,
  blend: false,
})

/** What changed, in a rectangle at even places. Where little did, the rest of the rectangle is transparent. */
function difference(frame: Picture, shown: Picture): Part {
  const tight = changedBox(frame, wordsOf(shown), wordsOf(frame))
  if (!tight) return { box: { x: 0, y: 0, width: 1, height: 1 }, part: nothing, blend: true }
  const x = tight.x & ~1
  const y = tight.y & ~1
  const box = { x, y, width: tight.x + tight.width - x, height: tight.y + tight.height - y }
  const part = cut(frame, box)
  const old = cut(shown, box)
  const blend = keepChanges(part, old)
  recycle(old.pixels)
  return { box, part, blend }
}

const nothing: Picture = { width: 1, height: 1, pixels: new Uint8Array(4) }

/** Makes unchanged pixels transparent, if what changed is little and opaque. */
function keepChanges(part: Picture, old: Picture): boolean {
  const words = wordsOf(part)
  const before = wordsOf(old)
  let changed = 0
  for (let pixel = 0; pixel < words.length; pixel++) {
    if (words[pixel] === before[pixel]) continue
    changed += 1
    if (part.pixels[4 * pixel + 3] !== 255) return false
  }
  if (changed > SPARSE * words.length) return false
  for (let pixel = 0; pixel < words.length; pixel++) if (words[pixel] === before[pixel]) words[pixel] = 0
  return true
}
