import type { OutputFormat } from '../formats/format.js'
import type { Stored, StoredFile } from '../pipeline/stages.js'

/** An image with its variants, as `sanitize` stored it or an adapter answered. */
export interface ImageFiles<File extends StoredFile = StoredFile> extends StoredFile {
  readonly variants: Readonly<Record<string, File>>
}

/**
 * The `srcset` attribute (HTML, 4.8.4.2.1) of a stored image in one format: the main file and those variants that
 * show all of what it shows, by width. A browser chooses by width alone, so that a list must not mix formats.
 * @param url makes a file's address of its key; what it returns must hold no white space and no comma at its
 * ends
 * @param format default: that of the main file
 * @returns empty where no file of that format shows all of it
 */
export function srcset(
  stored: Stored | ImageFiles,
  url: (key: string) => string,
  format: OutputFormat = stored.format,
): string {
  return sameShape(stored)
    .filter(file => file.format === format)
    .map(({ key, width }) => `${url(key)} ${width}w`)
    .join(', ')
}

/** The main file and the variants of its shape, by format and width, each width once a format. */
export function sameShape(image: ImageFiles): readonly StoredFile[] {
  const shape = image.width / image.height
  const same = [image, ...Object.values(image.variants)].filter(
    ({ width, height }) =>
      // Rounding to whole pixels moves the ratio by half a pixel a side.
      Math.abs(width - height * shape) <= 1 + shape,
  )
  // Two files of the same width are one candidate: HTML ignores the second.
  const candidates = new Map(same.map(file => [`${file.format} ${file.width}`, file]))
  return [...candidates.values()].sort((one, other) => one.width - other.width)
}
