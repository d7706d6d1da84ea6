/** The stations of the road, in order. An error names the one that refused. */
export const stages = ['guard', 'receive', 'admit', 'sniff', 'probe', 'render', 'verify', 'store'] as const
export type Stage = (typeof stages)[number]

/** Who can do something about a refusal. */
export type Fixer = 'sender' | 'developer' | 'operator'

export interface ErrorRow {
  /** HTTP status that an adapter answers with. */
  readonly status: number
  /**
   * The station that usually refuses so; an error may name another one. What nobody foresaw has no usual one.
   */
  readonly stage?: Stage
  readonly fixer: Fixer
  /**
   * Shown to the sender. `{name}` is filled from the error's numbers; never holds input text that was not
   * cleaned.
   */
  readonly message: string
}

/**
 * Every way in which an upload can end badly: one row a code. Codes are stable; messages may be translated.
 * 4xx is the sender's or the policy's matter, 5xx ours.
 */
export const errorTable = {
  // guard: who may upload, from where, how often
  'method-not-allowed': {
    status: 405,
    stage: 'guard',
    fixer: 'developer',
    message: 'Send images with POST.',
  },
  'cross-site': {
    status: 403,
    stage: 'guard',
    fixer: 'developer',
    message: 'This request came from another site.',
  },
  'csrf-token': {
    status: 403,
    stage: 'guard',
    fixer: 'developer',
    message: 'The form has expired. Reload the page and try again.',
  },
  unauthenticated: { status: 401, stage: 'guard', fixer: 'sender', message: 'Sign in to upload images.' },
  forbidden: { status: 403, stage: 'guard', fixer: 'operator', message: 'You may not upload images here.' },
  'rate-limited': {
    status: 429,
    stage: 'guard',
    fixer: 'sender',
    message: 'Too many uploads. Try again in {retryAfter} seconds.',
  },
  'quota-exceeded': {
    status: 429,
    stage: 'guard',
    fixer: 'sender',
    message: 'Your upload quota is used up. Try again in {retryAfter} seconds.',
  },
  'too-many-uploads': {
    status: 429,
    stage: 'guard',
    fixer: 'sender',
    message: 'At most {limit} uploads can run at the same time.',
  },

  // receive: bounded bytes out of the request body
  'unsupported-media-type': {
    status: 415,
    stage: 'receive',
    fixer: 'developer',
    message: 'Send the image as multipart/form-data or as the raw body.',
  },
  'malformed-body': {
    status: 400,
    stage: 'receive',
    fixer: 'developer',
    message: 'The form data could not be read.',
  },
  'no-file': { status: 400, stage: 'receive', fixer: 'sender', message: 'No file was sent.' },
  'wrong-field': {
    status: 400,
    stage: 'receive',
    fixer: 'developer',
    message: 'The file must be sent in the field "{field}".',
  },
  'duplicate-field': {
    status: 400,
    stage: 'receive',
    fixer: 'developer',
    message: 'A form field was sent twice.',
  },
  'too-many-files': {
    status: 400,
    stage: 'receive',
    fixer: 'sender',
    message: 'At most {maxFiles} files can be sent at once.',
  },
  'too-many-fields': {
    status: 400,
    stage: 'receive',
    fixer: 'developer',
    message: 'The form has more than {maxFields} fields.',
  },
  'field-too-large': {
    status: 413,
    stage: 'receive',
    fixer: 'developer',
    message: 'A form field has more than {maxFieldBytes} bytes.',
  },
  'upload-too-slow': { status: 408, stage: 'receive', fixer: 'sender', message: 'The upload took too long.' },
  'too-large': {
    status: 413,
    stage: 'receive',
    fixer: 'sender',
    message: 'The file is too large: at most {maxBytes} bytes are accepted.',
  },
  'empty-file': { status: 400, stage: 'receive', fixer: 'sender', message: 'The file is empty.' },

  // admit: name and extension
  'name-too-long': {
    status: 400,
    stage: 'admit',
    fixer: 'sender',
    message: 'The file name is too long: at most {maxNameBytes} bytes.',
  },
  'extension-missing': {
    status: 415,
    stage: 'admit',
    fixer: 'sender',
    message: 'The file name has no extension. Rename the file so that it ends in one of: {accepted}.',
  },
  'extension-not-allowed': {
    status: 415,
    stage: 'admit',
    fixer: 'sender',
    message: 'Files of this kind are not accepted{advice}. Accepted are: {accepted}.',
  },

  'invalid-crop': {
    status: 400,
    stage: 'admit',
    fixer: 'developer',
    message: 'The chosen part of the picture could not be understood.',
  },

  // sniff: what the bytes say they are
  'format-not-allowed': {
    status: 415,
    stage: 'sniff',
    fixer: 'sender',
    message: 'This is {found}. Accepted are: {accepted}.',
  },
  'format-unknown': {
    status: 415,
    stage: 'sniff',
    fixer: 'sender',
    message: 'This is not an image that can be read. Accepted are: {accepted}.',
  },
  'extension-mismatch': {
    status: 415,
    stage: 'sniff',
    fixer: 'sender',
    message: 'The file name ends in ".{extension}", but this is {found}. Rename it to end in ".{right}".',
  },

  // probe: header only, priced and refused before any pixel exists
  corrupt: {
    status: 422,
    stage: 'probe',
    fixer: 'sender',
    message: 'The image is damaged and cannot be read.',
  },
  truncated: {
    status: 422,
    stage: 'probe',
    fixer: 'sender',
    message: 'The image is incomplete: its end is missing.',
  },
  'too-many-pixels': {
    status: 422,
    stage: 'probe',
    fixer: 'sender',
    message: 'The image has {width} x {height} pixels; at most {maxPixels} are accepted.',
  },
  'too-many-frames': {
    status: 422,
    stage: 'probe',
    fixer: 'sender',
    message: 'The animation has more than {maxFrames} frames.',
  },
  'too-many-total-pixels': {
    status: 422,
    stage: 'probe',
    fixer: 'sender',
    message:
      'The animation has {totalPixels} pixels in all its frames; at most {maxTotalPixels} are accepted.',
  },
  'too-many-scans': {
    status: 422,
    stage: 'probe',
    fixer: 'sender',
    message: 'The image is stored in more than {maxScans} scans.',
  },
  'too-much-metadata': {
    status: 422,
    stage: 'probe',
    fixer: 'sender',
    message: 'The image carries {metadataBytes} bytes of metadata; at most {maxMetadataBytes} are accepted.',
  },
  'trailing-data': {
    status: 422,
    stage: 'probe',
    fixer: 'sender',
    message: '{trailingBytes} bytes follow the end of the image.',
  },
  'animation-not-allowed': {
    status: 422,
    stage: 'probe',
    fixer: 'sender',
    message: 'Animations are not accepted here.',
  },
  'unsupported-kind': {
    status: 422,
    stage: 'probe',
    fixer: 'sender',
    message:
      'This kind of image ({kind}) cannot be read here. Save it as an ordinary JPEG or PNG and try again.',
  },

  'crop-too-small': {
    status: 422,
    stage: 'probe',
    fixer: 'sender',
    message:
      'The chosen part of the picture has {width} x {height} pixels; choose at least {minCropSide} on each side.',
  },

  // render: in the sandbox
  'decode-failed': {
    status: 422,
    stage: 'render',
    fixer: 'sender',
    message: 'The image is damaged and could not be decoded.',
  },
  'too-costly': {
    status: 422,
    stage: 'render',
    fixer: 'sender',
    message: 'The image takes more work to decode than is allowed.',
  },
  'too-much-memory': {
    status: 422,
    stage: 'render',
    fixer: 'sender',
    message: 'The image needs more than {memoryMb} MiB of memory.',
  },
  'timed-out': {
    status: 422,
    stage: 'render',
    fixer: 'sender',
    message: 'The image took longer than {timeMs} ms to process.',
  },
  aborted: { status: 499, stage: 'render', fixer: 'sender', message: 'The upload was cancelled.' },
  busy: {
    status: 503,
    stage: 'render',
    fixer: 'operator',
    message: 'The server is busy. Try again in {retryAfter} seconds.',
  },
  'render-failed': {
    status: 500,
    stage: 'render',
    fixer: 'operator',
    message: 'The image could not be processed.',
  },

  // verify and store
  'verify-failed': {
    status: 500,
    stage: 'verify',
    fixer: 'operator',
    message: 'The image could not be processed.',
  },
  rejected: { status: 422, stage: 'verify', fixer: 'operator', message: 'The image was refused: {reason}.' },
  'store-failed': {
    status: 500,
    stage: 'store',
    fixer: 'operator',
    message: 'The image could not be saved.',
  },
  internal: { status: 500, fixer: 'operator', message: 'Something went wrong on our side.' },
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errorTable
