import { corrupt } from '../../errors/refusals.js'
import { UploadError } from '../../errors/upload-error.js'
import type { ByteReader } from '../../input/bytes.js'
import type { Header } from '../header.js'

/**
 * The animation of a PNG (PNG 3rd edition, 4.9 and 11.3.4). A file that declares it wrongly is the still
 * image that it also is; once animated, frames must be in order and inside the canvas. A default image that
 * is no frame of the animation counts as a first frame of no duration, as in the reference decoder: a still
 * of the file shows it.
 */
export class Apng {
  readonly #canvas: { readonly width: number; readonly height: number }
  #declared = 0
  #plays = 1
  #dataSeen = false
  #controls = 0
  /** Frames whose control chunk was seen. */
  #frames = 0
  /** Those that have data too. */
  #drawn = 0
  #delayMs = 0
  #defaultImageIsFrame = false
  #sequence = 0
  #durationMs = 0

  constructor(canvas: { readonly width: number; readonly height: number }) {
    this.#canvas = canvas
  }

  /** acTL: counts only before the image data, and only once. */
  control(body: ByteReader): void {
    if (this.#dataSeen) return
    this.#controls++
    const frames = body.length === 8 ? body.u32() : 0
    this.#plays = body.length === 8 ? body.u32() : 1
    this.#declared = this.#controls === 1 && frames < 2 ** 31 ? frames : 0
  }

  startData(): void {
    if (this.#dataSeen) return
    this.#dataSeen = true
    this.#defaultImageIsFrame = this.#frames > 0
    this.#addFrame()
  }

  /** fcTL. */
  frame(body: ByteReader): void {
    this.#checkSequence(body)
    const [width, height, x, y] = [body.u32(), body.u32(), body.u32(), body.u32()]
    const delay = body.u16()
    const unit = body.u16() || 100
    const { width: right, height: bottom } = this.#canvas
    if (!width || !height || x + width > right || y + height > bottom)
      throw corrupt('fcTL outside the canvas')
    if (!this.#dataSeen && (this.#frames > 0 || width < right || height < bottom))
      throw corrupt('fcTL of the default image')
    this.#frames++
    this.#delayMs = (delay * 1000) / unit
  }

  frameData(body: ByteReader): void {
    this.#checkSequence(body)
    if (!this.#dataSeen || this.#frames === 0) throw corrupt('fdAT before fcTL')
    this.#addFrame()
  }

  /** Frames beyond the declared number are not shown. */
  #addFrame(): void {
    if (this.#drawn === this.#frames) return
    this.#drawn = this.#frames
    if (this.#drawn <= this.#declared) this.#durationMs += this.#delayMs
  }

  #checkSequence(body: ByteReader): void {
    if (body.u32() !== this.#sequence++) throw corrupt('APNG sequence')
  }

  /** Whether it promises more frames than it has. */
  get lacksFrames(): boolean {
    return this.#drawn < this.#declared
  }

  /**
   * @param ended whether IEND was there: without it, frames that are missing were cut off
   * @throws UploadError `truncated`
   */
  finish(ended: boolean): Pick<Header, 'frames' | 'durationMs' | 'plays' | 'totalPixels'> {
    const canvas = this.#canvas.width * this.#canvas.height
    const still = { frames: 1, durationMs: 0, plays: 1, totalPixels: canvas }
    if (this.#declared === 0) return still
    if (this.lacksFrames && !ended)
      throw new UploadError('truncated', {}, { detail: `${this.#drawn} of ${this.#declared} frames` })
    const frames = Math.min(this.#drawn, this.#declared) + (this.#defaultImageIsFrame ? 0 : 1)
    if (frames === 1) return still
    return { frames, durationMs: this.#durationMs, plays: this.#plays, totalPixels: canvas * frames }
  }
}
