import type { Stored, StoredFile } from '../pipeline/stations.js'

/** Two files of the same width are one candidate: HTML ignores the second. */
const byWidth = (files: readonly StoredFile[]) =>
  [...new Map(files.map(file => [file.width, file])).values()].sort((a, b) => a.width - b.width)

/**
 * The `srcset` attribute (HTML, 4.8.4.2.1) of a stored image: the main file and those variants that show all
 * of it, by width.
 * @param url makes a file's address of its key; what it returns must hold no white space and no comma at its
 * ends
 */
export function srcset(stored: Stored, url: (key: string) => string): string {
  const shape = stored.width / stored.height
  const same = [stored, ...Object.values(stored.variants)].filter(
    ({ width, height }) =>
      // Rounding to whole pixels moves the ratio by half a pixel a side.
      Math.abs(width - height * shape) <= 1 + shape,
  )
  return byWidth(same)
    .map(({ key, width }) => `${url(key)} ${width}w`)
    .join(', ')
}
