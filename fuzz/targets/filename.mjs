// A cleaned name is harmless as a word, a header value and a path of its own, and cleaning it again changes nothing.
import assert from 'node:assert/strict'
import { extensionOf, secureFilename } from '@sluice/core'
import { mutateBytes } from '@sluice/testkit/mutate/bytes'
import { readSeeds } from '../seeds.mjs'

const pieces = [
  '../',
  '..\\',
  '\0',
  '%00',
  '%2e%2e%2f',
  '.php',
  '.',
  '_',
  '-',
  ' ',
  '\r\n',
  '\u202e',
  '\uff0e',
  '\u2024',
  '\ufb01',
  'con',
  'nul.',
  'com1',
  '照片',
  '\u0301',
  '\ud800',
  ';',
  '"',
  '::$DATA',
  '~1',
] // prettier-ignore
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

export const seeds = () => [
  ...readSeeds(512, () => true),
  ...pieces.map(piece => new TextEncoder().encode(`a${piece}b.jpg`)),
]

/** @param {Uint8Array} bytes @param {import('@sluice/testkit/mutate/bytes').Random} random */
export function mutate(bytes, random) {
  const text = new TextDecoder('utf-8').decode(mutateBytes(bytes.subarray(0, 512), random, 3))
  const at = random.below(text.length + 1)
  const grafted = text.slice(0, at) + random.pick(pieces).repeat(1 + random.below(3)) + text.slice(at)
  return new Uint8Array(Buffer.from(random.chance(0.5) ? grafted : text, 'utf16le'))
}

/** The input is UTF-16, so that lone surrogates are tried as well. @param {Uint8Array} bytes */
export function run(bytes) {
  const name = Buffer.from(bytes).toString('utf16le')
  const cleaned = secureFilename(name)
  assert.match(cleaned, /^(?:[A-Za-z0-9_.-]*)$/)
  assert.ok(!device.test(cleaned), `device ${cleaned}`)
  assert.ok(cleaned === '' || !cleaned.startsWith('.'), `hidden ${cleaned}`)
  assert.ok(cleaned !== '..' && !cleaned.includes('/'), `path ${cleaned}`)
  assert.equal(secureFilename(cleaned), cleaned)
  const extension = extensionOf(name)
  assert.ok(extension === undefined || /^[a-z0-9_-]*$/.test(extension), `extension ${extension}`)
}
