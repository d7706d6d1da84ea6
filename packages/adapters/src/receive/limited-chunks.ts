import { UploadError } from '@sluice/core'
import { type Patience, patientReader } from './patience.js'
import { Rooms } from './rooms.js'

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
 * Reads a body in chunks of at least 16 KiB (but for the last), counted and timed. A chunk is read when the
 * one before it was taken: backpressure of whoever reads here reaches the client. The chunks of a body whose
 * length was told lie one behind the other in one buffer, so that a file need not be copied out of it.
 * @param announced its length in bytes, within the limit; 0 where it is not known
 * @param arrived told of bytes as they arrive, before any more are read; what it throws ends the body
 * @throws UploadError `too-large` or `body-too-large` at the first byte over the limit, `upload-too-slow`,
 * `aborted`
 */
export async function* limitedChunks(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limits: BodyLimits,
  announced: number,
  arrived: (bytes: number) => Promise<void>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const read = patientReader(reader, limits)
  const rooms = new Rooms(announced)
  let total = 0
  for (;;) {
    const { done, value } = await read()
    if (done) break
    total += value.length
    await arrived(value.length)
    if (total > limits.maxBytes) throw overLimit(limits)
    yield* rooms.put(value)
  }
  yield* rooms.rest()
}
