import { expect, test } from 'vitest'
import { kernelModule } from '../../test/kernel-module.js'
import { anim, anmf, chunk, type FrameFields, solid, vp8x, webpFile } from '../../test/webp-file.js'
import { KernelError } from '../errors.js'
import { instantiate } from '../instance.js'
import { decodeWebp, webpFrames } from './webp.js'

const module = kernelModule('debug')
const R = [255, 0, 0, 255]
const B = [0, 0, 255, 255]
const NONE = [0, 0, 0, 0]
const HALF = [0, 0, 255, 128]

type Frame = FrameFields & { readonly colour: readonly number[] }

const drawn = ({ colour, ...fields }: Frame) => anmf(fields, solid(fields.width, fields.height, colour))
const file = (width: number, height: number, ...chunks: number[][]) =>
  webpFile(vp8x(width, height, { animated: true, alpha: true }), ...chunks)

/** All frames of an animation four pixels wide and one high. */
function frames(...list: Frame[]): number[][] {
  const animation = webpFrames(instantiate(module), file(4, 1, anim(0), ...list.map(drawn)), {
    width: 4,
    height: 1,
  })
  return [...animation].map(({ pixels }) => [...pixels])
}

function codeOf(bytes: Uint8Array): string {
  try {
    for (const _ of webpFrames(instantiate(module), bytes, { width: 4, height: 1 }));
  } catch (error) {
    if (error instanceof KernelError) return error.code
    throw error
  }
  return 'ok'
}

test('frames are drawn where they say, on what the last one left', () => {
  const first = { width: 2, height: 1, colour: R }
  expect(frames(first, { x: 2, width: 1, height: 1, colour: B })).toEqual([
    [...R, ...R, ...NONE, ...NONE],
    [...R, ...R, ...B, ...NONE],
  ])
  expect(frames({ ...first, dispose: true }, { x: 2, width: 1, height: 1, colour: B })[1]).toEqual([
    ...NONE,
    ...NONE,
    ...B,
    ...NONE,
  ])
})

test('a translucent frame is blended, or takes the place of what is below', () => {
  const below = { width: 4, height: 1, colour: R }
  const above = { width: 2, height: 1, colour: HALF }
  expect(frames(below, above)[1]).toEqual([...[127, 0, 128, 255], ...[127, 0, 128, 255], ...R, ...R])
  expect(frames(below, { ...above, blend: false })[1]).toEqual([...HALF, ...HALF, ...R, ...R])
})

test('delays are milliseconds, and plays those of the file', () => {
  const list = [0, 40, 16_777_215].map(delay => drawn({ width: 4, height: 1, colour: R, delay }))
  const animation = webpFrames(instantiate(module), file(4, 1, anim(3), ...list), { width: 4, height: 1 })
  expect([animation.frameCount, animation.plays]).toEqual([3, 3])
  expect([...animation].map(({ delayMs }) => delayMs)).toEqual([0, 40, 16_777_215])
})

test('a still file is an animation of one frame', () => {
  const animation = webpFrames(instantiate(module), webpFile(solid(4, 1, R)), { width: 4, height: 1 })
  expect([animation.frameCount, animation.plays]).toEqual([1, 1])
  expect([...animation]).toEqual([{ pixels: Uint8Array.from([...R, ...R, ...R, ...R]), delayMs: 0 }])
})

test('the picture of an animation is its first frame', () => {
  const list = [drawn({ x: 2, width: 1, height: 1, colour: B }), drawn({ width: 4, height: 1, colour: R })]
  const { pixels } = decodeWebp(instantiate(module), file(4, 1, ...list), { width: 4, height: 1 })
  expect([...pixels]).toEqual([...NONE, ...NONE, ...B, ...NONE])
})

test('frames must be whole, on the canvas and of their own size', () => {
  const frame = { width: 2, height: 1, colour: R }
  expect(codeOf(file(4, 1, anim(0), chunk('XYZW', [1]), drawn({ ...frame, x: 2 })))).toBe('ok')
  expect(codeOf(file(4, 1, anim(0)))).toBe('truncated')
  expect(codeOf(file(4, 1, drawn({ ...frame, x: 4 })))).toBe('corrupt')
  expect(codeOf(file(4, 1, drawn({ ...frame, height: 2 })))).toBe('corrupt')
  expect(codeOf(file(4, 1, anmf({ width: 2, height: 1 }, solid(1, 1, R))))).toBe('corrupt')
  expect(codeOf(file(4, 1, anmf({ width: 2, height: 1 })))).toBe('truncated')
  expect(codeOf(file(4, 1, chunk('ANMF', [0, 0, 0])))).toBe('truncated')
})
