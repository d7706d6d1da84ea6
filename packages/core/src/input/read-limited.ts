import { UploadError } from '../errors/upload-error.js'
import type { Body } from '../pipeline/stages.js'
import { type BodySource, bodySource } from './body-source.js'
import { GrowingBytes } from './growing-bytes.js'

export interface ReadOptions {
  /** The declared length in bytes. Over the limit, nothing is read; otherwise nothing is made of it. */
  readonly contentLength?: number | undefined
  /** Bytes that nobody else changes any more are not copied. */
  readonly handedOver?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads a whole body of 1 to `maxBytes` bytes into memory of its own, which grows with what arrives; what was
 * handed over is its own already. At the
 * first byte over the limit what was read is dropped and the source is cancelled.
 * @throws UploadError `too-large`, `empty-file`, `malformed-body` (a chunk that is no bytes), `aborted` (by
 * the signal, or the source broke off)
 */
export async function readLimited(
  body: Body,
  maxBytes: number,
  { contentLength, handedOver = false, signal }: ReadOptions = {},
): Promise<Uint8Array> {
  const source = bodySource(body)
  try {
    if (signal?.aborted) throw signal.reason
    if (Math.max(contentLength || 0, source.size) > maxBytes) throw new UploadError('too-large', { maxBytes })
    const bytes =
      handedOver && body instanceof Uint8Array ? body : await untilAborted(collect(source, maxBytes), signal)
    if (bytes.length === 0) throw new UploadError('empty-file')
    return bytes
  } catch (thrown) {
    // Not awaited: a source that never answers to its cancellation must not hold up the refusal.
    source.cancel(thrown).catch(() => {})
    throw UploadError.from(thrown, 'aborted', { stage: 'receive' })
  }
}

async function collect(source: BodySource, maxBytes: number): Promise<Uint8Array> {
  const gathered = new GrowingBytes(maxBytes)
  for (;;) {
    const { done, value } = await source.next()
    if (done) return gathered.finish()
    gathered.append(asBytes(value))
  }
}

function asBytes(chunk: unknown): Uint8Array {
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  if (Object.prototype.toString.call(chunk) === '[object ArrayBuffer]')
    return new Uint8Array(chunk as ArrayBuffer)
  throw new UploadError('malformed-body', {}, { detail: `a chunk of type ${typeof chunk}` })
}

/** Also frees a reader that waits for a chunk which never comes. */
async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return work
  const { promise, reject } = settleable()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop)
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function settleable() {
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<never>((_resolve, rejectIt) => {
    reject = rejectIt
  })
  return { promise, reject }
}
