import { constants, deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kernelModule } from '../test/kernel-module.js'
import { inflate } from './inflate.js'
import { instantiate, kernelMemory } from './instance.js'

const module = kernelModule('debug')
const run = (stream: Uint8Array, most = 2 ** 22) => Buffer.from(inflate(instantiate(module), stream, most))
const code = (expected: string) => expect.objectContaining({ code: expected })

const content = fc.oneof(
  fc.uint8Array({ maxLength: 4000 }),
  fc
    .array(fc.constantFrom('rTRC', 'curv', '\0\0\0\0'), { maxLength: 2000 })
    .map(words => Buffer.from(words.join(''))),
)
const stream = fc
  .record({
    content,
    level: fc.integer({ min: 0, max: 9 }),
    strategy: fc.constantFrom(
      constants.Z_DEFAULT_STRATEGY,
      constants.Z_FIXED,
      constants.Z_HUFFMAN_ONLY,
      constants.Z_RLE,
    ),
  })
  .map(({ content: bytes, ...options }) => ({
    bytes: Buffer.from(bytes),
    packed: deflateSync(bytes, options),
  }))

test('what was deflated comes out, whatever follows it', () => {
  fc.assert(
    fc.property(stream, fc.uint8Array({ maxLength: 9 }), ({ bytes, packed }, rest) => {
      expect(run(Buffer.concat([packed, rest]))).toEqual(bytes)
    }),
  )
})

test('as many bytes as were asked for are given, one more is too long', () => {
  fc.assert(
    fc.property(stream, ({ bytes, packed }) => {
      expect(run(packed, bytes.length)).toEqual(bytes)
      if (bytes.length > 0) expect(() => run(packed, bytes.length - 1)).toThrow(code('too-long'))
    }),
  )
})

test('a stream that is cut off anywhere is refused', () => {
  fc.assert(
    fc.property(
      stream,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      ({ packed }, share) => {
        expect(() => run(packed.subarray(0, Math.floor(share * packed.length)))).toThrow()
      },
    ),
  )
})

test('a damaged stream gives what zlib gives, or nothing', () => {
  fc.assert(
    fc.property(stream, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ packed }, place, change) => {
      const damaged = Buffer.from(packed)
      damaged[place % damaged.length] = (damaged[place % damaged.length] ?? 0) ^ change
      expect(attempt(() => run(damaged))).toEqual(attempt(() => inflateSync(damaged)))
    }),
    { numRuns: 1000 },
  )
})

/** What it gives, or that it failed. */
function attempt(work: () => Buffer) {
  try {
    return work()
  } catch {
    return 'refused'
  }
}

test('a bomb costs the memory that was asked for, and no more', () => {
  const bomb = deflateSync(Buffer.alloc(20 * 2 ** 20))
  const kernel = instantiate(module, kernelMemory(6 * 2 ** 20))
  expect(() => inflate(kernel, bomb, 2 ** 22)).toThrow(code('too-long'))
  expect(kernel.memory.buffer.byteLength).toBeLessThan(6 * 2 ** 20)
  // Where little comes out, little is taken.
  const small = instantiate(module)
  inflate(small, deflateSync(Buffer.from('profile')), 2 ** 22)
  expect(small.memory.buffer.byteLength).toBeLessThan(1.5 * 2 ** 20)
})

test('blocks without anything in them are paid for too', () => {
  // Stored, of no bytes: three bits, then the length and its complement from the next byte on.
  const block = [0, 0, 0, 0xff, 0xff]
  const blocks = Buffer.from([0x78, 1, ...Array.from({ length: 10_000 }, () => block).flat()])
  const kernel = instantiate(module)
  kernel.exports.fuel.value = 5000n
  expect(() => inflate(kernel, blocks, 2 ** 22)).toThrow(code('out-of-fuel'))
})
