import { UploadError } from '@sluice/core'
import type { BodyReader } from '../receive/body-reader.js'
import { joined } from '../receive/joined.js'
import { type BodyLimits, limitedChunks } from '../receive/limited-chunks.js'
import { parseMediaType } from '../receive/media-type.js'
import type { Patience } from '../receive/patience.js'
import { malformed } from './wish.js'

/** What a client says of its file, or its ticket. */
const maxJsonBytes = 16_384

/** @throws UploadError `too-large`, `upload-too-slow`, `aborted` */
export async function readBody(reader: BodyReader | undefined, limits: BodyLimits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  if (reader) for await (const chunk of limitedChunks(reader, limits, 0, async () => {})) chunks.push(chunk)
  return joined(chunks)
}

/** @throws UploadError `unsupported-media-type`, `body-too-large`, `malformed-body` */
export async function readJson(
  { headers }: Request,
  reader: BodyReader | undefined,
  patience: Patience,
): Promise<unknown> {
  // No form of another site can send this type without asking first.
  if (parseMediaType(headers.get('content-type')).type !== 'application/json')
    throw new UploadError('unsupported-media-type')
  const body = await readBody(reader, { ...patience, maxBytes: maxJsonBytes, maxFiles: 2 })
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw malformed('no JSON')
    throw thrown
  }
}
