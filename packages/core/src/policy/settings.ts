import { type Format, formats, formatTable, type OutputFormat } from '../formats/format.js'
import type { MetadataField } from '../formats/image-metadata.js'
import type { KeptField } from '../formats/keep/kept.js'

/** `same`: that of the upload; JPEG for HEIC, which few programs open. */
export type StillFormat = Exclude<OutputFormat, 'gif'> | 'same'

/** One image to make. */
export interface ImageSettings {
  /**
   * For stills: `webp`, `avif`, `jpeg`, `png` or `same`, that of the upload; for animations see `animated`.
   * AVIF, JPEG and PNG need a renderer with `avif()` of `@sluice/codecs/avif`, `jpeg()` of
   * `@sluice/codecs/jpeg`, `png()` of `@sluice/codecs/png`. Transparency becomes white in a JPEG. Default:
   * `webp`.
   */
  readonly format: StillFormat
  /** Widest image, in pixels: 1 to 16,383. Default: 1,600. */
  readonly maxWidth: number
  /** Tallest image, in pixels: 1 to 16,383. Default: 1,600. */
  readonly maxHeight: number
  /**
   * `inside`: all of it, aspect ratio kept. `cover`: the shape of the box, the rest is cut off; the box itself
   * where the picture is large enough. Default: `inside`.
   */
  readonly fit: 'inside' | 'cover'
  /** Whether a picture that is smaller than the box is made as large as the box. Default: `false`. */
  readonly enlarge: boolean
  /**
   * For `cover`: the point that stays in view, `x` and `y` as fractions of width and height from the top
   * left, 0 to 1 each. An upload's own `focus` takes precedence. Default: `{ x: 0.5, y: 0.5 }`.
   */
  readonly focus: { readonly x: number; readonly y: number }
  /**
   * 0 to 100 on the scale of the format: libwebp's, libjpeg's, or libavif's, where about 60 looks like 82 of WebP. PNG
   * is exact whatever it says. Default: 82.
   */
  readonly quality: number
  /** Of encoding stills, 0 (fast) to 6 (small): libwebp's method, and like it for others. 0 to 6. Default: 6. */
  readonly effort: number
}

