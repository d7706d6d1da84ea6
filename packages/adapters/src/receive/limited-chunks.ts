import { UploadError } from '@sluice/core'
import { joined } from './joined.js'

export interface BodyLimits {
  /** Of the whole body, multipart framing included, as Nginx counts `client_max_body_size`. */
  readonly maxBytes: number
  /** Longest silence between two chunks, in milliseconds. */
  readonly idleMs: number
  /** Longest time for the whole body, in milliseconds. */
  readonly totalMs: number
}

/**
 * Chunks are gathered to this many bytes: a body in single bytes must not cost a hundred times its size in
 * objects.
 */
const gatherBytes = 16 * 1024

/**
 * Reads a body in chunks of at least 16 KiB (but for the last), counted and timed.
 * @throws UploadError `too-large` at the first byte over the limit, `upload-too-slow`, `aborted`
 */
export async function* limitedChunks(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { maxBytes, idleMs, totalMs }: BodyLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  const end = performance.now() + totalMs
  let arrived = 0
  let gathered: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await readWithin(reader, Math.min(idleMs, end - performance.now()))
    if (done) break
    arrived += value.length
    if (arrived > maxBytes) throw new UploadError('too-large', { maxBytes })
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

/** The reader is left as it is: what becomes of the connection is decided when the answer has been sent. */
async function readWithin(reader: ReadableStreamDefaultReader<Uint8Array>, ms: number) {
  const reading = reader.read()
  // A refusal leaves a read behind that may still fail.
  reading.catch(() => {})
  let timer: ReturnType<typeof setTimeout> | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new UploadError('upload-too-slow')), Math.max(0, ms))
  })
  try {
    return await Promise.race([reading, expired])
  } catch (thrown) {
    throw UploadError.from(thrown, 'aborted', { stage: 'receive' })
  } finally {
    clearTimeout(timer)
  }
}
