import { UploadError } from '@sluice/core'
import { joined } from './joined.js'
import { type Patience, patientReader } from './patience.js'

export interface BodyLimits extends Patience {
  /** Of the whole body, multipart framing included, as Nginx counts `client_max_body_size`. */
  readonly maxBytes: number
  /** Where it may hold but one, the body is the file to its sender. */
  readonly maxFiles: number
}

export function overLimit({ maxBytes, maxFiles }: BodyLimits): UploadError {
  return new UploadError(maxFiles === 1 ? 'too-large' : 'body-too-large', { maxBytes }, { stage: 'receive' })
}

/**
 * Chunks are gathered to this many bytes: a body in single bytes must not cost a hundred times its size in
 * objects.
 */
const gatherBytes = 16 * 1024

/**
 * Reads a body in chunks of at least 16 KiB (but for the last), counted and timed. A chunk is read when the
 * one before it was taken: backpressure of whoever reads here reaches the client.
 * @param arrived told of bytes as they arrive, before any more are read; what it throws ends the body
 * @throws UploadError `too-large` or `body-too-large` at the first byte over the limit, `upload-too-slow`,
 * `aborted`
 */
export async function* limitedChunks(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limits: BodyLimits,
  arrived: (bytes: number) => Promise<void>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const read = patientReader(reader, limits)
  let total = 0
  let gathered: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await read()
    if (done) break
    total += value.length
    await arrived(value.length)
    if (total > limits.maxBytes) throw overLimit(limits)
    // A chunk of a large pooled buffer would keep all of it alive.
    gathered.push(value.slice())
    size += value.length
    if (size >= gatherBytes || gathered.length >= gatherBytes) {
      yield joined(gathered)
      gathered = []
      size = 0
    }
  }
  if (size > 0) yield joined(gathered)
}
