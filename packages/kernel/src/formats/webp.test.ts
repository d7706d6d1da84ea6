import { describe, expect, test } from 'vitest'
import { kernelModule } from '../../test/kernel-module.js'
import {
  chunk,
  type Fields,
  plain,
  simpleCode,
  solid,
  solidGroup,
  vp8l,
  vp8x,
  webpFile,
} from '../../test/webp-file.js'
import { KernelError } from '../errors.js'
import { instantiate, kernelMemory } from '../instance.js'
import { decodeWebp } from './webp.js'

const module = kernelModule('debug')
const RED = [200, 10, 20, 255]

function decode(file: Uint8Array, width: number, height: number): number[] {
  return [...decodeWebp(instantiate(module), file, { width, height }).pixels]
}

function codeOf(file: Uint8Array, width = 1, height = 1): string {
  try {
    decode(file, width, height)
  } catch (error) {
    if (error instanceof KernelError) return error.code
    throw error
  }
  return 'ok'
}

const repeat = (colour: readonly number[], times: number) =>
  Array.from({ length: times }, () => colour).flat()

describe('the container', () => {
  test('holds a lossless picture, or a canvas and the picture', () => {
    expect(decode(webpFile(solid(3, 2, RED)), 3, 2)).toEqual(repeat(RED, 6))
    expect(decode(webpFile(vp8x(3, 2), chunk('ICCP', [1]), solid(3, 2, RED)), 3, 2)).toEqual(repeat(RED, 6))
  })

  test('must have a picture, of the size of the canvas', () => {
    expect(codeOf(webpFile())).toBe('truncated')
    expect(codeOf(webpFile(vp8x(3, 2)))).toBe('truncated')
    expect(codeOf(webpFile(vp8x(3, 2), solid(2, 3, RED)))).toBe('corrupt')
    expect(codeOf(webpFile(chunk('EXIF', [0]), solid(1, 1, RED)))).toBe('corrupt')
    expect(codeOf(webpFile(chunk('VP8X', [0, 0, 0, 0]), solid(1, 1, RED)))).toBe('corrupt')
  })

  test('must not end early, whatever its chunks say', () => {
    const file = webpFile(vp8x(3, 2), solid(3, 2, RED))
    for (let end = 0; end < file.length; end++) {
      expect(codeOf(file.subarray(0, end), 3, 2), `${end} bytes`).toMatch(/^(truncated|corrupt)$/)
    }
  })

  test('may be followed by anything, and lack the last padding', () => {
    const file = webpFile(solid(1, 1, RED))
    expect(codeOf(Uint8Array.from([...file, 1, 2, 3]))).toBe('ok')
    const [riffSize, chunkSize] = [4, 16]
    expect((file[chunkSize] ?? 0) % 2).toBe(1)
    file[riffSize] = (file[riffSize] ?? 0) - 1
    expect(codeOf(file.slice(0, -1))).toBe('ok')
  })
})

describe('a lossless stream', () => {
  /** Green 0 to 255 in one code with one length and one distance: 0 is a pixel, 1 a copy. */
  const copies = (length: number, distance: number, then: Fields): Fields => [
    ...plain,
    // 280 symbols by a code of lengths: 0 and `length` have one bit each, all others none.
    ...codeOfTwo(0, 256 + length),
    ...[0, 0, 255].flatMap(symbol => simpleCode(symbol)),
    ...simpleCode(distance),
    ...then,
  ]

  test('copies pixels, from none before the first and to none behind the last', () => {
    const pixel = [0, 1] as const
    const copy = [1, 1] as const
    const black = [0, 0, 0, 255]
    // Length 3 is symbol 2; distance code 2, one pixel back, is symbol 1.
    const file = (width: number, ...stream: Fields) => webpFile(vp8l(width, 1, copies(2, 1, stream)))
    expect(decode(file(4, pixel, copy), 4, 1)).toEqual(repeat(black, 4))
    expect(codeOf(file(4, copy), 4, 1)).toBe('corrupt')
    expect(codeOf(file(3, pixel, copy), 3, 1)).toBe('corrupt')
  })

  test('has a colour cache of 1 to 11 bits', () => {
    const cached = (bits: number) =>
      webpFile(vp8l(1, 1, [[0, 1], [1, 1], [bits, 4], [0, 1], ...solidGroup(RED)]))
    expect([0, 1, 11, 12, 15].map(bits => codeOf(cached(bits)))).toEqual([
      'corrupt',
      'ok',
      'ok',
      'corrupt',
      'corrupt',
    ])
  })

  test('has each transform once', () => {
    const green: Fields = [
      [1, 1],
      [2, 2],
    ]
    expect(decode(webpFile(vp8l(1, 1, [...green, ...plain, ...solidGroup([1, 2, 3, 4])])), 1, 1)).toEqual([
      3, 2, 5, 4,
    ])
    expect(codeOf(webpFile(vp8l(1, 1, [...green, ...green, ...plain, ...solidGroup(RED)])))).toBe('corrupt')
  })

  test('draws what is past the end of its palette as transparent', () => {
    // Two colours, eight indices to a pixel; then three, four to a pixel, of which the last is none.
    const palette = (colours: number): Fields => [
      [1, 1],
      [3, 2],
      [colours - 1, 8],
      [0, 1],
      ...solidGroup([9, 8, 7, 255]),
    ]
    const indices = (green: number) => [...plain, ...solidGroup([0, green, 0, 0])]
    const two = webpFile(vp8l(3, 1, [...palette(2), ...indices(0b010)]))
    expect(decode(two, 3, 1)).toEqual([...[9, 8, 7, 255], ...[18, 16, 14, 254], ...[9, 8, 7, 255]])
    const three = webpFile(vp8l(2, 1, [...palette(3), ...indices(0b1110)]))
    expect(decode(three, 2, 1)).toEqual([...[27, 24, 21, 253], ...[0, 0, 0, 0]])
  })

  test('has prefix codes that use every pattern of bits', () => {
    // A code of lengths in which symbol 1 alone has a length: then all 280 symbols have one bit.
    const overfull: Fields = [
      [0, 1],
      [15, 4],
      ...Array.from({ length: 19 }, (_, i) => [i === 3 ? 1 : 0, 3] as const),
      [0, 1],
    ]
    expect(codeOf(webpFile(vp8l(1, 1, [...plain, ...overfull, [0, 32], [0, 32]])))).toBe('corrupt')
    // A distance that the alphabet of 40 has not.
    const outside = [...plain, ...[0, 0, 0, 255, 200].flatMap(symbol => simpleCode(symbol))]
    expect(codeOf(webpFile(vp8l(1, 1, outside)))).toBe('corrupt')
  })

  test('has at most 8192 groups of codes', () => {
    const groups = (last: number): Fields => [
      [0, 1],
      [0, 1],
      [1, 1],
      [0, 3],
      // The image of one tile: red and green are the number of its group.
      [0, 1],
      ...solidGroup([last >> 8, last & 255, 0, 0]),
      ...Array.from({ length: last + 1 }, () => solidGroup(RED)).flat(),
    ]
    expect(decode(webpFile(vp8l(1, 1, groups(8191))), 1, 1)).toEqual(RED)
    expect(codeOf(webpFile(vp8l(1, 1, groups(8192))))).toBe('too-many-codes')
  })
})

