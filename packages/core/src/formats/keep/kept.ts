import type { Format } from '../format.js'
import type { ImageMetadata } from '../image-metadata.js'

/** What may be kept in a file, by name. */
export const keptFields = ['copyright'] as const
export type KeptField = (typeof keptFields)[number]
/** What of an upload is written into what is made of it: text of a stranger, cleaned. */
export type Kept = Pick<ImageMetadata, KeptField>

/** Formats into which EXIF is written. GIF has no place for it; an AVIF would have to be rebuilt. */
export const exifCarriers = ['webp', 'jpeg', 'png'] as const
export type ExifCarrier = (typeof exifCarriers)[number]

export function carriesExif(format: Format): format is ExifCarrier {
  return (exifCarriers as readonly unknown[]).includes(format)
}
