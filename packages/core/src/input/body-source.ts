import type { Body } from '../pipeline/stages.js'

/** A body as something that can be pulled and called off, whatever it was. */
export interface BodySource {
  /** Length in bytes where it is known, otherwise 0. */
  readonly size: number
  next(): Promise<{ done?: boolean | undefined; value?: unknown }>
  cancel(reason: unknown): Promise<unknown>
}

/** Looks at what a body can do, not at its class: edge runtimes hand over objects of another realm. */
export function bodySource(body: Body): BodySource {
  if (ArrayBuffer.isView(body) || 'byteLength' in body) return sourceOfBytes(body)
  if ('getReader' in body) return sourceOfStream(body, 0)
  if ('arrayBuffer' in body) return sourceOfStream(body.stream(), body.size)
  const iterator = body[Symbol.asyncIterator]()
  return { size: 0, next: () => iterator.next(), cancel: async () => iterator.return?.() }
}

function sourceOfStream(stream: ReadableStream<Uint8Array>, size: number): BodySource {
  const reader = stream.getReader()
  return { size, next: () => reader.read(), cancel: reason => reader.cancel(reason) }
}

function sourceOfBytes(bytes: Uint8Array | ArrayBuffer): BodySource {
  const chunks: unknown[] = [bytes]
  return {
    size: bytes.byteLength,
    next: async () => ({ done: chunks.length === 0, value: chunks.pop() }),
    cancel: async () => undefined,
  }
}
