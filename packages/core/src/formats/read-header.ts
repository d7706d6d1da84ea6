import type { HeaderLimits } from '../errors/refusals.js'
import { UploadError } from '../errors/upload-error.js'
import { type ByteReader, OutOfBytes } from '../input/bytes.js'
import type { Format } from './format.js'
import { readGifHeader } from './gif/gif-header.js'
import type { Header } from './header.js'
import { readHeifHeader } from './heif/heif-header.js'
import { readJpegHeader } from './jpeg/jpeg-header.js'
import { readPngHeader } from './png/png-header.js'
import { readWebpHeader } from './webp/webp-header.js'

type HeaderReader = (file: ByteReader, limits: HeaderLimits) => Header

/** The reader of each format: the content was sniffed before, so no reader guesses. */
const readers: Readonly<Record<Format, HeaderReader>> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  gif: readGifHeader,
  webp: readWebpHeader,
  avif: readHeifHeader('avif'),
  heic: readHeifHeader('heic'),
}

/**
 * What the header of a file says. Work is linear in its length, and no memory is taken for it.
 * @throws UploadError `truncated`, `corrupt`, `unsupported-kind`, `too-many-pixels`
 */
export function readHeader(format: Format, file: ByteReader, limits: HeaderLimits): Header {
  try {
    return readers[format](file, limits)
  } catch (thrown) {
    if (!(thrown instanceof OutOfBytes)) throw thrown
    const detail = `${format} header at byte ${file.position}`
    throw new UploadError(thrown.code, {}, { detail, cause: thrown })
  }
}
