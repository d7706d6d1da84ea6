import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gifFile, type Image, loops } from '../../test/gif-file.js'
import { kernelModule } from '../../test/kernel-module.js'
import { KernelError } from '../errors.js'
import { instantiate, kernelMemory } from '../instance.js'
import { decodeGif, gifFrames } from './gif.js'

const module = kernelModule('debug')
const PALETTE = [
  [255, 0, 0],
  [0, 0, 255],
  [9, 8, 7],
  [255, 255, 255],
]
const [R, B, K, W] = PALETTE.map(c => [...c, 255]) as [number[], number[], number[], number[]]
const NONE = [0, 0, 0, 0]

function frames(width: number, height: number, images: readonly Image[], extensions: readonly number[] = []) {
  const file = gifFile(width, height, images, { palette: PALETTE, extensions })
  const animation = gifFrames(instantiate(module), file, { width, height })
  return { ...animation, frames: [...animation].map(f => ({ ...f, pixels: [...f.pixels] })) }
}

function still(width: number, height: number, image: Image): number[] {
  const file = gifFile(width, height, [image], { palette: PALETTE })
  return [...decodeGif(instantiate(module), file, { width, height }).pixels]
}

function codeOf(file: Uint8Array): string {
  try {
    for (const _ of gifFrames(instantiate(module), file, { width: 1, height: 1 }));
  } catch (error) {
    if (error instanceof KernelError) return error.code
    throw error
  }
  return 'ok'
}

describe('images', () => {
  test('of every height, interlaced as well', () => {
    for (let height = 1; height <= 20; height++) {
      const indices = Array.from({ length: height * 3 }, (_, i) => (i * 7 + (i >> 2)) & 3)
      const expected = indices.flatMap(i => [R, B, K, W][i] ?? [])
      for (const interlaced of [false, true]) {
        const image = { width: 3, height, indices, interlaced }
        expect(still(3, height, image)).toEqual(expected)
        expect(frames(3, height, [image]).frames[0]?.pixels).toEqual(expected)
      }
    }
  })

  test('use their own palette before that of the screen', () => {
    const image = {
      width: 2,
      height: 1,
      indices: [0, 1],
      palette: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    }
    expect(still(2, 1, image)).toEqual([1, 2, 3, 255, 4, 5, 6, 255])
  })

  test('smaller than the screen leave the rest transparent', () => {
    const image = { x: 1, y: 1, width: 1, height: 1, indices: [1] }
    const expected = [...NONE, ...NONE, ...NONE, ...B, ...NONE, ...NONE]
    expect(still(2, 3, image)).toEqual(expected)
    expect(frames(2, 3, [image]).frames[0]?.pixels).toEqual(expected)
  })

  test('that do not fit make the screen larger if they come first, else they are clipped', () => {
    const large = { width: 2, height: 1, indices: [0, 1] }
    const animation = gifFrames(instantiate(module), gifFile(1, 1, [large], { palette: PALETTE }), {
      width: 2,
      height: 1,
    })
    expect([...animation].map(f => [...f.pixels])).toEqual([[...R, ...B]])
    const outside = [
      { width: 1, height: 1, indices: [0] },
      { width: 2, height: 2, indices: [1, 0, 2, 3] },
      { x: 9, y: 9, width: 1, height: 1, indices: [1] },
    ]
    expect(frames(1, 1, outside).frames.map(f => f.pixels)).toEqual([R, B, B])
  })

  test('of one colour, whose codes grow one byte at a time', () => {
    const side = 300
    const indices = Array(side * side).fill(2)
    const file = gifFile(side, side, [{ width: side, height: side, indices }], {
      palette: PALETTE,
      compress: true,
    })
    expect(file.length).toBeLessThan(2000)
    const { pixels } = decodeGif(instantiate(module), file, { width: side, height: side })
    expect(pixels.every((v, i) => v === K[i & 3])).toBe(true)
  })

  test('of noise, which fills the code table many times', () => {
    const side = 200
    const indices = Array.from({ length: side * side }, (_, i) => (Math.imul(i + 1, 0x9e3779b1) >>> 17) & 3)
    const file = gifFile(side, side, [{ width: side, height: side, indices }], {
      palette: PALETTE,
      compress: true,
    })
    const { pixels } = decodeGif(instantiate(module), file, { width: side, height: side })
    const expected = indices.flatMap(i => [R, B, K, W][i] ?? [])
    expect(Buffer.compare(pixels, Uint8Array.from(expected))).toBe(0)
  })
})

