import type { ImageSettings, PolicySettings } from './settings.js'

/** Why each setting is there, as `describePolicy` prints it. */
export const settingPurposes: Readonly<Record<keyof PolicySettings, string>> = {
  maxBytes: 'Largest body of a request with all its files, as Nginx client_max_body_size counts it.',
  maxFileBytes: 'Largest file.',
  maxNameBytes: 'Longest file name that is looked at, in bytes of UTF-8.',
  extensions: 'Accepted file name extensions. Triage only: the content decides.',
  mismatch:
    'What happens when extension and content are of different formats. Allowed, a disguised file passes as ' +
    'what it is, and the extension in a log is a claim (OWASP ASVS 5.0, 5.2.2); what is stored is the same.',
  repair:
    'Files with damage that leaves the picture whole: browser accepts them with a note, none refuses them.',
  nameless: 'Names without an extension. Accepted, the content alone decides, as for raw bodies and blobs.',
  maxPixels: 'Most pixels in one frame, read from the header before any is decoded.',
  maxFrames: 'Most frames in an animation.',
  maxTotalPixels: 'Most pixels in all frames together.',
  maxScans: 'Most scans in a progressive JPEG.',
  maxMetadataBytes:
    'Most EXIF and ICC together, which are parsed, as stored. No metadata are kept; others are not read.',
  metadata:
    "What of the file's own data the result says beside the image: a stranger's claims. Never in the image.",
  keep: "What of the file's own data is written into the images, drawn anew: a stranger's claim. WebP, JPEG and PNG only.",
  minCropSide: 'Shortest side of a crop that an upload may ask for, in pixels of the upright picture.',
  trailingData: 'What happens to bytes after the end of the image.',
  animated: 'Animations: keep makes a GIF of a GIF and animated WebP of the others.',
  animationEffort: 'Encoding effort for each frame of an animation, 0 fast to 6 small.',
  output: 'The main image.',
  variants: 'Further sizes by name, made from the same decode. All are stored, or none.',
  placeholder: 'A ThumbHash and the mean colour in the result.',
  timeMs: 'Longest processing of one image, in milliseconds from the start of its decode.',
  headroom: 'By what factor the work may exceed what the image is priced at.',
  memoryMb: 'Memory of the WASM instances that serve one image, in MiB.',
}

export const imagePurposes: Readonly<Record<keyof ImageSettings, string>> = {
  format: 'Of stills. AVIF, JPEG and PNG need a renderer that writes them; same is that of the upload.',
  maxWidth: 'Widest image, in pixels.',
  maxHeight: 'Highest image, in pixels.',
  fit: 'inside: all of it. cover: the shape of the box, the rest is cut off.',
  enlarge: 'Whether a smaller picture is made as large as the box.',
  focus: 'For cover: the point that stays in view, x and y from 0 to 1.',
  quality: 'On the scale of the format: of libwebp, libjpeg or libavif.',
  effort: '0 fast to 6 small.',
}
