import { definePolicy, type Header, type Probed, planRendering } from '@sluice/core'
import { dropSpare, zeros } from '@sluice/sandbox'
import { afterEach, expect, test } from 'vitest'
import type { Decoder, Encoder, Frame } from '../codec.js'
import { composeRenderer } from './compose-renderer.js'

/* What becomes of the buffers of frames: large enough to be used again. */

const [width, height] = [300, 300]
const count = 6
const header = {
  ...{ format: 'png', width, height, orientation: 1, frames: count, plays: 1, alpha: true },
  ...{ totalPixels: count * width * height, iccBytes: 0, icc: [] as Header['icc'] },
} as Header

afterEach(dropSpare)

/** Every frame is full of its own number. */
async function draw(lasting: boolean) {
  /** Of a decoder that draws on one canvas. */
  const own = zeros(4 * width * height)
  const decoder: Decoder = {
    format: 'png',
    decode: async () => ({
      ...{ width, height, upright: true, model: 'srgb', lasting, close() {} },
      async *[Symbol.asyncIterator](): AsyncGenerator<Frame> {
        for (let i = 0; i < count; i++) {
          const pixels = (lasting ? zeros(4 * width * height) : own).fill(i)
          yield { width, height, pixels, durationMs: 10 }
        }
      },
    }),
  }
  /** At each frame, what the encoder still sees of those before it, and of itself; a still's first pixel, late. */
  const seen: (number | undefined)[][] = []
  const encoder: Encoder = {
    format: 'webp',
    async encode(frames, options) {
      const given: Uint8Array[] = []
      for await (const { pixels } of frames) {
        given.push(pixels)
        if (options.frames > 1) seen.push(given.map(each => each[0]))
      }
      return Uint8Array.of(given.at(-1)?.[0] ?? 255)
    },
  }
  const colour = {
    prepare: async () => ({ convert: (one: Frame) => one, changesNothing: true, close() {} }),
  }
  const resizer = { resize: async () => expect.fail('nothing is resized') }
  const plan = planRendering(header, definePolicy({ variants: { poster: { maxWidth: width } } }))
  const outputs = plan.outputs.map(output => ({ ...output, animated: output.name === 'main' }))
  const image = { bytes: new Uint8Array(1), format: 'png', header } as Probed
  const parts = { name: 'test', decoders: [decoder], encoders: [encoder], resizer, colour }
  const { renditions } = await composeRenderer(parts as never).render(image, { ...plan, outputs })
  return { seen, poster: renditions[1]?.bytes[0] }
}

const gone = undefined

test.each([true, false])('an encoder sees a frame and two before it: lasting %j', async lasting => {
  const { seen } = await draw(lasting)
  expect(seen).toEqual([
    [0],
    [0, 1],
    // A still keeps the decoder's own, if it is drawn from that.
    [0, 1, 2],
    [lasting ? 0 : gone, 1, 2, 3],
    [lasting ? 0 : gone, gone, 2, 3, 4],
    [lasting ? 0 : gone, gone, gone, 3, 4, 5],
  ])
})

test('a still that is drawn beside an animation keeps its picture to the end', async () => {
  expect((await draw(true)).poster).toBe(0)
  expect((await draw(false)).poster).toBe(0)
})
