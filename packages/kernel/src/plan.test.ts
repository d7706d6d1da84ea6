import { describe, expect, test } from 'vitest'
import { chunk, idat, iend, ihdr, pngFile } from '../test/chunks.js'
import { gifFile } from '../test/gif-file.js'
import { kernelModule } from '../test/kernel-module.js'
import { toJpeg, waves } from '../test/pictures.js'
import { decodeGif, gifFrames } from './formats/gif.js'
import { decodeJpeg } from './formats/jpeg.js'
import { decodePng, pngFrames } from './formats/png.js'
import { instantiate, type Kernel } from './instance.js'
import type { Plan } from './plan.js'

const module = kernelModule('debug')
const width = 48
const height = 32

const pixels = Array.from({ length: width * height }, () => 1)
const palette = [
  [1, 2, 3],
  [4, 5, 6],
]
const gif = gifFile(width, height, [{ width, height, indices: pixels }], { palette })
const rows = Array.from({ length: height }, () => Array(width).fill(7))
const actl = chunk('acTL', 0, 0, 0, 1, 0, 0, 0, 0)
const fctl = chunk(
  'fcTL',
  ...[0, 0, 0, 0],
  ...[0, 0, 0, width],
  ...[0, 0, 0, height],
  ...Array(8).fill(0),
  0,
  1,
  0,
  1,
  0,
  0,
)
const png = pngFile([ihdr(width, height, 8, 0), idat(rows), iend])
const apng = pngFile([ihdr(width, height, 8, 0), actl, fctl, idat(rows), iend])
const baseline = await toJpeg(waves(width, height), { progressive: false })
const progressive = await toJpeg(waves(width, height), { progressive: true })

const decoders: Record<string, (kernel: Kernel, plan: Plan) => unknown> = {
  'baseline JPEG': (kernel, plan) => decodeJpeg(kernel, baseline, plan),
  'progressive JPEG': (kernel, plan) => decodeJpeg(kernel, progressive, plan),
  PNG: (kernel, plan) => decodePng(kernel, png, plan),
  'animated PNG': (kernel, plan) => [...pngFrames(kernel, apng, plan)],
  GIF: (kernel, plan) => decodeGif(kernel, gif, plan),
  'animated GIF': (kernel, plan) => [...gifFrames(kernel, gif, plan)],
}

describe.each(Object.entries(decoders))('%s', (_name, decode) => {
  /** Fuel that was used, and the code of the refusal. */
  function cost(source: Plan['source'], orientation = 1) {
    const kernel = instantiate(module)
    kernel.exports.fuel.value = 10n ** 9n
    let code = 'ok'
    try {
      decode(kernel, { width: 8, height: 8, orientation, ...(source && { source }) })
    } catch (error) {
      code = (error as { code: string }).code
    }
    return { code, fuel: Number(10n ** 9n - kernel.exports.fuel.value) }
  }

  test('of the promised stored size is decoded, however it is turned', () => {
    for (const orientation of [1, 6]) expect(cost({ width, height }, orientation).code).toBe('ok')
  })

  test('of another size is refused before a pixel is decoded', () => {
    const whole = cost(undefined)
    expect(whole.code).toBe('ok')
    for (const source of [
      { width: height, height: width },
      { width: width + 1, height },
      { width, height: height - 1 },
    ]) {
      const { code, fuel } = cost(source)
      expect(code).toBe('bad-arguments')
      expect(fuel).toBeLessThan(whole.fuel / 4)
    }
  })
})
