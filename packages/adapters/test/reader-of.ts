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
