import { type Header, type Policy, readHeader, sniffFormat, UploadError } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'

/** Larger files are left to the server's refusal: they are read into memory here. */
const maxBytes = 256 * 1024 * 1024

/** Undefined where it cannot be read, is no image, or a damaged one: the check says what is wrong with it. */
export async function headerOf(file: Blob, policy: Policy): Promise<Header | undefined> {
  if (file.size > maxBytes) return undefined
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const format = sniffFormat(bytes)
    return format && readHeader(format, new ByteReader(bytes), policy)
  } catch (thrown) {
    // A DOMException: the file was moved or changed since it was chosen (NotReadableError, NotFoundError).
    if (thrown instanceof UploadError || thrown instanceof DOMException) return undefined
    throw thrown
  }
}
