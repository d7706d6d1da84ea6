import { UploadError } from '@sluice/core'

export const limits = {
  field: 'image',
  maxFiles: 2,
  maxFields: 2,
  maxFieldBytes: 10,
  maxBytes: 2000,
  idleMs: 1000,
  totalMs: 5000,
}

export async function anyone(): Promise<void> {}

/** A body that arrives in pieces of `size` bytes. */
export function readerOf(bytes: Uint8Array, size = bytes.length || 1) {
  let offset = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (offset >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(offset, offset + size))
      offset += size
    },
  }).getReader()
}

/** What became of a request: `accepted`, the code of its refusal, or what else was thrown. */
export function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'accepted',
    thrown => (thrown instanceof UploadError ? thrown.code : thrown),
  )
}
