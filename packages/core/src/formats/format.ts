/** Formats that can be read. AVIF and HEIC only where a codec for them is plugged in. */
export const formats = ['jpeg', 'png', 'gif', 'webp', 'avif', 'heic'] as const
export type Format = (typeof formats)[number]

/** Formats that we write. AVIF only where a codec for it is plugged in. */
export const outputFormats = ['webp', 'gif', 'avif'] as const
export type OutputFormat = (typeof outputFormats)[number]

interface FormatRow {
  /** The usual one first. */
  readonly extensions: readonly string[]
  readonly type: string
  /**
   * Where the codec is that a renderer must be given to read or write it; the others every renderer should
   * bring.
   */
  readonly plug?: string
}

export const formatTable: Readonly<Record<Format, FormatRow>> = {
  jpeg: { extensions: ['jpg', 'jpeg', 'jfif', 'jpe', 'pjpeg'], type: 'image/jpeg' },
  png: { extensions: ['png', 'apng'], type: 'image/png' },
  gif: { extensions: ['gif'], type: 'image/gif' },
  webp: { extensions: ['webp'], type: 'image/webp' },
  avif: { extensions: ['avif'], type: 'image/avif', plug: '@sluice/codecs/avif' },
  heic: {
    extensions: ['heic', 'heif'],
    type: 'image/heic',
    plug: '@sluice/codecs/heic',
  },
}

/** Whether a format is read only with a plug: phones save HEIC by default, and people do not know. */
export function needsPlug(format: Format | undefined): boolean {
  return format !== undefined && formatTable[format].plug !== undefined
}

/**
 * The format that a file name extension stands for, or undefined. `extension` is lower case, without the dot.
 */
export function formatOfExtension(extension: string): Format | undefined {
  return formats.find(format => formatTable[format].extensions.includes(extension))
}
