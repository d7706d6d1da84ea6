// Streams that are legal but for a few changed bytes, in the build where every access to memory is checked.
import { generator, mutateBytes } from '@sluice/testkit/mutate/bytes'
import { expect, test } from 'vitest'
import { kernelModule } from '../../test/kernel-module.js'
import { randomLossless } from '../../test/random-lossless.js'
import { KernelError } from '../errors.js'
import { instantiate, kernelMemory } from '../instance.js'
import { decodeWebp } from './webp.js'

const STREAMS = 100
const CHANGES = 4
const MEMORY = 2 ** 23
const FUEL = 100_000_000n
/** Behind the header, so that the size is right, and the size of the chunk. */
const HEADER = 25

const module = kernelModule('debug')
const streams = Array.from({ length: STREAMS }, (_, i) => randomLossless(i + 1))

/** How many changes of all streams lead to each outcome. */
function outcomes(change: (file: Uint8Array, seed: number) => Uint8Array): Map<string, number> {
  const counts = new Map<string, number>()
  for (let seed = 0; seed < STREAMS * CHANGES; seed++) {
    const file = streams[seed % STREAMS] ?? new Uint8Array()
    const [width, height] = sizeOf(file)
    const kernel = instantiate(module, kernelMemory(MEMORY))
    kernel.exports.fuel.value = FUEL
    let outcome = 'ok'
    try {
      decodeWebp(kernel, change(file, seed), { width, height })
    } catch (error) {
      if (!(error instanceof KernelError)) throw error
      outcome = error.code
    }
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  return counts
}

function sizeOf(file: Uint8Array): [number, number] {
  const fields = new DataView(file.buffer, file.byteOffset).getUint32(21, true)
  return [(fields & 0x3fff) + 1, ((fields >>> 14) & 0x3fff) + 1]
}

test('whole streams are drawn', () => {
  expect([...outcomes(file => file)]).toEqual([['ok', STREAMS * CHANGES]])
})

test('changed streams are drawn or refused by name', () => {
  const counts = outcomes((file, seed) => {
    const changed = mutateBytes(file.subarray(HEADER), generator(seed), 3)
    return Uint8Array.from([...file.subarray(0, HEADER), ...changed, ...new Uint8Array(64)])
  })
  expect([...counts.keys()].sort()).toEqual(['corrupt', 'ok', 'truncated'])
  for (const [outcome, count] of counts) expect(count, outcome).toBeGreaterThan(5)
})

test('streams that end early are refused', () => {
  const counts = outcomes((file, seed) => {
    const left = HEADER + generator(seed).below(file.length - HEADER - 1)
    const cut = file.slice(0, left)
    const view = new DataView(cut.buffer)
    view.setUint32(4, left - 8, true)
    view.setUint32(16, left - 20, true)
    return cut
  })
  expect(counts.get('truncated')).toBe(STREAMS * CHANGES)
})
