import { describe, expect, it } from 'vitest'
import { random } from '../fuzz/pictures.js'
import { encodeLossy, instantiate } from '../src/index.js'
import { memory, module } from './module.js'

const MEBIBYTE = 1 << 20

function noise(width: number, height: number): Uint8Array {
  const next = random(1)
  const rgba = new Uint8Array(width * height * 4)
  const words = new Uint32Array(rgba.buffer)
  for (let i = 0; i < words.length; i++) words[i] = (next() * 0x1000000) | 0xff000000
  return rgba
}

/** Soft structure with grain: what a photograph costs. */
function photograph(width: number, height: number): Uint8Array {
  const next = random(2)
  const rgba = new Uint8Array(width * height * 4)
  const tile = Math.min(height, 256)
  for (let y = 0, at = 0; y < tile; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const v = 128 + 70 * Math.sin(x / 37 + 2 * Math.sin(y / 51)) + 24 * (next() + next() - 1)
      rgba[at] = v
      rgba[at + 1] = v * 0.9
      rgba[at + 2] = 220 - v * 0.6
      rgba[at + 3] = 255
    }
  }
  for (let y = tile; y < height; y += tile)
    rgba.copyWithin(y * width * 4, 0, Math.min(tile, height - y) * width * 4)
  return rgba
}

function peak(rgba: Uint8Array, width: number, height: number, quality: number, effort = 0): number {
  const held = memory(1024)
  const result = encodeLossy(instantiate(module, held), rgba, width, height, { quality, effort })
  expect(result).toBeInstanceOf(Uint8Array)
  return held.buffer.byteLength / MEBIBYTE
}

describe('memory', () => {
  it('stays under 12 MiB for 1600 x 1200, whatever is in it', () => {
    expect(peak(photograph(1600, 1200), 1600, 1200, 82)).toBeLessThan(4)
    expect(peak(noise(1600, 1200), 1600, 1200, 100)).toBeLessThan(12)
  })

  it('stays under 64 MiB for 16 megapixels', () => {
    expect(peak(photograph(4619, 3464), 4619, 3464, 90)).toBeLessThan(64)
  })

  it('follows the width, not the height, before output', () => {
    const flat = new Uint8Array(512 * 8192 * 4).fill(255)
    const short = peak(flat.subarray(0, 512 * 512 * 4), 512, 512, 82)
    expect(peak(flat, 512, 8192, 82) - short).toBeLessThan(1)
  })

  it('reports every refusal to grow as a code', () => {
    const rgba = noise(400, 300)
    const results = Array.from({ length: 40 }, (_, i) => {
      const held = new WebAssembly.Memory({ initial: 2, maximum: 2 + i })
      return encodeLossy(instantiate(module, held), rgba, 400, 300, { quality: 100, effort: 0 })
    })
    const codes = results.filter(r => typeof r === 'string')
    expect(codes.length).toBeGreaterThan(5)
    expect(codes.length).toBeLessThan(40)
    expect(new Set(codes)).toEqual(new Set(['out-of-memory']))
    // From the first size that is enough, all are.
    expect(results.slice(codes.length).every(r => r instanceof Uint8Array)).toBe(true)
  })

  it('codes alpha where there is enough, and keeps it as it is where there is less', () => {
    const rgba = photograph(400, 300).map((v, i) => (i % 4 === 3 ? 128 + 127 * Math.sin(i / 999) : v))
    const results = Array.from({ length: 60 }, (_, i) => {
      const held = new WebAssembly.Memory({ initial: 2, maximum: 2 + 2 * i })
      return encodeLossy(instantiate(module, held), rgba, 400, 300, { quality: 20, effort: 4 })
    })
    expect(results[0]).toBe('out-of-memory')
    const bytes = results.filter(r => typeof r !== 'string').map(({ length }) => length)
    const [asItIs = 0, coded = 0, ...more] = new Set(bytes)
    expect(more).toEqual([])
    expect(bytes).toEqual(bytes.toSorted((a, b) => b - a))
    expect(asItIs).toBeGreaterThan(400 * 300)
    expect(coded).toBeLessThan(asItIs / 2)
  })

  it('stays under 36 MiB for 1600 x 1600 with alpha', () => {
    const next = random(6)
    const rgba = photograph(1600, 1600).map((v, i) => (i % 4 === 3 ? 256 * next() : v))
    expect(peak(rgba, 1600, 1600, 82, 6)).toBeLessThan(36)
    expect(peak(rgba, 1600, 1600, 82, 0)).toBeLessThan(36)
  })

  it('may be used again once it is zeroed, with the same result', () => {
    const rgba = photograph(300, 200)
    const held = memory()
    const first = encodeLossy(instantiate(module, held), noise(640, 480), 640, 480, {})
    new Uint8Array(held.buffer).fill(0)
    const again = encodeLossy(instantiate(module, held), rgba, 300, 200, {})
    const fresh = encodeLossy(instantiate(module, memory()), rgba, 300, 200, {})
    expect(first).toBeInstanceOf(Uint8Array)
    expect(again).toEqual(fresh)
  })
})
