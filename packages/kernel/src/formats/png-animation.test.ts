import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { be32, type Chunk, idat, iend, ihdr, pngFile, zlibOf } from '../../test/chunks.js'
import { kernelModule } from '../../test/kernel-module.js'
import { instantiate } from '../instance.js'
import { decodePng, pngFrames } from './png.js'

const module = kernelModule('debug')

describe('animation', () => {
  const fctl = (n: number, rect: number[], dispose: number, blend: number, delay = [1, 10]): Chunk => ({
    type: 'fcTL',
    data: Buffer.concat([
      be32(n, ...rect),
      Buffer.from([(delay[0] ?? 0) >> 8, delay[0] ?? 0, (delay[1] ?? 0) >> 8, delay[1] ?? 0, dispose, blend]),
    ]),
  })
  const fdat = (n: number, row: number[]): Chunk => ({
    type: 'fdAT',
    data: Buffer.concat([be32(n), zlibOf([row])]),
  })
  const actl = (frames: number, plays: number): Chunk => ({ type: 'acTL', data: be32(frames, plays) })
  const red = [255, 0, 0, 255]
  const blue = [0, 0, 255, 255]
  const clear = [0, 0, 0, 0]
  const whole = [2, 1, 0, 0]
  const right = [1, 1, 1, 0]
  const head = [ihdr(2, 1, 8, 6), actl(2, 3), fctl(0, whole, 0, 0), idat([[...red, ...red]])]

  function frames(chunks: readonly Chunk[]) {
    const animation = pngFrames(instantiate(module), pngFile([...chunks, iend]), { width: 2, height: 1 })
    return { ...animation, frames: [...animation].map(f => ({ ...f, pixels: [...f.pixels] })) }
  }

  test.each([
    ['none', 0, [...red, ...blue], [...red, ...blue]],
    ['background', 1, [...red, ...blue], [...red, ...clear]],
    ['previous', 2, [...red, ...blue], [...red, ...red]],
  ])('dispose_op %s', (_, dispose, second, third) => {
    const chunks = [
      ...head.map(c => (c.type === 'acTL' ? actl(3, 0) : c)),
      ...[fctl(1, right, dispose, 0), fdat(2, blue)],
      ...[fctl(3, right, 0, 1), fdat(4, clear)],
    ]
    expect(frames(chunks).frames.map(f => f.pixels)).toEqual([[...red, ...red], second, third])
  })

  test('blend_op over mixes straight alpha', () => {
    const { frames: drawn } = frames([...head, fctl(1, right, 0, 1), fdat(2, [0, 0, 255, 128])])
    expect(drawn[1]?.pixels).toEqual([...red, 127, 0, 128, 255])
  })

  test('delays and number of plays; a denominator of 0 means 100', () => {
    const {
      frames: drawn,
      plays,
      frameCount,
    } = frames([...head, fctl(1, right, 0, 0, [7, 0]), fdat(2, blue)])
    expect([plays, frameCount, ...drawn.map(f => f.delayMs)]).toEqual([3, 2, 100, 70])
  })

  test('a default image without fcTL is not a frame', () => {
    const hidden = [
      ihdr(2, 1, 8, 6),
      actl(1, 0),
      idat([[...red, ...red]]),
      fctl(0, whole, 0, 0),
      fdat(1, [...blue, ...blue]),
    ]
    const { frames: drawn, defaultImageIsHidden } = frames(hidden)
    expect(drawn.map(f => f.pixels)).toEqual([[...blue, ...blue]])
    expect(defaultImageIsHidden).toBe(true)
    const still = decodePng(instantiate(module), pngFile(hidden), { width: 2, height: 1 })
    expect([...still.pixels]).toEqual([...red, ...red])
  })

  test('a still picture is one frame', () => {
    const { frames: drawn, frameCount, plays } = frames([ihdr(2, 1, 8, 6), idat([[...red, ...blue]])])
    expect(drawn).toEqual([{ pixels: [...red, ...blue], delayMs: 0 }])
    expect([frameCount, plays]).toEqual([1, 1])
  })

  test('frames of different sizes, interlaced, in little memory', () => {
    const interlaced = [
      ihdr(2, 1, 8, 6, 1),
      actl(2, 0),
      fctl(0, whole, 0, 0),
      { type: 'IDAT', data: deflateSync(Buffer.from([0, ...red, 0, ...blue])) },
    ]
    const { frames: drawn } = frames([...interlaced, fctl(1, right, 0, 0), fdat(2, red)])
    expect(drawn.map(f => f.pixels)).toEqual([
      [...red, ...blue],
      [...red, ...red],
    ])
  })

  test.each<[string, readonly Chunk[], string]>([
    [
      'a rectangle outside the picture',
      [...head, fctl(1, [2, 1, 1, 0], 0, 0), fdat(2, [...red, ...red])],
      'corrupt',
    ],
    [
      'a first frame that is not the whole picture',
      [ihdr(2, 1, 8, 6), actl(1, 0), fctl(0, right, 0, 0), idat([red, red])],
      'corrupt',
    ],
    ['an empty rectangle', [...head, fctl(1, [0, 1, 0, 0], 0, 0), fdat(2, [])], 'corrupt'],
    ['sequence numbers out of order', [...head, fctl(2, right, 0, 0), fdat(1, blue)], 'corrupt'],
    ['an unknown dispose_op', [...head, fctl(1, right, 3, 0), fdat(2, blue)], 'corrupt'],
    ['an unknown blend_op', [...head, fctl(1, right, 0, 2), fdat(2, blue)], 'corrupt'],
    ['fewer frames than announced', head, 'truncated'],
    ['a frame without data', [...head, fctl(1, right, 0, 0)], 'truncated'],
    ['too little data', [...head, fctl(1, whole, 0, 0), fdat(2, blue)], 'truncated'],
  ])('%s is refused', (_, chunks, code) => {
    expect(() => frames(chunks)).toThrow(expect.objectContaining({ code }))
  })
})
