import type { Span } from '../input/bytes.js'
import type { RepairCode } from '../notes/notes.js'
import type { Format } from './format.js'
import type { Provenance } from './provenance.js'

/** EXIF orientation (EXIF 2.32, 4.6.4 A): 1 is upright, 5 to 8 exchange width and height. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** How the pixels are stored. */
export type ColourModel = 'grey' | 'grey-alpha' | 'rgb' | 'rgba' | 'palette' | 'ycc' | 'cmyk' | 'ycck'

/** What the header of a file says, read by bounded code of our own before any pixel exists. */
export interface Header {
  readonly format: Format
  /**
   * As stored, in pixels: before orientation. For animations the canvas, for GIF with the whole first frame
   * in it.
   */
  readonly width: number
  readonly height: number
  readonly orientation: Orientation
  /** Pictures in an animation, 1 for a still. */
  readonly frames: number
  /**
   * Sum of the durations of all frames as stored, in milliseconds, of an animated PNG with fractions; 0 for a
   * still.
   */
  readonly durationMs: number
  /** How often an animation is played, 0 for ever; 1 for a still. */
  readonly plays: number
  /** Pixels in all frames together, as a decoder has to draw them. */
  readonly totalPixels: number
  readonly bitDepth: number
  readonly colour: ColourModel
  /** Whether any pixel may be less than opaque, as far as the header tells. */
  readonly alpha: boolean
  /** JPEG: progressive. PNG: Adam7. GIF: any frame. */
  readonly interlaced: boolean
  /** JPEG scans; 1 for other formats. */
  readonly scans: number
  /** ICC, EXIF, XMP, text and unknown application data, as stored. What is not parsed is only counted. */
  readonly metadataBytes: number
  /** Of these the ICC profile, as stored (compressed in PNG); 0 where there is none. */
  readonly iccBytes: number
  /**
   * Where the pieces of the ICC profile lie that says what the colours are, in their order; still compressed
   * in PNG. Empty where there is none, and in GIF, whose profiles nobody applies. `broken` where the file
   * would say what its colours are, but in a way that cannot be read.
   */
  readonly icc: readonly Span[] | 'broken'
  /** What says so in place of a profile: where a file has both, one counts, as its format prescribes. */
  readonly codePoints?: CodePoints | undefined
  readonly exifBytes: number
  /** Where the EXIF lies that counts, as stored; of a HEIF with the four bytes before it. */
  readonly exif?: Span | undefined
  /** What the file says of its own making, where it does. */
  readonly provenance?: Provenance | undefined
  /** After the end of the image. */
  readonly trailingBytes: number
  /** What a decoder has to overlook to draw the picture whole, each once. */
  readonly repairs: readonly RepairCode[]
  readonly jpeg?: JpegHeader | undefined
  readonly heif?: HeifHeader | undefined
}

/** Coding-independent code points of colours (ITU-T H.273). */
export interface CodePoints {
  readonly primaries: number
  readonly transfer: number
}

/** What a JPEG frame header (ITU-T T.81, B.2.2) says besides. */
export interface JpegHeader {
  /** All have 8 bits a sample: lossless, hierarchical and 12-bit JPEG are refused. */
  readonly process: 'baseline' | 'extended' | 'progressive'
  readonly coding: 'huffman' | 'arithmetic'
  /** 1, 3 or 4. */
  readonly components: number
  /** Horizontal and vertical sampling factors of each component. */
  readonly sampling: readonly (readonly [number, number])[]
  /** Of the Adobe APP14 marker: 0, 1, 2; undefined where there is none. */
  readonly adobeTransform: number | undefined
  /** MCUs between restart markers, 0 for none. */
  readonly restartInterval: number
}

/** What the properties of an AVIF or HEIC (ISO/IEC 23008-12, 6.5) say besides. */
export interface HeifHeader {
  /** Of the coded picture, in pixels; `width` and `height` of the header are those of its clean aperture. */
  readonly coded: { readonly width: number; readonly height: number }
  /** Top left of the clean aperture in the coded picture. */
  readonly aperture: { readonly x: number; readonly y: number }
}

/** Width and height as they are looked at. */
export function uprightSize(header: Header): { readonly width: number; readonly height: number } {
  const { width, height, orientation } = header
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}
