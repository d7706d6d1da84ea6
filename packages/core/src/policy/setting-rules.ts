import { metadataFields } from '../formats/image-metadata.js'
import { keptFields } from '../formats/keep/kept.js'
import type { ImageSettings, PolicySettings, StillFormat } from './settings.js'

/** What a setting may be, and why it is there: checked at start, printed by `describePolicy`. */
export type SettingRule =
  | {
      readonly kind: 'bytes' | 'integer' | 'number'
      readonly min: number
      readonly max: number
      readonly doc: string
    }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly doc: string }
  | { readonly kind: 'choices'; readonly choices: readonly string[]; readonly doc: string }
  | { readonly kind: 'flag' | 'extensions' | 'image' | 'variants' | 'focus'; readonly doc: string }

export const settingRules: Readonly<Record<keyof PolicySettings, SettingRule>> = {
  maxBytes: {
    kind: 'bytes',
    min: 1,
    max: 2 ** 30,
    doc: 'Largest body of a request with all its files, as Nginx client_max_body_size counts it.',
  },
  maxFileBytes: { kind: 'bytes', min: 1, max: 2 ** 30, doc: 'Largest file.' },
  maxNameBytes: {
    kind: 'integer',
    min: 1,
    max: 4096,
    doc: 'Longest file name that is looked at, in bytes of UTF-8.',
  },
  extensions: { kind: 'extensions', doc: 'Accepted file name extensions. Triage only: the content decides.' },
  mismatch: {
    kind: 'choice',
    choices: ['refuse', 'allow'],
    doc:
      'What happens when extension and content are of different formats. Allowed, a disguised file passes as ' +
      'what it is, and the extension in a log is a claim (OWASP ASVS 5.0, 5.2.2); what is stored is the same.',
  },
  repair: {
    kind: 'choice',
    choices: ['browser', 'none'],
    doc: 'Files with damage that leaves the picture whole: browser accepts them with a note, none refuses them.',
  },
  nameless: {
    kind: 'choice',
    choices: ['accept', 'refuse'],
    doc: 'Names without an extension. Accepted, the content alone decides, as for raw bodies and blobs.',
  },
  maxPixels: {
    kind: 'integer',
    min: 1,
    max: 2 ** 30,
    doc: 'Most pixels in one frame, read from the header before any is decoded.',
  },
  maxFrames: { kind: 'integer', min: 1, max: 100_000, doc: 'Most frames in an animation.' },
  maxTotalPixels: { kind: 'integer', min: 1, max: 2 ** 32, doc: 'Most pixels in all frames together.' },
  maxScans: { kind: 'integer', min: 1, max: 10_000, doc: 'Most scans in a progressive JPEG.' },
  maxMetadataBytes: {
    kind: 'bytes',
    min: 0,
    max: 2 ** 30,
    doc: 'Most EXIF and ICC together, which are parsed, as stored. No metadata are kept; others are not read.',
  },
  metadata: {
    kind: 'choices',
    choices: metadataFields,
    doc: "What of the file's own data the result says beside the image: a stranger's claims. Never in the image.",
  },
  keep: {
    kind: 'choices',
    choices: keptFields,
    doc: "What of the file's own data is written into the images, drawn anew: a stranger's claim. WebP, JPEG and PNG only.",
  },
  minCropSide: {
    kind: 'integer',
    min: 1,
    max: 16383,
    doc: 'Shortest side of a crop that an upload may ask for, in pixels of the upright picture.',
  },
  trailingData: {
    kind: 'choice',
    choices: ['drop', 'refuse'],
    doc: 'What happens to bytes after the end of the image.',
  },
  animated: {
    kind: 'choice',
    choices: ['keep', 'gif', 'webp', 'first-frame', 'refuse'],
    doc: 'Animations: keep makes a GIF of a GIF and animated WebP of the others.',
  },
  animationEffort: {
    kind: 'integer',
    min: 0,
    max: 6,
    doc: 'Encoding effort for each frame of an animation, 0 fast to 6 small.',
  },
  output: { kind: 'image', doc: 'The main image.' },
  variants: {
    kind: 'variants',
    doc: 'Further sizes by name, made from the same decode. All are stored, or none.',
  },
  placeholder: {
    kind: 'choice',
    choices: ['none', 'thumbhash'],
    doc: 'A ThumbHash and the mean colour in the result.',
  },
  timeMs: {
    kind: 'integer',
    min: 1,
    max: 600_000,
    doc: 'Longest processing of one image, in milliseconds from the start of its decode.',
  },
  headroom: {
    kind: 'number',
    min: 1,
    max: 1000,
    doc: 'By what factor the work may exceed what the image is priced at.',
  },
  memoryMb: {
    kind: 'integer',
    min: 16,
    max: 4096,
    doc: 'Memory of the WASM instances that serve one image, in MiB.',
  },
}

export const imageRules: Readonly<Record<keyof ImageSettings, SettingRule>> = {
  format: {
    kind: 'choice',
    choices: ['webp', 'avif', 'jpeg', 'png', 'same'] satisfies StillFormat[],
    doc: 'Of stills. AVIF, JPEG and PNG need a renderer that writes them; same is that of the upload.',
  },
  maxWidth: { kind: 'integer', min: 1, max: 16383, doc: 'Widest image, in pixels.' },
  maxHeight: { kind: 'integer', min: 1, max: 16383, doc: 'Highest image, in pixels.' },
  fit: {
    kind: 'choice',
    choices: ['inside', 'cover'],
    doc: 'inside: all of it. cover: the shape of the box, the rest is cut off.',
  },
  enlarge: { kind: 'flag', doc: 'Whether a smaller picture is made as large as the box.' },
  focus: { kind: 'focus', doc: 'For cover: the point that stays in view, x and y from 0 to 1.' },
  quality: {
    kind: 'number',
    min: 0,
    max: 100,
    doc: 'On the scale of the format: of libwebp, libjpeg or libavif.',
  },
  effort: { kind: 'integer', min: 0, max: 6, doc: '0 fast to 6 small.' },
}
