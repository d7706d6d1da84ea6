import { brandsOf, headOf, matches, type Signature } from '../input/file-head.js'
import type { Format } from './format.js'

/** How the formats that can be read begin: T.81, PNG 3rd ed. 5.2, GIF89a 17, RFC 9649 2.3. */
const signatures: readonly (readonly [Format, Signature])[] = [
  ['jpeg', [[0, '\xff\xd8\xff']]],
  ['png', [[0, '\x89PNG\r\n\x1a\n']]],
  ['gif', [[0, 'GIF87a']]],
  ['gif', [[0, 'GIF89a']]],
  [
    'webp',
    [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  ],
]

/**
 * Brands by format (AV1 image file format 1.1, 6.2; ISO/IEC 23008-12, B.4): AVIF first, for it often carries
 * `mif1` too.
 */
const brands: readonly (readonly [Format, readonly string[]])[] = [
  ['avif', ['avif', 'avis']],
  ['heic', ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1']],
]

/** The format that the first bytes say, of those that could be read with the right codec. */
export function sniffFormat(bytes: Uint8Array): Format | undefined {
  const head = headOf(bytes)
  const found = signatures.find(([, signature]) => matches(head, signature))
  if (found) return found[0]
  const own = brandsOf(head)
  return brands.find(([, known]) => own.some(brand => known.includes(brand)))?.[0]
}