describe('animation', () => {
  const whole = { width: 2, height: 1, indices: [0, 0] }
  const right = { x: 1, width: 1, height: 1, indices: [1] }
  const nothing = { width: 1, height: 1, indices: [2], transparent: 2 }

  test.each([
    ['0', 0, [...R, ...B]],
    ['1', 1, [...R, ...B]],
    ['2, to transparent', 2, [...R, ...NONE]],
    ['3', 3, [...R, ...R]],
    ['4, as 3', 4, [...R, ...R]],
  ])('disposal method %s', (_, disposal, third) => {
    const drawn = frames(2, 1, [whole, { ...right, disposal }, nothing]).frames.map(f => f.pixels)
    expect(drawn).toEqual([[...R, ...R], [...R, ...B], third])
  })

  test('disposing of an image far outside the screen touches nothing', () => {
    for (const disposal of [2, 3]) {
      const outside = {
        x: 65000,
        y: 65000,
        width: 500,
        height: 500,
        indices: Array(250000).fill(1),
        disposal,
      }
      const drawn = frames(2, 1, [whole, { ...outside, y: 0 }, outside, nothing]).frames.map(f => f.pixels)
      expect(drawn).toEqual(Array(4).fill([...R, ...R]))
    }
  })

  test('restoring twice gives what was there before', () => {
    const images = [whole, { ...right, disposal: 3 }, { ...right, indices: [3], disposal: 3 }, nothing]
    const drawn = frames(2, 1, images).frames.map(f => f.pixels)
    expect(drawn).toEqual([
      [...R, ...R],
      [...R, ...B],
      [...R, ...W],
      [...R, ...R],
    ])
  })

  test.each([
    ['NETSCAPE2.0', loops('NETSCAPE2.0', 0), 0],
    ['NETSCAPE2.0', loops('NETSCAPE2.0', 4), 5],
    ['ANIMEXTS1.0', loops('ANIMEXTS1.0', 1), 2],
    ['another application', loops('SOMETHING1.', 9), 1],
    ['no extension', [], 1],
  ])('plays: %s', (_, extensions, plays) => {
    expect(frames(2, 1, [whole], extensions).plays).toBe(plays)
  })

  test('delays are in hundredths of a second', () => {
    const drawn = frames(2, 1, [{ ...whole, delay: 7 }, { ...right, delay: 300 }, nothing])
    expect(drawn.frames.map(f => f.delayMs)).toEqual([70, 3000, 0])
    expect(drawn.frameCount).toBe(3)
  })

  test('frames are scaled and turned', () => {
    const file = gifFile(4, 2, [{ width: 4, height: 2, indices: [0, 0, 0, 0, 1, 1, 1, 1] }], {
      palette: PALETTE,
    })
    const [frame] = gifFrames(instantiate(module), file, { width: 2, height: 4, orientation: 6 })
    expect([...(frame?.pixels ?? [])]).toEqual([1, 2, 3, 4].flatMap(() => [...B, ...R]))
  })
})

describe('what is refused', () => {
  const image: Image = { width: 4, height: 4, indices: Array.from({ length: 16 }, (_, i) => i & 3) }
  const file = gifFile(4, 4, [image], { palette: PALETTE })
  const withData = (minimumCodeSize: number, ...data: number[]) =>
    gifFile(4, 4, [{ ...image, minimumCodeSize, data }], { palette: PALETTE })

  test('every file that is cut off before its last pixel', () => {
    expect(codeOf(file)).toBe('ok')
    for (let n = 0; n < file.length - 3; n++) expect(codeOf(file.subarray(0, n)), `${n}`).not.toBe('ok')
  })

  test.each([
    ['too few pixels', withData(2, 0x04, 0x0a), 'truncated'],
    ['no data', withData(2), 'truncated'],
    ['an end code too early', withData(2, 0x2c), 'truncated'],
    ['a code that is not defined yet', withData(2, 0x3c, 0xff, 0xff), 'corrupt'],
    ['a code before any string', withData(2, 0x34, 0xff), 'corrupt'],
    ['a code size of 0', withData(0, 0x04), 'corrupt'],
    ['a code size of 12', withData(12, 0x04), 'corrupt'],
    [
      'images without a size alone',
      gifFile(4, 4, [{ width: 0, height: 4, indices: [] }], { palette: PALETTE }),
      'truncated',
    ],
    ['no image', gifFile(4, 4, [], { palette: PALETTE }), 'truncated'],
    ['another version', Buffer.from('GIF88a\x01\0\x01\0\0\0\0;', 'latin1'), 'corrupt'],
  ])('%s', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code)
  })

  test('a screen that does not fit in memory', () => {
    const bytes = gifFile(65535, 65535, [image], { palette: PALETTE })
    expect(codeOf(bytes)).toBe('out-of-memory')
  })
})

test('any bytes give pixels or a KernelError', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .tuple(fc.nat(12), fc.uint8Array({ maxLength: 200 }), fc.boolean())
      .map(([minimumCodeSize, data, interlaced]) =>
        gifFile(9, 7, [{ width: 8, height: 9, indices: [], minimumCodeSize, data: [...data], interlaced }], {
          palette: PALETTE,
        }),
      ),
    fc
      .uint8Array({ maxLength: 60 })
      .map(tail => Buffer.concat([gifFile(5, 5, [], { palette: PALETTE }).subarray(0, -1), tail])),
  )
  fc.assert(
    fc.property(bytes, file => {
      for (const decode of [decodeGif, (...args: Parameters<typeof gifFrames>) => [...gifFrames(...args)]]) {
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
