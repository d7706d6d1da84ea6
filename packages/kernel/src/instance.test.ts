import { beforeAll, describe, expect, test } from 'vitest'
import { kernelModule } from '../test/kernel-module.js'
import { largestDifference, toJpeg, waves } from '../test/pictures.js'
import { decodeJpeg } from './formats/jpeg.js'
import { instantiate, kernelMemory } from './instance.js'

const module = kernelModule()
const picture = waves(200, 150)
let file: Uint8Array

beforeAll(async () => {
  file = await toJpeg(picture, { progressive: false })
})

describe('fuel', () => {
  test('is used in proportion to the pixels, and its lack is a code', async () => {
    const spent = async (width: number, height: number) => {
      const kernel = instantiate(module)
      kernel.exports.fuel.value = 1_000_000_000n
      const large = waves(width, height)
      decodeJpeg(kernel, await toJpeg(large, { progressive: false }), large)
      return Number(1_000_000_000n - kernel.exports.fuel.value)
    }
    const small = await spent(256, 256)
    const large = await spent(1024, 1024)
    expect(large / small).toBeGreaterThan(8)
    expect(large / small).toBeLessThan(24)

    const starved = instantiate(module)
    starved.exports.fuel.value = BigInt(Math.floor(small / 4))
    expect(() => decodeJpeg(starved, file, picture)).toThrow(expect.objectContaining({ code: 'out-of-fuel' }))
    expect(starved.exports.fuel.value < 0n).toBe(true)
  })

  test('by default does not run out', () => {
    expect(instantiate(module).exports.fuel.value).toBe(2n ** 63n - 1n)
  })
})

describe('memory', () => {
  test('may be used again once it is zero-filled, whatever its size', () => {
    const memory = kernelMemory()
    const first = decodeJpeg(instantiate(module, memory), file, picture)
    new Uint8Array(memory.buffer).fill(0)
    const second = decodeJpeg(instantiate(module, memory), file, picture)
    expect(largestDifference(first.pixels, second.pixels)).toBe(0)
  })

  test('results are copies', () => {
    const kernel = instantiate(module)
    const { pixels } = decodeJpeg(kernel, file, picture)
    const before = pixels.slice()
    new Uint8Array(kernel.memory.buffer).fill(255)
    expect(largestDifference(pixels, before)).toBe(0)
  })
})

test('an instance is good for one picture', () => {
  const kernel = instantiate(module)
  decodeJpeg(kernel, file, picture)
  expect(() => decodeJpeg(kernel, file, picture)).toThrow(/one picture/)
})
