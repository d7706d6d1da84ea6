import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Chunk, chunk, idat, iend, ihdr, pngFile, zlibOf } from '../../test/chunks.js'
import { kernelModule } from '../../test/kernel-module.js'
import { KernelError } from '../errors.js'
import { instantiate, kernelMemory } from '../instance.js'
import { decodePng, pngFrames } from './png.js'

const module = kernelModule('debug')

function draw(chunks: readonly Chunk[], width: number, height: number, wrongCrc?: string): number[] {
  return [...decodePng(instantiate(module), pngFile(chunks, wrongCrc), { width, height }).pixels]
}

function codeOf(file: Uint8Array, plan = { width: 1, height: 1 }): string {
  try {
    decodePng(instantiate(module), file, plan)
  } catch (error) {
    if (error instanceof KernelError) return error.code
    throw error
  }
  return 'ok'
}

const grey1x1 = [ihdr(1, 1, 8, 0), idat([[7]]), iend]

describe('samples', () => {
  test('16 bits are rounded, all of them', () => {
    const row = Array.from({ length: 65536 }, (_, v) => [v >> 8, v & 255]).flat()
    const pixels = draw(
      [ihdr(32768, 2, 16, 0), idat([row.slice(0, 65536), row.slice(65536)]), iend],
      32768,
      2,
    )
    const wrong = Array.from({ length: 65536 }, (_, v) => v).filter(
      v => pixels[v * 4] !== Math.floor((v * 255 + 32767) / 65535),
    )
    expect(wrong).toEqual([])
  })

  test('tRNS compares 16 bits at full depth', () => {
    const chunks = [ihdr(2, 1, 16, 0), chunk('tRNS', 0x12, 0x34), idat([[0x12, 0x34, 0x12, 0x35]]), iend]
    expect(draw(chunks, 2, 1)).toEqual([18, 18, 18, 0, 18, 18, 18, 255])
    const colour = [
      ihdr(2, 1, 16, 2),
      chunk('tRNS', 1, 2, 3, 4, 5, 6),
      idat([[1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 7]]),
      iend,
    ]
    expect(draw(colour, 2, 1).filter((_, i) => i % 4 === 3)).toEqual([0, 255])
  })

  test('tRNS of a shallow grey uses as many bits as there are', () => {
    const chunks = [ihdr(4, 1, 2, 0), chunk('tRNS', 0xff, 2), idat([[0b00011011]]), iend]
    expect(draw(chunks, 4, 1)).toEqual([0, 0, 0, 255, 85, 85, 85, 255, 170, 170, 170, 0, 255, 255, 255, 255])
  })

  test('an index past the palette is opaque black', () => {
    const chunks = [ihdr(2, 1, 8, 3), chunk('PLTE', 9, 8, 7), chunk('tRNS', 5), idat([[0, 200]]), iend]
    expect(draw(chunks, 2, 1)).toEqual([9, 8, 7, 5, 0, 0, 0, 255])
  })
})

describe('what is tolerated', () => {
  test.each([
    [
      'a wrong CRC of an ancillary chunk, which is then ignored',
      [ihdr(1, 1, 8, 0), chunk('tRNS', 0, 7), idat([[7]]), iend],
      'tRNS',
    ],
    ['a missing IEND', grey1x1.slice(0, 2), undefined],
    ['surplus image data', [ihdr(1, 1, 8, 0), idat([[7], [8], [9]]), iend], undefined],
    [
      'a palette that only is a suggestion',
      [ihdr(1, 1, 8, 0), chunk('PLTE', 1), idat([[7]]), iend],
      undefined,
    ],
    ['empty IDAT chunks', [ihdr(1, 1, 8, 0), chunk('IDAT'), idat([[7]]), chunk('IDAT'), iend], undefined],
  ])('%s', (_, chunks, wrongCrc) => {
    expect(draw(chunks, 1, 1, wrongCrc)).toEqual([7, 7, 7, 255])
  })

  test('rubbish after the picture', () => {
    expect(codeOf(Buffer.concat([pngFile(grey1x1), Buffer.from('<?php')]))).toBe('ok')
  })
})

