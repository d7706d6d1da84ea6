import { UploadError } from '../errors/upload-error.js'
import type { Header } from '../formats/header.js'
import { type ImageMetadata, metadataFields, readImageMetadata } from '../formats/image-metadata.js'
import { readHeader } from '../formats/read-header.js'
import { sniffFormat } from '../formats/signatures.js'
import { ByteReader } from '../input/bytes.js'
import { nameContent } from '../pipeline/sniff.js'
import { findMarkers, type Marker } from './find-markers.js'

/** What can be told of a file without drawing it, whatever a policy says of it. */
export interface Inspected {
  /** By its first bytes, as words for a sentence: "a JPEG", "a PDF document". */
  readonly content: string
  /** Also of a picture that is far over every limit. */
  readonly header?: Header
  /** Why there is no header, for logs. */
  readonly headerProblem?: string
  /** What it says of itself: a stranger's claims. */
  readonly metadata?: ImageMetadata
  /** What follows the end of the image. */
  readonly trailing?: { readonly bytes: number; readonly content: string }
  readonly markers: readonly Marker[]
}

/** Tells what a file is and carries. Nothing is decoded; the time that it takes grows with the bytes alone. */
export function inspectBytes(bytes: Uint8Array): Inspected {
  return { content: nameContent(bytes), ...inspectHeader(bytes), markers: findMarkers(bytes) }
}

/** The numbers are wanted also where they are far over the limit. */
function inspectHeader(bytes: Uint8Array): Omit<Inspected, 'content' | 'markers'> {
  const format = sniffFormat(bytes)
  if (format === undefined) return {}
  try {
    const header = readHeader(format, new ByteReader(bytes), { maxPixels: Number.POSITIVE_INFINITY })
    const { trailingBytes } = header
    const rest = bytes.subarray(bytes.length - trailingBytes)
    const metadata = readImageMetadata(bytes, header, metadataFields)
    return {
      header,
      ...(metadata && { metadata }),
      ...(trailingBytes > 0 && { trailing: { bytes: trailingBytes, content: nameContent(rest) } }),
    }
  } catch (thrown) {
    const { code, detail } = UploadError.from(thrown, 'corrupt')
    return { headerProblem: detail === undefined ? code : `${code}: ${detail}` }
  }
}
