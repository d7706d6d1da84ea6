import type { CodePoints } from '@sluice/core'
import { concatBytes } from '@sluice/core/bytes'
import type { ImageBudget } from '../budget.js'
import type { Source } from '../codec.js'
import { BrokenProfile } from './broken-profile.js'

/** Larger profiles are not read. The largest in use, for printing presses, have 2 to 3 MiB. */
export const maxProfileBytes = 4 * 2 ** 20

/**
 * Inflates the profile of a PNG, which is compressed (PNG 3rd edition, 11.3.2.3).
 * @param most bytes that it may have
 * @throws BrokenProfile for a larger or damaged one
 */
export type Inflate = (compressed: Uint8Array, most: number, budget: ImageBudget) => Promise<Uint8Array>

export type Embedded = { readonly icc: Uint8Array } | { readonly cicp: CodePoints } | undefined

/**
 * What an image says about its colours: its ICC profile (ICC.1:2022, annex B), or code points. The header
 * reader found both in the file.
 * @throws BrokenProfile; SandboxError where reading it takes more than the image may cost
 */
export async function embeddedProfile(
  { bytes, format, header }: Source,
  inflate: Inflate,
  budget: ImageBudget,
): Promise<Embedded> {
  const { icc, codePoints } = header
  if (codePoints) return { cicp: codePoints }
  if (icc === 'broken') throw new BrokenProfile('a part is missing')
  const pieces = icc.map(({ offset, length }) => bytes.subarray(offset, offset + length))
  const [first] = pieces
  if (!first) return undefined
  if (format === 'png') return { icc: await inflate(first, maxProfileBytes, budget) }
  if (pieces.reduce((sum, { length }) => sum + length, 0) > maxProfileBytes)
    throw new BrokenProfile(`more than ${maxProfileBytes} bytes`)
  return { icc: concatBytes(pieces) }
}