describe('what is refused', () => {
  const stream = zlibOf([[7]])
  const broken = (at: number) => ({ type: 'IDAT', data: stream.map((v, i) => (i === at ? v ^ 1 : v)) })
  test.each<[string, readonly Chunk[], string, string?]>([
    ['a wrong CRC of IHDR', grey1x1, 'bad-checksum', 'IHDR'],
    ['a wrong CRC of IDAT', grey1x1, 'bad-checksum', 'IDAT'],
    ['a wrong Adler-32', [ihdr(1, 1, 8, 0), broken(stream.length - 1), iend], 'bad-checksum'],
    [
      'a missing Adler-32',
      [ihdr(1, 1, 8, 0), { type: 'IDAT', data: stream.subarray(0, -4) }, iend],
      'truncated',
    ],
    ['a wrong zlib header', [ihdr(1, 1, 8, 0), broken(0), iend], 'corrupt'],
    ['a missing row', [ihdr(1, 2, 8, 0), idat([[7]]), iend], 'truncated'],
    ['half a row', [ihdr(8, 1, 8, 0), idat([[7, 7, 7]]), iend], 'truncated'],
    [
      'IDAT chunks that are not consecutive',
      [
        ihdr(1, 2, 8, 0),
        { type: 'IDAT', data: stream.subarray(0, 4) },
        chunk('tEXt'),
        { type: 'IDAT', data: stream.subarray(4) },
        iend,
      ],
      'truncated',
    ],
    ['no image data', [ihdr(1, 1, 8, 0), iend], 'truncated'],
    ['a chunk before IHDR', [chunk('tEXt'), ...grey1x1], 'corrupt'],
    ['a width of 0', [ihdr(0, 1, 8, 0), idat([[]]), iend], 'corrupt'],
    ['3 bits', [ihdr(1, 1, 3, 0), idat([[7]]), iend], 'corrupt'],
    ['16 bits of palette', [ihdr(1, 1, 16, 3), chunk('PLTE', 1, 2, 3), idat([[0, 0]]), iend], 'corrupt'],
    ['colour type 1', [ihdr(1, 1, 8, 1), idat([[7]]), iend], 'corrupt'],
    ['interlace method 2', [ihdr(1, 1, 8, 0, 2), idat([[7]]), iend], 'corrupt'],
    ['no palette', [ihdr(1, 1, 8, 3), idat([[0]]), iend], 'corrupt'],
    ['a palette of 4 bytes', [ihdr(1, 1, 8, 3), chunk('PLTE', 1, 2, 3, 4), idat([[0]]), iend], 'corrupt'],
    [
      'filter type 5',
      [ihdr(1, 1, 8, 0), { type: 'IDAT', data: deflateSync(Buffer.from([5, 7])) }, iend],
      'corrupt',
    ],
    ["Apple's CgBI", [chunk('CgBI', 1), ...grey1x1], 'unsupported-chunk'],
    ['an unknown critical chunk', [ihdr(1, 1, 8, 0), chunk('NEWS'), idat([[7]]), iend], 'unsupported-chunk'],
  ])('%s', (_, chunks, code, wrongCrc) => {
    expect(codeOf(pngFile(chunks, wrongCrc))).toBe(code)
  })

  test('every file that is cut off before its last rows', () => {
    const noise = Array.from({ length: 20 }, (_, y) =>
      Array.from({ length: 20 }, (_, x) => (x * y * 97) & 255),
    )
    const file = pngFile([ihdr(20, 20, 8, 0), idat(noise), iend])
    for (let n = 0; n < file.length - 12; n++) expect(codeOf(file.subarray(0, n)), `${n}`).not.toBe('ok')
  })

  test('a header that asks for more memory than there is', () => {
    const wide = pngFile([ihdr(30_000_000, 30_000, 8, 6), idat([[]]), iend])
    expect(codeOf(wide)).toBe('out-of-memory')
    // Of an interlaced one no more is held than of another.
    const interlaced = pngFile([ihdr(20_000, 20_000, 8, 6, 1), idat([[]]), iend])
    expect(codeOf(interlaced)).toBe('truncated')
  })

  test('more work than there is fuel for', () => {
    const kernel = instantiate(module)
    kernel.exports.fuel.value = 100n
    const file = pngFile([ihdr(100, 100, 8, 0), idat(Array(100).fill(Array(100).fill(0))), iend])
    expect(() => decodePng(kernel, file, { width: 1, height: 1 })).toThrow(
      expect.objectContaining({ code: 'out-of-fuel' }),
    )
  })
})

test('a 64-megapixel screenshot takes megabytes', () => {
  const [width, height] = [8000, 8000]
  const rows = Buffer.alloc((1 + width * 4) * height, 200)
  for (let y = 0; y < height; y++) rows[y * (1 + width * 4)] = 0
  const file = pngFile([
    ihdr(width, height, 8, 6),
    { type: 'IDAT', data: deflateSync(rows, { level: 1 }) },
    iend,
  ])
  const kernel = instantiate(kernelModule())
  const { pixels } = decodePng(kernel, file, { width: 100, height: 100 })
  expect(pixels.every(v => v === 200)).toBe(true)
  expect(kernel.memory.buffer.byteLength).toBeLessThan(8 << 20)
})

test('any bytes give pixels or a KernelError', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 100 }).map(data => pngFile([ihdr(3, 3, 8, 2), { type: 'IDAT', data }, iend])),
    fc
      .tuple(
        fc.constantFrom(1, 2, 4, 8, 16),
        fc.constantFrom(0, 2, 3, 4, 6),
        fc.nat(1),
        fc.uint8Array({ maxLength: 300 }),
      )
      .map(([depth, type, interlace, raw]) =>
        pngFile([
          ihdr(5, 4, depth, type, interlace),
          chunk('PLTE', 1, 2, 3),
          { type: 'IDAT', data: deflateSync(raw) },
          iend,
        ]),
      ),
  )
  fc.assert(
    fc.property(bytes, file => {
      for (const decode of [decodePng, (...args: Parameters<typeof pngFrames>) => [...pngFrames(...args)]]) {
        try {
          decode(instantiate(module, kernelMemory(8 << 20)), file, { width: 3, height: 2 })
        } catch (error) {
          expect(error).toBeInstanceOf(KernelError)
          expect((error as KernelError).code).not.toBe('trap')
        }
      }
    }),
    { numRuns: 500 },
  )
})
