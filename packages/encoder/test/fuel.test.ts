import { describe, expect, it } from 'vitest'
import { random } from '../fuzz/pictures.js'
import { encodeLossless, encodeLossy, instantiate } from '../src/index.js'
import { memory, module } from './module.js'

const [width, height] = [70, 50]

function noise(alpha: boolean): Uint8Array {
  const next = random(5)
  return Uint8Array.from({ length: width * height * 4 }, (_, i) => (i % 4 < 3 || alpha ? next() * 256 : 255))
}

/** Encodes with so much fuel. @returns what is left of it */
function leftOf(rgba: Uint8Array, fuel: bigint, effort = 6): bigint {
  const encoder = instantiate(module, memory())
  encoder.exports.fuel.value = fuel
  try {
    expect(encodeLossy(encoder, rgba, width, height, { effort })).toBeInstanceOf(Uint8Array)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(WebAssembly.RuntimeError)
  }
  return encoder.exports.fuel.value
}

/** The same without loss. */
function losslessLeftOf(rgba: Uint8Array, fuel: bigint, effort: number): bigint {
  const encoder = instantiate(module, memory())
  encoder.exports.fuel.value = fuel
  try {
    expect(encodeLossless(encoder, rgba, width, height, { effort })).toBeInstanceOf(Uint8Array)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(WebAssembly.RuntimeError)
  }
  return encoder.exports.fuel.value
}

const plenty = 10n ** 12n
const usedFor = (rgba: Uint8Array, effort?: number) => plenty - leftOf(rgba, plenty, effort)

describe('fuel', () => {
  it.each([
    ['opaque', noise(false)],
    ['with alpha', noise(true)],
  ])('is the same on every run, and an exact limit: %s', (_, rgba) => {
    const used = usedFor(rgba)
    expect(usedFor(rgba)).toBe(used)
    expect(leftOf(rgba, used)).toBe(0n)
    expect(leftOf(rgba, used - 1n)).toBeLessThan(0n)
  })

  it('is charged for every pass: more for alpha, for more effort, and for what changes', () => {
    const flat = new Uint8Array(width * height * 4).fill(255)
    expect(usedFor(noise(true))).toBeGreaterThan(usedFor(noise(false)))
    expect(usedFor(noise(false), 6)).toBeGreaterThan(usedFor(noise(false), 0))
    expect(usedFor(noise(false))).toBeGreaterThan(2n * usedFor(flat))
    expect(usedFor(flat)).toBeGreaterThan(1200n * 20n)
  })

  it.each([0, 3, 6])('is an exact limit without loss too, at effort %i', effort => {
    const used = plenty - losslessLeftOf(noise(true), plenty, effort)
    expect(plenty - losslessLeftOf(noise(true), plenty, effort)).toBe(used)
    expect(losslessLeftOf(noise(true), used, effort)).toBe(0n)
    expect(losslessLeftOf(noise(true), used - 1n, effort)).toBeLessThan(0n)
    expect(used).toBeGreaterThan(BigInt(width * height * 100))
  })

  it('does not run out unless it is set', () => {
    const { exports } = instantiate(module, memory())
    expect(exports.fuel.value).toBe(2n ** 63n - 1n)
  })
})
