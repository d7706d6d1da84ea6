import { concatBytes } from '@sluice/core/bytes'
import { BrokenProfile } from './broken-profile.js'
import type { Inflate } from './embedded-profile.js'

/**
 * By `DecompressionStream`, for runtimes where the kernel cannot run. It stops at the limit: a decompression bomb ends there.
 * @throws BrokenProfile above `most` bytes, and for damaged data
 */
export const inflateByRuntime: Inflate = async (compressed, most) => {
  const blob = new Blob([compressed as Uint8Array<ArrayBuffer>])
  const reader = blob.stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      // What a runtime throws for damaged data differs; nothing else fails here.
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new BrokenProfile('damaged', { cause })
      })
      if (done) return concatBytes(pieces)
      length += value.length
      if (length > most) throw new BrokenProfile(`inflates to more than ${most} bytes`)
      pieces.push(value)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
