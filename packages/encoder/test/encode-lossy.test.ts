import { describe, expect, it } from 'vitest'
import { random } from '../fuzz/pictures.js'
import { compileEncoder, encodeLossy, instantiate, supportsSimd } from '../src/index.js'
import { memory, module, wasm } from './module.js'

const encode = (rgba: Uint8Array, width: number, height: number, options = {}) =>
  encodeLossy(instantiate(module, memory()), rgba, width, height, options)

function coloured(width: number, height: number, alpha: (i: number) => number = () => 255): Uint8Array {
  const next = random(width * 7 + height)
  return Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? alpha(i >> 2) : next() * 255,
  )
}

/** Chunks of a WebP file as [code, payload], with every size checked on the way. */
function chunks(file: unknown): [string, Uint8Array][] {
  if (!(file instanceof Uint8Array)) throw new Error(`not a file: ${file}`)
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  const code = (at: number) => String.fromCharCode(...file.subarray(at, at + 4))
  expect([code(0), view.getUint32(4, true), code(8)]).toEqual(['RIFF', file.length - 8, 'WEBP'])
  const found: [string, Uint8Array][] = []
  let at = 12
  while (at < file.length) {
    const bytes = view.getUint32(at + 4, true)
    found.push([code(at), file.subarray(at + 8, at + 8 + bytes)])
    at += 8 + bytes + (bytes & 1)
  }
  expect(at).toBe(file.length)
  return found
}

describe('the module', () => {
  it('imports a memory and nothing else', () => {
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }])
  })

  it('keeps within its size', () => {
    expect(wasm.length).toBeLessThan(66_000)
  })

  it('compiles where there is SIMD', async () => {
    expect(supportsSimd()).toBe(true)
    expect(await compileEncoder(wasm)).toBeInstanceOf(WebAssembly.Module)
  })
})

describe('encodeLossy', () => {
  it.each([
    [1, 1],
    [2, 3],
    [17, 16],
    [16383, 1],
    [1, 16383],
    [255, 33],
  ])('writes one VP8 chunk with the dimensions %i x %i', (width, height) => {
    const [[code, frame] = ['', new Uint8Array()], ...more] = chunks(
      encode(coloured(width, height), width, height),
    )
    expect([code, more.length]).toEqual(['VP8 ', 0])
    // RFC 6386, section 9.1: key frame, start code, 14-bit sizes.
    expect((frame[0] ?? 1) & 1).toBe(0)
    expect([...frame.subarray(3, 6)]).toEqual([0x9d, 0x01, 0x2a])
    expect(new DataView(frame.slice(6, 10).buffer).getUint16(0, true)).toBe(width)
    expect(new DataView(frame.slice(6, 10).buffer).getUint16(2, true)).toBe(height)
  })

  it('says so when a side is out of range', () => {
    expect(encode(new Uint8Array(16384 * 4), 16384, 1)).toBe('bad-size')
    expect(encode(new Uint8Array(0), 0, 5)).toBe('bad-size')
  })

  /** Strokes that only subblocks predict. */
  function strokes(width: number, height: number): Uint8Array {
    const words = new Uint32Array(width * height)
    const next = random(3)
    for (let i = 0; i < words.length; i++) words[i] = 0xff000000 | (((next() * 256) | 0) * 0x010101)
    return new Uint8Array(words.buffer)
  }

  it('predicts by macroblocks where the modes of subblocks would not fit the first partition', () => {
    const [[code, frame] = ['', new Uint8Array()]] = chunks(
      encode(strokes(8192, 4096), 8192, 4096, { quality: 60, effort: 0 }),
    )
    expect([code, frame.length > 2 ** 20]).toEqual(['VP8 ', true])
    // RFC 6386, section 9.1: 19 bits. Left to itself, it would take some 750,000 bytes.
    const firstPartition = (new DataView(frame.slice(0, 4).buffer).getUint32(0, true) & 0xffffff) >> 5
    expect(firstPartition).toBeLessThanOrEqual(0x7ffff)
    expect(firstPartition).toBeGreaterThan(0x50000)
  })

  it('puts alpha beside the frame', () => {
    const found = chunks(
      encode(
        coloured(40, 30, i => i % 256),
        40,
        30,
      ),
    )
    expect(found.map(([code]) => code)).toEqual(['VP8X', 'ALPH', 'VP8 '])
    expect([...(found[0]?.[1] ?? [])]).toEqual([0x10, 0, 0, 0, 39, 0, 0, 29, 0, 0])
  })

  it('keeps nothing of colours that cannot be seen', () => {
    const visible = (i: number) => (i % 40 < 20 ? 255 : 0)
    const shown = coloured(40, 30, visible)
    const other = shown.map((v, i) => (i % 4 !== 3 && visible(i >> 2) === 0 ? 255 - v : v))
    expect(other).not.toEqual(shown)
    expect(encode(other, 40, 30)).toEqual(encode(shown, 40, 30))
  })

  it('gives fewer bytes for less quality and for more effort', () => {
    const rgba = coloured(96, 96)
    const bytes = (options: object) => (encode(rgba, 96, 96, options) as Uint8Array).length
    expect(bytes({ quality: 40 })).toBeLessThan(bytes({ quality: 80 }))
    expect(bytes({ effort: 6 })).toBeLessThanOrEqual(bytes({ effort: 0 }))
  })

  it('leaves nothing in an instance that would change the next picture', () => {
    const instance = instantiate(module, memory())
    const rgba = coloured(60, 50, i => i % 256)
    const first = encodeLossy(instance, rgba, 60, 50, { effort: 2 })
    encodeLossy(instance, coloured(90, 20), 90, 20, { quality: 10 })
    expect(encodeLossy(instance, rgba, 60, 50, { effort: 2 })).toEqual(first)
  })

  it('refuses options out of range and pixels of another size', () => {
    expect(() => encode(new Uint8Array(4), 1, 1, { quality: 101 })).toThrow(RangeError)
    expect(() => encode(new Uint8Array(4), 1, 1, { effort: 7 })).toThrow(RangeError)
    expect(() => encode(new Uint8Array(5), 1, 1)).toThrow(RangeError)
  })
})
