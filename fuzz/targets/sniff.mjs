// What the first bytes say: a name from a fixed list, whatever they are.
import assert from 'node:assert/strict'
import { foreignKinds, formats, nameContent, sayKind, sniffFormat } from '@sluice/core'
import { mutateBytes } from '@sluice/testkit/mutate/bytes'
import { readSeeds } from '../seeds.mjs'

const names = new Set([
  ...[...foreignKinds, ...formats].map(kind => sayKind(kind)),
  'a file of an unknown kind',
])

export const seeds = () => readSeeds(4096, () => true)

/**
 * The first kilobyte decides, and of that mostly the first bytes.
 * @param {Uint8Array} bytes @param {import('@sluice/testkit/mutate/bytes').Random} random
 */
export function mutate(bytes, random) {
  const head = bytes.subarray(0, random.chance(0.5) ? 64 : 2048)
  return new Uint8Array(mutateBytes(head, random))
}

/** @param {Uint8Array} bytes */
export function run(bytes) {
  const format = sniffFormat(bytes)
  assert.ok(format === undefined || formats.includes(format), `format ${format}`)
  const name = nameContent(bytes)
  assert.ok(names.has(name), `named ${name}`)
}
