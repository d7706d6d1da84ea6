// The fuzzed pictures through the debug module, in which every access to memory is checked: a stray one is a trap.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { encodeLossless, encodeLossy, instantiate } from '../src/index.js'
import './module.js' // builds what is missing
import { drawing, edges } from '../fuzz/drawings.js'
import { fuzzCase } from '../fuzz/pictures.js'

const { FUZZ_COUNT = '40' } = process.env
const debug = new WebAssembly.Module(readFileSync(new URL('../dist/encoder.debug.wasm', import.meta.url)))

/** Pages that the module itself needs: its table of blocks comes on top of the release build's. */
const PAGES = 4

it(`${FUZZ_COUNT} pictures, with enough memory and with too little`, { timeout: 3_600_000 }, () => {
  const results = new Map<string, number>()
  for (let seed = 0; seed < Number(FUZZ_COUNT); seed++) {
    const { picture, quality, effort } = fuzzCase(seed)
    const { rgba, width, height } = picture
    const short = seed % 4 === 3
    const held = new WebAssembly.Memory({
      initial: PAGES,
      maximum: short ? PAGES + (seed % 23) : 4096,
    })
    const result = encodeLossy(instantiate(debug, held), rgba, width, height, { quality, effort })
    const kind = typeof result === 'string' ? result : 'encoded'
    results.set(kind, (results.get(kind) ?? 0) + 1)
    if (!short) expect(kind).toBe('encoded')
  }
  expect([...results.keys()].sort()).toEqual(['encoded', 'out-of-memory'])
})

it(`${FUZZ_COUNT} pictures without loss`, { timeout: 3_600_000 }, () => {
  const results = new Map<string, number>()
  for (let seed = 0; seed < Number(FUZZ_COUNT); seed++) {
    const { picture, effort } = drawing(seed)
    const { rgba, width, height } = picture
    const short = seed % 4 === 3
    const held = new WebAssembly.Memory({ initial: PAGES, maximum: short ? PAGES + (seed % 23) : 4096 })
    const result = encodeLossless(instantiate(debug, held), rgba, width, height, { effort })
    const kind = typeof result === 'string' ? result : 'encoded'
    results.set(kind, (results.get(kind) ?? 0) + 1)
    if (!short) expect(kind).toBe('encoded')
  }
  expect([...results.keys()].sort()).toEqual(['encoded', 'out-of-memory'])
})

it('pictures at the edges of the format', { timeout: 600_000 }, () => {
  for (const [i, [, { rgba, width, height }]] of edges().entries()) {
    const held = new WebAssembly.Memory({ initial: PAGES, maximum: 4096 })
    const result = encodeLossless(instantiate(debug, held), rgba, width, height, { effort: i % 7 })
    expect(result).toBeInstanceOf(Uint8Array)
  }
})

it('a stray access is a trap', () => {
  const held = new WebAssembly.Memory({ initial: PAGES, maximum: 64 })
  const { exports } = instantiate(debug, held)
  expect(exports.begin(64, 64, 0)).toBe(0)
  const { band } = exports as unknown as { band: WebAssembly.Global }
  band.value += 1 << 16
  expect(() => exports.survey()).toThrow(WebAssembly.RuntimeError)
})
