import { expect, test } from 'vitest'
import { fnv1a64 } from './fnv1a.js'

// Vectors of draft-eastlake-fnv, appendix C.
test.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['foobar', '85944171f73967e8'],
])('FNV-1a of %j', (text, hash) => expect(fnv1a64(text)).toBe(hash))

test('a text is hashed as UTF-8', () => expect(fnv1a64('é')).not.toBe(fnv1a64('\u00c3')))
