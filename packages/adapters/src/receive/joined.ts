import { concatBytes } from '@sluice/core/bytes'

/** Chunks as one array. A single chunk is that array, not copied: a body often comes as one. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks
  return chunks.length === 1 && first ? first : concatBytes(chunks)
}
