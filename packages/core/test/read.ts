import { UploadError } from '../src/errors/upload-error.js'
import type { Format } from '../src/formats/format.js'
import type { Header } from '../src/formats/header.js'
import { readHeader } from '../src/formats/read-header.js'
import { ByteReader } from '../src/input/bytes.js'

/** The header of a file, with no limit on its pixels unless one is given. */
export function read(format: Format, bytes: Uint8Array, maxPixels = Number.POSITIVE_INFINITY): Header {
  return readHeader(format, new ByteReader(bytes), { maxPixels })
}

/** The code of a refusal, or `accepted`. Anything but an `UploadError` fails the test. */
export function verdict(work: () => unknown): string {
  try {
    work()
    return 'accepted'
  } catch (thrown) {
    if (thrown instanceof UploadError) return thrown.code
    throw thrown
  }
}
