import { UploadError } from '@sluice/core'

export type BodyReader = ReadableStreamDefaultReader<Uint8Array>

/**
 * The body of a fetch request; undefined where there is none. Read by somebody before, it fails when it is
 * read here.
 */
export function bodyReader(request: Request): BodyReader | undefined {
  const { body, bodyUsed } = request
  if (!bodyUsed && !body?.locked) return body?.getReader()
  return new ReadableStream<Uint8Array>({ start: source => source.error(readBefore()) }).getReader()
}

/** A mistake of the application: another middleware took the body. */
export function readBefore(): UploadError {
  const detail =
    'the body was read before the upload handler: put that before express.json(), multer and the like, or leave ' +
    'the bytes in request.rawBody; a fetch handler takes new Request(url, { method, headers, body: bytes })'
  return new UploadError('internal', {}, { stage: 'receive', detail })
}
