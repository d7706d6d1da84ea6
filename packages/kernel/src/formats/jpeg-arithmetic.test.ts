import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { putTogether, segment, takeApart } from '../../test/jpeg-file.js'
import { decode, module, refusal } from '../../test/jpeg-samples.js'
import { instantiate } from '../instance.js'
import { decodeJpeg } from './jpeg.js'

/* The samples hold the same coefficients; test/arithmetic/make.mjs makes them. All in the debug build. */

const sample = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../test/arithmetic/${name}.jpg`, import.meta.url)))
const huffman = sample('huffman')
const size = { width: 83, height: 61 }
const whole = decode(huffman, size).pixels
const same = (file: Uint8Array, plan = size) => Buffer.compare(decode(file, plan).pixels, whole) === 0

describe.each(['sequential', 'progressive', 'restarts'])('arithmetic coding, %s', name => {
  const file = sample(name)
  const { segments, data } = takeApart(file)

  test('gives the pixels that Huffman coding gives, at every scale', () => {
    expect(same(file)).toBe(true)
    for (const divisor of [2, 3, 5, 8]) {
      const plan = { width: Math.ceil(83 / divisor), height: Math.ceil(61 / divisor), minOversampling: 1 }
      expect(Buffer.compare(decode(file, plan).pixels, decode(huffman, plan).pixels), `${divisor}`).toBe(0)
    }
  })

  test('a file that is cut off is refused, with zeros behind it or none', () => {
    for (let length = 0; length < file.length - 2; length += length < 400 ? 7 : 31)
      expect(() => decode(file.subarray(0, length), size), `${length}`).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^(truncated|corrupt)$/) }),
      )
    const filled = Uint8Array.from([...file.subarray(0, -40), ...new Uint8Array(5000)])
    expect(() => decode(filled, size)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(truncated|corrupt)$/) }),
    )
  })

  test('what stands behind a whole picture in place of EOI is no loss', () => {
    const trailer = Array.from({ length: 300 }, (_, at) => (at * 37 + 11) & 127)
    if (name !== 'progressive')
      expect(same(Uint8Array.from([...file.subarray(0, -2), ...trailer]))).toBe(true)
    expect(same(Uint8Array.from([...file.subarray(0, -2), 0xff, 0xfe, 0, 9, 1]))).toBe(true)
  })

  test('zeros that an encoder left out at the end of its data are supplied', () => {
    const left = Uint8Array.from([...file.subarray(0, -8), 0xff, 0xd9])
    expect(decode(left, size).pixels.length).toBe(4 * 83 * 61)
  })

  test('conditioning: the values that hold without DAC may be said, others mean other pixels', () => {
    const last = segments.length - 1
    const withDac = (...body: number[]) =>
      putTogether(...segments.slice(0, last), segment(0xcc, ...body), ...segments.slice(last), data)
    expect(same(withDac(0, 0x10, 1, 0x10, 0x10, 5, 0x11, 5))).toBe(true)
    for (const body of [[0], [0x20, 5], [4, 0x10], [0, 0x01], [0x10, 0], [0x10, 64]])
      expect(() => decode(withDac(...body), size), body.join()).toThrow(refusal('corrupt'))
    const others = () => same(withDac(0, 0x32, 0x10, 20))
    try {
      expect(others()).toBe(false)
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: expect.stringMatching(/^(truncated|corrupt)$/) })
    }
  })

  test('is paid for: no fuel, no picture', () => {
    const kernel = instantiate(module)
    kernel.exports.fuel.value = 40_000n
    expect(() => decodeJpeg(kernel, file, size)).toThrow(refusal('out-of-fuel'))
  })

  test('bytes that were changed end in pixels or in a code', () => {
    let seed = 1
    for (let round = 0; round < 120; round++) {
      const changed = file.slice()
      for (let change = 0; change < 3; change++) {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
        changed[2 + ((seed >>> 8) % (file.length - 2))] = seed & 255
      }
      try {
        expect(decode(changed, size).pixels.length).toBe(4 * 83 * 61)
      } catch (thrown) {
        expect(thrown, `${round}`).toMatchObject({ name: 'KernelError' })
      }
    }
  })
})
