import type { OutputFormat } from '../formats/format.js'

/** A finished file. */
export interface Rendition {
  readonly name: string
  readonly format: OutputFormat
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  readonly frames: number
}

/** What a page can show before the image is there. */
export interface Placeholder {
  /** ThumbHash, base64. */
  readonly thumbhash: string
  /** Mean colour, `#rrggbb`. */
  readonly colour: string
}