/** Every setting with its value: what `definePolicy` fills in. */
export interface PolicySettings {
  /**
   * Largest body of a request, all its files and the multipart framing included, in bytes: 1 to 1,073,741,824, or text
   * such as `'64 MiB'`, and at least `maxFileBytes`. An endpoint that takes fewer files holds their `maxFileBytes`
   * together against it (see `bodyLimit`): 8 MiB for one file. Default: 67,108,864 (64 MiB), which are ten photos of 5
   * MB; 32 MiB in the preset `edge`; `maxFileBytes` where that is more.
   */
  readonly maxBytes: number
  /**
   * Largest file, in bytes: 1 to 1,073,741,824, or text such as `'8 MiB'`. Default: 8,388,608 (8 MiB); `maxBytes` where
   * that alone is given.
   */
  readonly maxFileBytes: number
  /** Longest file name that is looked at, in bytes of UTF-8: 1 to 4,096. Default: 255. */
  readonly maxNameBytes: number
  /**
   * Accepted file name extensions, lower case, without the dot: at least one of jpg, jpeg, jfif, jpe, pjpeg, png, apng,
   * gif, webp, avif, heic, heif. They say which formats are accepted; the content decides which one a file has.
   * Default: jpg, jpeg, jfif, png, gif, webp.
   */
  readonly extensions: readonly string[]
  /**
   * What happens when extension and content are of different formats, both accepted: `refuse` or `allow`.
   * Images saved from web pages are often JPEGs called .png. The price of `allow`: a disguised file passes,
   * as what it is; ASVS 5.0, 5.2.2 wants both to agree, and the sender's name in a log is only a claim. What
   * is stored is the same: a redrawn image under a generated name. Default: `refuse`.
   */
  readonly mismatch: 'refuse' | 'allow'
  /**
   * Files with damage that leaves the picture intact, such as a missing end marker: `browser` accepts them
   * with a note, as browsers draw them; `none` refuses them. Default: `browser`.
   */
  readonly repair: 'browser' | 'none'
  /**
   * Names without an extension, such as `picture` of a phone's application: `accept` lets the content alone decide, as
   * it does for a raw body and for `blob`. Default: `refuse`.
   */
  readonly nameless: 'accept' | 'refuse'
  /**
   * Most pixels in one frame, read from the header before any is decoded: 1 to 1,073,741,824. Default: 64,000,000.
   */
  readonly maxPixels: number
  /** Most frames in an animation: 1 to 100,000. Default: 300. */
  readonly maxFrames: number
  /** Most pixels in all frames together, at least `maxPixels`: 1 to 4,294,967,296. Default: 128,000,000. */
  readonly maxTotalPixels: number
  /** Most scans in a progressive JPEG: 1 to 10,000. Default: 100. */
  readonly maxScans: number
  /**
   * Most EXIF and ICC together, which are parsed, as stored, in bytes: 0 to 1,073,741,824, or text such as
   * `'1 MiB'`. It is never kept. Default: 1,048,576 (1 MiB).
   */
  readonly maxMetadataBytes: number
  /**
   * Metadata of the file to return next to the image: any of takenAt, camera, copyright, location.
   * Unverified claims; `location` may be where somebody lives. Read from EXIF only. Default: none.
   */
  readonly metadata: readonly MetadataField[]
  /**
   * What of the file's own data is written into every image that is made of it: any of copyright, as
   * `metadata` reads it, without `<` and `>`, as EXIF drawn anew with nothing else in it. A stranger's claim, for
   * all the world to read. WebP, JPEG and PNG carry it; a policy that writes AVIF, or GIF of other animations,
   * cannot keep anything. Default: none.
   */
  readonly keep: readonly KeptField[]
  /**
   * Shortest side of a crop that an upload may ask for, in pixels of the upright picture: 1 to 16,383. A side of the
   * whole picture is always long enough. Default: 16.
   */
  readonly minCropSide: number
  /** Bytes after the end of the image: `drop` or `refuse`. Photos of phones often have some. Default: `drop`. */
  readonly trailingData: 'drop' | 'refuse'
  /**
   * What an animation becomes: `keep` makes a GIF of a GIF and animated WebP of the others; `gif`, `webp`,
   * `first-frame` and `refuse` say what they do. Default: `keep`.
   */
  readonly animated: 'keep' | 'gif' | 'webp' | 'first-frame' | 'refuse'
  /** Encoding effort for each frame of an animation, fast to small: 0 to 6. Default: 2. */
  readonly animationEffort: number
  /** The main image. Default: WebP inside 1,600 x 1,600 pixels, quality 82. */
  readonly output: ImageSettings
  /**
   * Further sizes by name (1 to 32 of a-z and 0-9, not `main`), made from the same decode: 0 to 16. All are stored, or
   * none. Default: none.
   */
  readonly variants: Readonly<Record<string, ImageSettings>>
  /** `thumbhash` puts a ThumbHash and the mean colour into the result. Default: `none`. */
  readonly placeholder: 'none' | 'thumbhash'
  /**
   * Longest processing of one image, in milliseconds from the start of its decode: 1 to 600,000. Default: 10,000.
   */
  readonly timeMs: number
  /** The factor by which the work may exceed the price of the image: 1 to 1,000. Default: 3. */
  readonly headroom: number
  /**
   * Memory of the WASM instances that serve one image, in MiB: 16 to 4,096. Default: 96. Where nothing is given it follows
   * the output and its variants: 36 bytes more for each pixel that they may have together beyond 1,600 x 1,600; and 512
   * where AVIF or HEIC is read or AVIF written, whose codecs hold whole pictures. Never more than 512 by itself.
   */
  readonly memoryMb: number
}

/** Of every image, in all presets. */
export const imageDefaults: ImageSettings = {
  format: 'webp',
  maxWidth: 1600,
  maxHeight: 1600,
  fit: 'inside',
  enlarge: false,
  focus: { x: 0.5, y: 0.5 },
  quality: 82,
  effort: 6,
}

const server: PolicySettings = {
  maxBytes: 64 * 1024 * 1024,
  maxFileBytes: 8 * 1024 * 1024,
  maxNameBytes: 255,
  extensions: ['jpg', 'jpeg', 'jfif', 'png', 'gif', 'webp'],
  mismatch: 'refuse',
  repair: 'browser',
  nameless: 'refuse',
  maxPixels: 64_000_000,
  maxFrames: 300,
  maxTotalPixels: 128_000_000,
  maxScans: 100,
  maxMetadataBytes: 1024 * 1024,
  metadata: [],
  keep: [],
  minCropSide: 16,
  trailingData: 'drop',
  animated: 'keep',
  animationEffort: 2,
  output: imageDefaults,
  variants: {},
  placeholder: 'none',
  timeMs: 10_000,
  headroom: 3,
  memoryMb: 96,
}

/** `server` is the default; `edge` fits an isolate of 128 MB that serves several requests. */
export const presets = { server, edge: { ...server, maxBytes: 32 * 1024 * 1024 } } as const
export type Preset = keyof typeof presets

/** The formats that a list of extensions stands for. */
export function formatsOf(extensions: readonly string[]): readonly Format[] {
  return formats.filter(format =>
    formatTable[format].extensions.some(extension => extensions.includes(extension)),
  )
}
