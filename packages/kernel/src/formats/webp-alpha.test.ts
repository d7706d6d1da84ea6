import { expect, test } from 'vitest'
import { kernelModule } from '../../test/kernel-module.js'
import { chunk, pack, plain, solidGroup, vp8x, webpFile } from '../../test/webp-file.js'
import { KernelError } from '../errors.js'
import { instantiate } from '../instance.js'
import { decodeWebp } from './webp.js'

const module = kernelModule('debug')
/** Five pixels by three of one grey, by cwebp: a key frame in 24 bytes. */
const [WIDTH, HEIGHT, GREY] = [5, 3, 0x5f]
const frame = [...Buffer.from('300100' + '9d012a05000300' + '0280' + '4225a400037000feeb840000', 'hex')]
const PARTITION_START = 10

const decode = (file: Uint8Array) =>
  decodeWebp(instantiate(module), file, { width: WIDTH, height: HEIGHT }).pixels

function codeOf(file: Uint8Array): string {
  try {
    decode(file)
  } catch (error) {
    if (error instanceof KernelError) return error.code
    throw error
  }
  return 'ok'
}

const withAlpha = (alph: readonly number[]) =>
  webpFile(vp8x(WIDTH, HEIGHT, { alpha: true }), chunk('ALPH', alph), chunk('VP8 ', frame))
const alphaOf = (alph: readonly number[]) => [...decode(withAlpha(alph)).filter((_, i) => i % 4 === 3)]

test('a lossy picture is opaque', () => {
  const expected = Array.from({ length: WIDTH * HEIGHT }, () => [GREY, GREY, GREY, 255]).flat()
  expect([...decode(webpFile(chunk('VP8 ', frame)))]).toEqual(expected)
})

test('its alpha may be filtered in four ways', () => {
  const plane = Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i * i * 7 + (i % WIDTH) * 90) & 255)
  const at = (x: number, y: number) => plane[y * WIDTH + x] ?? 0
  const clamp = (v: number) => Math.max(0, Math.min(255, v))
  /** RFC 9649, 2.7.1.2: what a pixel is predicted to be; above the first row and to the left of the first pixel. */
  const predictors = [
    () => 0,
    (x: number, y: number) => at(x - 1, y),
    (x: number, y: number) => at(x, y - 1),
    (x: number, y: number) => clamp(at(x - 1, y) + at(x, y - 1) - at(x - 1, y - 1)),
  ]
  predictors.forEach((predict, filter) => {
    const coded = plane.map((value, i) => {
      const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)]
      const edge = filter === 0 || (x === 0 && y === 0) ? 0 : y === 0 ? at(x - 1, 0) : at(0, y - 1)
      return (value - (x === 0 || y === 0 ? edge : predict(x, y))) & 255
    })
    expect(alphaOf([filter << 2, ...coded]), `filter ${filter}`).toEqual(plane)
  })
})

test('its alpha may be compressed: the green of a lossless picture', () => {
  const stream = pack([...plain, ...solidGroup([0, 77, 0, 0])])
  expect(alphaOf([1, ...stream])).toEqual(new Array(WIDTH * HEIGHT).fill(77))
})

test('alpha of an unknown kind, or not all of it, is refused', () => {
  const plane = new Array<number>(WIDTH * HEIGHT).fill(9)
  expect(codeOf(withAlpha([0x10, ...plane]))).toBe('ok') // levels were reduced: a hint
  expect(codeOf(withAlpha([2, ...plane]))).toBe('corrupt')
  expect(codeOf(withAlpha([0x20, ...plane]))).toBe('corrupt')
  expect(codeOf(withAlpha([0, ...plane.slice(1)]))).toBe('truncated')
  expect(codeOf(withAlpha([1]))).toBe('truncated')
  expect(codeOf(withAlpha([]))).toBe('truncated')
})

test('a lossy frame is a whole key frame', () => {
  const changed = (at: number, byte: number) => webpFile(chunk('VP8 ', frame.with(at, byte)))
  const [TAG, START_CODE] = [0, 3]
  const tag = frame[TAG] ?? 0
  expect(codeOf(changed(TAG, tag | 1))).toBe('corrupt') // a difference from another frame
  expect(codeOf(changed(TAG, tag & ~0x10))).toBe('corrupt') // not shown
  expect(codeOf(changed(TAG, tag | 0x08))).toBe('corrupt') // a profile that there is not
  expect(codeOf(changed(START_CODE, 0))).toBe('corrupt')
  expect(codeOf(changed(TAG + 1, 0xff))).toBe('truncated') // a longer first partition
  expect(codeOf(changed(PARTITION_START, 0xff))).toBe('corrupt') // what no coder writes
  const cut = [12, 14, 18].map(end => codeOf(webpFile(chunk('VP8 ', frame.slice(0, end)))))
  expect(cut).toEqual(['truncated', 'truncated', 'truncated'])
})