/** A code of 280 symbols of which two, the first below 256, have a bit each. */
function codeOfTwo(first: number, second: number): Fields {
  // Lengths by a code in which 18 (runs of 11 to 138 zeros), 0 and 1 have 1, 2 and 2 bits.
  const zeros = (n: number): Fields => {
    if (n >= 11) return [[0, 1], [Math.min(n, 138) - 11, 7], ...zeros(n - Math.min(n, 138))]
    return Array.from({ length: n }, () => [1, 2] as const)
  }
  return [
    [0, 1],
    [0, 4],
    ...[0, 1, 2, 2].map(length => [length, 3] as const),
    [0, 1],
    ...zeros(first),
    [3, 2],
    ...zeros(second - first - 1),
    [3, 2],
    ...zeros(280 - second - 1),
  ]
}

describe('limits', () => {
  test('memory of 64 megapixels is that of what copies reach', () => {
    const kernel = instantiate(kernelModule('release'), kernelMemory(64 * 2 ** 20))
    decodeWebp(kernel, webpFile(solid(8000, 8000, RED)), { width: 16, height: 16 })
    expect(kernel.memory.buffer.byteLength).toBeLessThanOrEqual(12 * 2 ** 20)
  })

  test('memory of the smallest tiles is a few bytes for each', () => {
    const [width, height] = [8000, 8000]
    const tiles: Fields = [[0, 3], [0, 1], ...solidGroup([0, 0, 0, 255])]
    const transforms: Fields = [[1, 1], [0, 2], ...tiles, [1, 1], [1, 2], ...tiles, [0, 1]]
    const groups: Fields = [[0, 1], [1, 1], ...tiles, ...solidGroup(RED)]
    const kernel = instantiate(kernelModule('release'), kernelMemory(64 * 2 ** 20))
    decodeWebp(kernel, webpFile(vp8l(width, height, [...transforms, ...groups])), { width: 16, height: 16 })
    const perTile = 1 + 3 + 2
    const most = 12 * 2 ** 20 + (width / 4) * (height / 4) * perTile
    expect(kernel.memory.buffer.byteLength).toBeLessThanOrEqual(most)
  })

  test('memory that is too small is a code', () => {
    const kernel = instantiate(module, kernelMemory(2 ** 20))
    expect(() => decodeWebp(kernel, webpFile(solid(1000, 1000, RED)), { width: 1, height: 1 })).toThrow(
      expect.objectContaining({ code: 'out-of-memory' }),
    )
  })

  test('fuel is used in proportion to the pixels, and its lack is a code', () => {
    const spent = (side: number) => {
      const kernel = instantiate(module)
      kernel.exports.fuel.value = 100_000_000n
      decodeWebp(kernel, webpFile(solid(side, side, RED)), { width: side, height: side })
      return Number(100_000_000n - kernel.exports.fuel.value)
    }
    expect(spent(1024) / spent(512)).toBeGreaterThan(3)
    expect(spent(1024) / spent(512)).toBeLessThan(5)
    const starved = instantiate(module)
    starved.exports.fuel.value = 10_000n
    expect(() => decodeWebp(starved, webpFile(solid(512, 512, RED)), { width: 1, height: 1 })).toThrow(
      expect.objectContaining({ code: 'out-of-fuel' }),
    )
  })
})
