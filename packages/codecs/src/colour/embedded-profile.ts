import type { CodePoints } from '@sluice/core'
import { concatBytes } from '@sluice/core/bytes'
import type { Source } from '../codec.js'
import { inflateAtMost } from './inflate.js'

/** Larger profiles are not read. The largest in use, for printing presses, have 2 to 3 MiB. */
export const MAX_PROFILE_BYTES = 4 * 2 ** 20

export type Embedded = { readonly icc: Uint8Array } | { readonly cicp: CodePoints } | undefined

/**
 * What an image says about its colours: its ICC profile (ICC.1:2022, annex B), or code points. The header reader found
 * both in the file.
 * Throws, with any error, where that is broken.
 */
export async function embeddedProfile({ bytes, format, header }: Source): Promise<Embedded> {
  const { icc, codePoints } = header
  if (codePoints) return { cicp: codePoints }
  if (icc === 'broken') throw new RangeError('a part of the profile is missing')
  const pieces = icc.map(({ offset, length }) => bytes.subarray(offset, offset + length))
  const [first] = pieces
  if (!first) return undefined
  if (format === 'png') return { icc: await inflateAtMost(first, MAX_PROFILE_BYTES) }
  if (pieces.reduce((sum, { length }) => sum + length, 0) > MAX_PROFILE_BYTES)
    throw new RangeError('the profile is too large')
  return { icc: concatBytes(pieces) }
}
