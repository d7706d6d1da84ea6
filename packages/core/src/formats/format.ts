/** Formats that can be read. AVIF and HEIC only with their codec packs. */
export const formats = ['jpeg', 'png', 'gif', 'webp', 'avif', 'heic'] as const
export type Format = (typeof formats)[number]

/** Formats that we write. AVIF, JPEG and PNG only with their codec packs. */
export const outputFormats = ['webp', 'gif', 'avif', 'jpeg', 'png'] as const
export type OutputFormat = (typeof outputFormats)[number]

interface FormatRow {
  /** As people write it, in any language. */
  readonly name: string
  /** The usual one first. */
  readonly extensions: readonly [string, ...string[]]
  readonly type: string
  /**
   * The entry with the codec pack that a renderer needs to read or write it; every renderer should support
   * the others.
   */
  readonly package?: string
  /** The same for a format that every renderer reads but none writes without a codec pack. */
  readonly writer?: string
}

export const formatTable: Readonly<Record<Format, FormatRow>> = {
  jpeg: {
    name: 'JPEG',
    extensions: ['jpg', 'jpeg', 'jfif', 'jpe', 'pjpeg'],
    type: 'image/jpeg',
    writer: '@sluice/codecs/jpeg',
  },
  png: {
    name: 'PNG',
    extensions: ['png', 'apng'],
    type: 'image/png',
    writer: '@sluice/codecs/png',
  },
  gif: { name: 'GIF', extensions: ['gif'], type: 'image/gif' },
  webp: { name: 'WebP', extensions: ['webp'], type: 'image/webp' },
  avif: { name: 'AVIF', extensions: ['avif'], type: 'image/avif', package: '@sluice/codecs/avif' },
  heic: {
    name: 'HEIC',
    extensions: ['heic', 'heif'],
    type: 'image/heic',
    package: '@sluice/codecs/heic',
  },
}

/** The usual extension, without the dot: what a stored file of the format is called. */
export function usualExtension(format: Format): string {
  return formatTable[format].extensions[0]
}

/** Whether a format is read only with a codec pack: phones save HEIC by default, and people do not know. */
export function needsCodecPack(format: Format | undefined): boolean {
  return format !== undefined && formatTable[format].package !== undefined
}

/**
 * The format that a file name extension stands for, or undefined. `extension` is lower case, without the dot.
 */
export function formatOfExtension(extension: string): Format | undefined {
  return formats.find(format => formatTable[format].extensions.includes(extension))
}
