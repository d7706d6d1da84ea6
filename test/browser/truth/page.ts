// Runs in the browser: what it makes of an image.
import { thumb8 } from '@sluice/testkit/thumb8'

export interface Seen {
  /** What an `img` shows before it moves. */
  readonly still: readonly number[]
  /** Of an animation, as ImageDecoder (WebCodecs) gives it; 1 of a still. */
  readonly frames: number
  /** How often it is played again; null for ever. */
  readonly repeats: number | null
  /** In milliseconds, as stored. Of an animation alone, as what follows. */
  readonly durations: readonly number[]
  /** Of the first frames, and the last. */
  readonly thumbs: readonly (readonly number[])[]
}

/** Frames whose pixels are looked at. */
const LOOKED_AT = 24
/** Larger ones are scaled down by the browser before they are looked at. */
const LONGEST = 1600

/** Types that may be animations. Of AVIF we draw the still. */
const moving = ['image/gif', 'image/png', 'image/webp']

type Drawable = HTMLImageElement | VideoFrame

function thumbOf(picture: Drawable, width: number, height: number): number[] {
  const scale = Math.min(1, LONGEST / width, LONGEST / height)
  const size = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))] as const
  const context = new OffscreenCanvas(...size).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, ...size)
  const { data } = context.getImageData(0, 0, ...size)
  return [...thumb8({ width: size[0], height: size[1], pixels: new Uint8Array(data.buffer) })]
}

async function look(url: string, type: string): Promise<Seen> {
  const image = new Image()
  image.src = url
  await image.decode()
  const still = thumbOf(image, image.naturalWidth, image.naturalHeight)
  const alone: Seen = { still, frames: 1, repeats: 0, durations: [], thumbs: [] }
  if (!moving.includes(type)) return alone

  const data = await (await fetch(url)).arrayBuffer()
  const decoder = new ImageDecoder({ data, type, preferAnimation: true })
  await Promise.all([decoder.tracks.ready, decoder.completed])
  const track = decoder.tracks.selectedTrack
  if (!track) throw new Error('no track')
  if (track.frameCount === 1) return alone
  const durations: number[] = []
  const thumbs: number[][] = []
  for (let frameIndex = 0; frameIndex < track.frameCount; frameIndex++) {
    const { image: frame } = await decoder.decode({ frameIndex })
    durations.push((frame.duration ?? 0) / 1000)
    if (frameIndex < LOOKED_AT || frameIndex === track.frameCount - 1)
      thumbs.push(thumbOf(frame, frame.displayWidth, frame.displayHeight))
    frame.close()
  }
  const { frameCount: frames, repetitionCount } = track
  decoder.close()
  return {
    still,
    frames,
    repeats: Number.isFinite(repetitionCount) ? repetitionCount : null,
    durations,
    thumbs,
  }
}

Object.assign(globalThis, { look })
