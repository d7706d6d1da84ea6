import { readFileSync } from 'node:fs'
import { definePolicy } from '@sluice/core'
import { describe, expect, it, test } from 'vitest'
import { fuelRates, slack } from './prices.js'

interface Rates {
  readonly median: number
  readonly slowest: number
  readonly of: number
}

interface Module {
  readonly drawings: number
  /** Fuel used / fuel priced. */
  readonly greatest: number
  readonly of: string
  readonly perMs: number
  readonly fuelPerMs: Rates
}

interface Results {
  readonly files: number
  /** Of all drawings, the one that the most was taken off `timeMs` for. */
  readonly dearest: { readonly chargedMs: number; readonly of: string }
  readonly modules: Readonly<Record<string, Module>>
  /** Of `kernel.jpeg`, what has prices of its own. */
  readonly jpegs: Readonly<Record<'arithmetic' | 'inks', Module>>
  readonly pixels: Readonly<
    Record<
      string,
      { readonly drawings: number; readonly perMs: readonly number[]; readonly fuelPerMs: Rates }
    >
  >
  readonly frames: Readonly<Record<'gif' | 'webp', { readonly clips: number; readonly median: number }>>
}

const path = new URL('../../../benchmarks/results/prices.json', import.meta.url)
const results: Results = JSON.parse(readFileSync(path, 'utf8'))
const modules = Object.entries(results.modules)
const rates = fuelRates()

/** Where a rate was chosen above the measured one, what slack it stands for: prices.ts says why. */
const smallerSlack: Readonly<Record<string, number>> = {
  'kernel.jpeg': 1.5,
  'jsquash.jpeg': 2.5,
  'jsquash.png': 3.5,
  'jsquash.webp': 1.9,
}

test('every price was measured, on enough files', () => {
  expect(results.files).toBeGreaterThan(1000)
  expect(Object.keys(results.modules).sort()).toEqual(Object.keys(rates).sort())
})

describe.each(modules)('%s', (name, { drawings, greatest, of, perMs, fuelPerMs: measured }) => {
  it('no honest file takes more fuel than its price', () => {
    expect(drawings).toBeGreaterThan(0)
    expect(greatest, of).toBeGreaterThan(0)
    expect(greatest, of).toBeLessThanOrEqual(1)
  })

  it('a millisecond is priced as when it was measured, and at no more than a slow machine burns', () => {
    expect(perMs).toBe((rates[name] ?? 0) / slack)
    expect(measured.of).toBeGreaterThan(0)
    expect(perMs).toBeLessThanOrEqual(measured.median / (smallerSlack[name] ?? slack))
  })
})

test.each(Object.entries(results.pixels))(
  '%s, on our own pixels, is priced at less than it burns',
  (_, part) => {
    const { drawings, perMs, fuelPerMs: measured } = part
    expect(drawings).toBeGreaterThan(20)
    // Of libwebp the least is for what it does slowest: the median is of all that it does.
    expect(Math.min(...perMs)).toBeLessThanOrEqual(measured.median / 2)
  },
)

test('arithmetic coding has a rate of its own, for the slack of other JPEGs', () => {
  const { drawings, greatest, of, perMs, fuelPerMs: measured } = results.jpegs.arithmetic
  expect(drawings).toBeGreaterThan(100)
  expect(greatest, of).toBeLessThanOrEqual(1)
  expect(perMs).toBeLessThan(results.modules['kernel.jpeg']?.perMs ?? 0)
  expect(perMs).toBeLessThanOrEqual(measured.median / (smallerSlack['kernel.jpeg'] ?? slack))
})

test('frames of animations take about what they are charged, or less', () => {
  const { gif, webp } = results.frames
  expect(Math.min(gif.clips, webp.clips)).toBeGreaterThan(10)
  expect(gif.median).toBeLessThanOrEqual(1)
  expect(webp.median).toBeLessThanOrEqual(1.5)
})

test('no honest file comes near the default time', () => {
  const { chargedMs, of } = results.dearest
  expect(chargedMs, of).toBeLessThan(definePolicy({}).timeMs)
})
