import { UploadError } from '@sluice/core'
import { type Form, receivedFile } from './form.js'
import { type BodyLimits, limitedChunks } from './limited-chunks.js'
import { parseMediaType } from './media-type.js'
import { type FormLimits, readMultipart } from './multipart.js'

/**
 * Takes the files and fields of a request into memory: a multipart form or the image itself as the body. What
 * a client says of its length is only used to refuse at once.
 * @throws UploadError of stage `receive`
 */
export async function receive(
  headers: Headers,
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  limits: FormLimits & BodyLimits,
  beforeFile: (fields: ReadonlyMap<string, string>) => Promise<void>,
): Promise<Form> {
  const { type, boundary } = parseMediaType(headers.get('content-type'))
  const isForm = type === 'multipart/form-data'
  const encoding = headers.get('content-encoding') ?? 'identity'
  if (!(isForm || isRawImage(type)) || encoding !== 'identity')
    throw new UploadError('unsupported-media-type')
  if (isForm && boundary === undefined) throw new UploadError('malformed-body', {}, { detail: 'no boundary' })
  const { maxBytes } = limits
  if (Number(headers.get('content-length') ?? 0) > maxBytes) throw new UploadError('too-large', { maxBytes })
  // Some runtimes give no stream for a body of no bytes.
  const chunks = reader ? limitedChunks(reader, limits) : nothing()
  if (boundary !== undefined && isForm) return readMultipart(chunks, boundary, limits, beforeFile)
  await beforeFile(new Map())
  const whole: Uint8Array[] = []
  for await (const chunk of chunks) whole.push(chunk)
  return { files: [receivedFile(whole)], fields: new Map() }
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

/** Not believed, only a sign that the body is meant as a file. */
function isRawImage(type: string): boolean {
  return type.startsWith('image/') || type === 'application/octet-stream'
}
