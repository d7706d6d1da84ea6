import { concatBytes } from '@sluice/core/bytes'

/**
 * Chunks as one array. Those that lie one behind the other in one buffer, as the chunks of a body do whose length
 * was known, are not copied.
 */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks
  if (!first) return new Uint8Array()
  let end = first.byteOffset
  for (const { buffer, byteOffset, length } of chunks) {
    if (buffer !== first.buffer || byteOffset !== end) return concatBytes(chunks)
    end += length
  }
  return new Uint8Array(first.buffer, first.byteOffset, end - first.byteOffset)
}
