import {
  fitInside,
  type Header,
  type Placeholder,
  type PlannedOutput,
  type Rectangle,
  uprightSize,
} from '@sluice/core'
import { rgbaToThumbHash } from 'thumbhash'
import type { Frame, Picture } from '../codec.js'

/** ThumbHash takes at most 100 x 100 pixels. */
const LONGEST = 100

/** The picture that a placeholder is made of, planned like any other output: it shows what the main one shows. */
export function placeholderOutput(header: Header, crop: Rectangle | undefined): PlannedOutput {
  const size = fitInside(crop ?? uprightSize(header), LONGEST, LONGEST)
  return { name: 'placeholder', format: 'webp', ...size, crop, animated: false, quality: 0, effort: 0 }
}

export async function placeholderOf(frames: AsyncIterable<Frame>): Promise<Placeholder | undefined> {
  for await (const picture of frames) return makePlaceholder(picture)
  return undefined
}

/** @param picture at most 100 pixels wide and high */
export function makePlaceholder(picture: Picture): Placeholder {
  const hash = rgbaToThumbHash(picture.width, picture.height, picture.pixels)
  return { thumbhash: btoa(String.fromCharCode(...hash)), colour: meanColour(picture) }
}

/** Mean over what is visible, `#rrggbb`; black where nothing is. */
export function meanColour({ pixels }: Picture): string {
  const sums = [0, 0, 0]
  let weight = 0
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0
    weight += alpha
    for (let channel = 0; channel < 3; channel++)
      sums[channel] = (sums[channel] ?? 0) + (pixels[at + channel] ?? 0) * alpha
  }
  const hex = (sum: number) =>
    Math.round(weight === 0 ? 0 : sum / weight)
      .toString(16)
      .padStart(2, '0')
  return `#${sums.map(hex).join('')}`
}
