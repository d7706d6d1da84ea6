import type { Rectangle } from '@sluice/core'
import type { Picture } from '../../codec.js'

/** What an animation is drawn on: frames are laid over it, or put in place of a part of it. */
export class Canvas implements Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array

  /** @param pixels that it draws on; all zero is transparent */
  constructor({ width, height, pixels }: Picture) {
    this.width = width
    this.height = height
    this.pixels = pixels
  }

  /** Puts a picture in place of what is there. It must lie within the canvas. */
  replace(picture: Picture, x: number, y: number): void {
    const row = 4 * picture.width
    for (let line = 0; line < picture.height; line++)
      this.pixels.set(
        picture.pixels.subarray(line * row, (line + 1) * row),
        4 * ((y + line) * this.width + x),
      )
  }

  /** Lays a picture over what is there (Porter and Duff's over, straight alpha). It must lie within the canvas. */
  lay(picture: Picture, x: number, y: number): void {
    const from = picture.pixels
    for (let line = 0; line < picture.height; line++) {
      let at = 4 * ((y + line) * this.width + x)
      const end = 4 * (line + 1) * picture.width
      for (let source = 4 * line * picture.width; source < end; source += 4, at += 4) {
        const alpha = from[source + 3] ?? 0
        if (alpha === 0) continue
        this.#mix(at, from, source, alpha)
      }
    }
  }

  /** Makes a part transparent. */
  clear({ x, y, width, height }: Rectangle): void {
    for (let line = y; line < y + height; line++)
      this.pixels.fill(0, 4 * (line * this.width + x), 4 * (line * this.width + x + width))
  }

  #mix(at: number, from: Uint8Array, source: number, alpha: number): void {
    const to = this.pixels
    const below = ((to[at + 3] ?? 0) * (255 - alpha)) / 255
    const sum = alpha + below
    for (let channel = 0; channel < 3; channel++)
      to[at + channel] = ((from[source + channel] ?? 0) * alpha + (to[at + channel] ?? 0) * below) / sum + 0.5
    to[at + 3] = sum + 0.5
  }
}
