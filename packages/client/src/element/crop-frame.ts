import type { Crop } from '@sluice/core'

/** The part of a picture that a person cuts out, and what their pointer or keys do to it. */
export interface CropFrame {
  readonly crop: Crop
  /** Width to height of the cut-out, in pixels; undefined where it is free. */
  readonly aspect: number | undefined
  /** Width to height of the picture. */
  readonly pictureAspect: number
}

/** Shortest side of the frame, as a share of the picture's shorter side. */
const smallest = 0.08

/** The largest frame of that shape in the middle of a picture. */
export function centredFrame(pictureAspect: number, aspect?: number): CropFrame {
  const frame = { crop: { x: 0, y: 0, width: 1, height: 1 }, aspect, pictureAspect }
  if (aspect === undefined) return frame
  const [width, height] = largestSides(frame)
  return { ...frame, crop: { x: (1 - width) / 2, y: (1 - height) / 2, width, height } }
}

/** Moves it by fractions of the picture, as far as the edges. */
export function moveFrame(frame: CropFrame, dx: number, dy: number): CropFrame {
  const { x, y, width, height } = frame.crop
  const crop = { width, height, x: clamp(x + dx, 0, 1 - width), y: clamp(y + dy, 0, 1 - height) }
  return { ...frame, crop }
}

/** Draws its lower right corner by fractions of the picture; the upper left one stays. */
export function resizeFrame(frame: CropFrame, dw: number, dh: number): CropFrame {
  const { x, y, width, height } = frame.crop
  const { aspect, pictureAspect } = frame
  const [leastWidth, leastHeight] = leastSides(frame)
  if (aspect === undefined) {
    const crop = {
      x,
      y,
      width: clamp(width + dw, leastWidth, 1 - x),
      height: clamp(height + dh, leastHeight, 1 - y),
    }
    return { ...frame, crop }
  }
  // One number decides both sides; the one that was drawn further.
  const ratio = aspect / pictureAspect
  const wanted = Math.abs(dw) >= Math.abs(dh * ratio) ? width + dw : (height + dh) * ratio
  const newWidth = clamp(wanted, leastWidth, Math.min(1 - x, (1 - y) * ratio))
  return { ...frame, crop: { x, y, width: newWidth, height: newWidth / ratio } }
}

/** Makes it a share of the largest that there can be, 0 to 1, about its own centre. */
export function scaleFrame(frame: CropFrame, share: number): CropFrame {
  const { x, y, width, height } = frame.crop
  const [leastWidth] = leastSides(frame)
  const [mostWidth, mostHeight] = largestSides(frame)
  const ratio = height / width
  const most = Math.min(mostWidth, mostHeight / ratio)
  const wide = clamp(share * most, leastWidth, most)
  const size = { width: wide, height: wide * ratio }
  const centre = { x: x + (width - size.width) / 2, y: y + (height - size.height) / 2 }
  return moveFrame({ ...frame, crop: { ...size, ...centre } }, 0, 0)
}

/** The share that `scaleFrame` would give it. */
export function scaleOf(frame: CropFrame): number {
  const [mostWidth, mostHeight] = largestSides(frame)
  return Math.max(frame.crop.width / mostWidth, frame.crop.height / mostHeight)
}

/** What is sent: rounded to a ten-thousandth and never over the edge. */
export function cropOf({ crop }: CropFrame): Crop {
  const round = (value: number) => Math.floor(value * 10_000) / 10_000
  return { x: round(crop.x), y: round(crop.y), width: round(crop.width), height: round(crop.height) }
}

/** `square`, `free`, or width to height as `3/2`, of an attribute; undefined where it is free. */
export function parseAspect(text: string): number | undefined {
  if (text === '' || text === 'square') return 1
  const [width, height] = text.split('/').map(Number)
  const aspect = (width ?? 0) / (height ?? 0)
  return aspect > 0.01 && aspect < 100 ? aspect : undefined
}

function largestSides({ aspect, pictureAspect }: CropFrame): readonly [width: number, height: number] {
  if (aspect === undefined) return [1, 1]
  const ratio = aspect / pictureAspect
  return ratio < 1 ? [ratio, 1] : [1, 1 / ratio]
}

function leastSides(frame: CropFrame): readonly [width: number, height: number] {
  const [width, height] = largestSides(frame)
  return [width * smallest, height * smallest]
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most))
}
