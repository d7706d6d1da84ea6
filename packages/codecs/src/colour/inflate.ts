import { concatBytes } from '@sluice/core/bytes'

/**
 * Inflates zlib data (RFC 1950) with the runtime's own code, and stops at a limit.
 * @throws RangeError above `limit` bytes; TypeError of the runtime for damaged data
 */
export async function inflateAtMost(compressed: Uint8Array, limit: number): Promise<Uint8Array> {
  const blob = new Blob([compressed as Uint8Array<ArrayBuffer>])
  const reader = blob.stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.length
      if (length > limit) throw new RangeError(`inflates to more than ${limit} bytes`)
      pieces.push(value)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  return concatBytes(pieces)
}
