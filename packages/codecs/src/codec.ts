import type { Format, Note, OutputFormat, Probed, Rectangle } from '@sluice/core'
import type { ImageBudget } from './budget.js'

/** In pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** RGBA, 8 bits, straight alpha, sRGB, row-major, tightly packed: `4 * width * height` bytes. */
export interface Picture extends Size {
  readonly pixels: Uint8Array
}

/**
 * `cmyk`: the four bytes are ink, 0 none to 255 full. Only decoders make it; `Colour` turns it into `rgba`. `srgb`: RGBA
 * that the decoder has converted already, by the conversion that it was given.
 */
export type PixelModel = 'rgba' | 'cmyk' | 'srgb'

export interface Frame extends Picture {
  /** How long it is shown, in milliseconds; 0 for a still. */
  readonly durationMs: number
}

/**
 * What a decoder gives: one frame at a time, each a whole canvas. A frame is good until the next one is asked for, or all
 * are closed.
 */
export interface Frames extends AsyncIterable<Frame>, Size {
  /** The orientation of the header has been applied; else `composeRenderer` does it. */
  readonly upright: boolean
  readonly model: PixelModel
  /** Frames stay good, whatever happens: an output that needs no change needs no copy. Default: false. */
  readonly lasting?: boolean | undefined
  /** Called once, when no frame is wanted any more, whatever happened. */
  close(): void
}

/** What a decoder needs of an image: its bytes and what the probe read. */
export type Source = Pick<Probed, 'bytes' | 'format' | 'header'>

export interface DecodeOptions {
  readonly budget: ImageBudget
  /** Upright size that is enough for every output. A decoder gives all pixels, or, scaled while it decodes, exactly this size. */
  readonly target: Size
  /** false: the first frame is enough. */
  readonly animated: boolean
  /**
   * Where the file holds ink: what turns it into sRGB. A decoder that scales has to use it before, as a mean of inks is
   * not the ink of a mean, and gives `srgb`.
   */
  readonly inks?: Conversion | undefined
  readonly signal?: AbortSignal | undefined
}

/** A warning of the decoder (premature end, corrupt data) is a refusal: throw, never give half a picture. */
export interface Decoder {
  readonly format: Format
  decode(source: Source, options: DecodeOptions): Promise<Frames>
}

export interface StillOptions {
  readonly budget: ImageBudget
  /** 0 to 100, on the scale of the format: libwebp's for WebP, libavif's for AVIF. */
  readonly quality: number
  /** 0 (fast) to 6 (small): for WebP libwebp's method, for AVIF 10 minus libavif's speed. */
  readonly effort: number
  /** How many pictures have to be encoded in the time that is left, this one among them. Default: 1. */
  readonly pictures?: number
}

/** One picture to one file. */
export type StillEncoder = (picture: Picture, options: StillOptions) => Promise<Uint8Array>

export interface EncodeOptions extends Size, StillOptions {
  /** How many frames will come, at least 1. More than one makes an animation. */
  readonly frames: number
  /** How often an animation is played, 0 for ever. */
  readonly plays: number
}

/**
 * Frames come upright, sRGB, all of the size that the options say. The encoder must not write into their buffers, nor answer
 * with them: they are used again, a still's once it has answered, an animation's once it asks for the third frame after.
 */
export interface Encoder {
  readonly format: OutputFormat
  encode(frames: AsyncIterable<Frame>, options: EncodeOptions): Promise<Uint8Array>
}

export interface ResizeOptions extends Size {
  readonly budget: ImageBudget
  /** The part of the picture that is shown; all of it where undefined. Fractions are allowed. */
  readonly crop?: Rectangle | undefined
  /** The fourth byte is alpha and may be less than 255. */
  readonly alpha: boolean
}

/**
 * Antialiased; where there is alpha, on premultiplied colours, so that what is invisible does not bleed. The caller has
 * reserved the bytes of the result.
 */
export interface Resizer {
  resize(picture: Picture, options: ResizeOptions): Promise<Picture>
}

/** Turns pixels of one image into sRGB. May write into the picture that it is given. */
export interface Conversion {
  convert(picture: Picture): Picture
  /** Gives every picture back as it was. */
  readonly changesNothing?: boolean
  /** What had to be given up. */
  readonly note?: Note | undefined
  /** Called once, when the image is done. */
  close(): void
}

/** Reads an image's embedded profile once; `convert` is called with pixels of each output and frame. */
export interface Colour {
  prepare(source: Source, model: PixelModel, budget: ImageBudget): Promise<Conversion>
}
