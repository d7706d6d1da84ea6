import type { CodePoints } from '@sluice/core'
import { concatBytes } from '@sluice/core/bytes'
import type { Source } from '../codec.js'

/** Larger profiles are not read. The largest in use, for printing presses, have 2 to 3 MiB. */
export const maxProfileBytes = 4 * 2 ** 20

/** A profile that nobody could read: the image is shown without it. */
export class BrokenProfile extends Error {
  override readonly name = 'BrokenProfile'
}

export type Embedded = { readonly icc: Uint8Array } | { readonly cicp: CodePoints } | undefined

/**
 * What an image says about its colours: its ICC profile (ICC.1:2022, annex B), or code points. The header
 * reader found both in the file.
 * @throws BrokenProfile
 */
export async function embeddedProfile({ bytes, format, header }: Source): Promise<Embedded> {
  const { icc, codePoints } = header
  if (codePoints) return { cicp: codePoints }
  if (icc === 'broken') throw new BrokenProfile('a part is missing')
  const pieces = icc.map(({ offset, length }) => bytes.subarray(offset, offset + length))
  const [first] = pieces
  if (!first) return undefined
  if (format === 'png') return { icc: await inflateAtMost(first, maxProfileBytes) }
  if (pieces.reduce((sum, { length }) => sum + length, 0) > maxProfileBytes)
    throw new BrokenProfile(`more than ${maxProfileBytes} bytes`)
  return { icc: concatBytes(pieces) }
}

/**
 * Inflates zlib data (RFC 1950) with the runtime's own code, and stops at a limit: a decompression bomb ends
 * there.
 * @throws BrokenProfile above `limit` bytes, and for damaged data
 */
export async function inflateAtMost(compressed: Uint8Array, limit: number): Promise<Uint8Array> {
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
      if (length > limit) throw new BrokenProfile(`inflates to more than ${limit} bytes`)
      pieces.push(value)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
