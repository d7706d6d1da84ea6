import { inflateSync } from 'node:zlib'
import { type Renderer, UploadError } from '@sluice/core'
import { describe, expect, test } from 'vitest'
import type { Decoder, Encoder, Frames, Picture, Resizer } from '../codec.js'
import { composeRenderer } from '../compose/compose-renderer.js'
import { jsquashRenderer } from '../renderers/jsquash.js'
import { kernelRenderer } from '../renderers/kernel.js'
import { jsquashResizer } from '../resize/jsquash.js'
import { checkRenderer } from './check-renderer.js'
import { makeWebp } from './images/webp.js'

// A codec as a third party would write it: the plainest PNG in, lossless WebP out.
const toyDecoder: Decoder = {
  format: 'png',
  async decode({ bytes, header: { width, height } }) {
    const text = String.fromCharCode(...bytes)
    const rows = inflateSync(bytes.subarray(text.indexOf('IDAT') + 4, text.indexOf('IEND') - 8))
    if (rows.length !== height * (4 * width + 1)) throw new Error('rows are missing')
    const pixels = rows.filter((_, at) => at % (4 * width + 1) !== 0)
    return still({ width, height, pixels })
  },
}
const still = (picture: Picture): Frames => ({
  ...picture,
  upright: false,
  model: 'rgba',
  close() {},
  async *[Symbol.asyncIterator]() {
    yield { ...picture, durationMs: 0 }
  },
})
const toyEncoder: Encoder = {
  format: 'webp',
  async encode(frames) {
    for await (const frame of frames) return makeWebp(frame)
    throw new Error('no frame came')
  },
}
const colour = { prepare: async () => ({ convert: (picture: Picture) => picture, close() {} }) }
const toy = (parts: { decoder?: Decoder; encoder?: Encoder; resizer?: Resizer } = {}) =>
  composeRenderer({
    name: 'toy',
    decoders: [parts.decoder ?? toyDecoder],
    encoders: [parts.encoder ?? toyEncoder],
    resizer: parts.resizer ?? jsquashResizer,
    colour,
  })
const decoding = (change: (frames: Frames, picture: Picture) => Frames): Decoder => ({
  format: 'png',
  async decode(source, options) {
    const frames = await toyDecoder.decode(source, options)
    for await (const frame of frames) return change(frames, frame)
    return frames
  },
})
const nearest: Resizer = {
  async resize(picture, { width, height }) {
    const pixels = new Uint8Array(4 * width * height)
    for (let at = 0; at < pixels.length; at += 4)
      for (let channel = 0; channel < 4; channel++) {
        const x = Math.floor((((at / 4) % width) * picture.width) / width)
        const y = Math.floor((Math.floor(at / 4 / width) * picture.height) / height)
        pixels[at + channel] = picture.pixels[4 * (y * picture.width + x) + channel] ?? 0
      }
    return { width, height, pixels }
  },
}

test('a good renderer of a third party has no problem', async () => {
  expect(await checkRenderer(toy())).toEqual([])
})

test('the renderer of the kernel has no problem', async () => {
  expect(await checkRenderer(kernelRenderer())).toEqual([])
})

test('the renderer of jSquash has no problem', async () => {
  expect(await checkRenderer(jsquashRenderer())).toEqual([])
})

const good = toy()
const straight: Resizer = {
  // Mixes the hidden black of transparent pixels into the seen ones.
  async resize(picture, options) {
    const opaque = picture.pixels.map((value, at) => (at % 4 === 3 ? 255 : value))
    const colours = await jsquashResizer.resize({ ...picture, pixels: opaque }, options)
    const alpha = await jsquashResizer.resize(picture, options)
    return {
      ...colours,
      pixels: colours.pixels.map((value, at) => (at % 4 === 3 ? (alpha.pixels[at] ?? 0) : value)),
    }
  },
}

const mutants: Readonly<Record<string, readonly [Renderer, RegExp]>> = {
  'exchanges red and blue': [
    toy({
      decoder: decoding((_, { pixels, ...size }) =>
        still({
          ...size,
          pixels: pixels.map((_, at) => pixels[at % 4 === 0 ? at + 2 : at % 4 === 2 ? at - 2 : at] ?? 0),
        }),
      ),
    }),
    /^png: colours are off by/,
  ],
  'ignores orientation': [
    {
      ...good,
      render: (image, plan) => good.render({ ...image, header: { ...image.header, orientation: 1 } }, plan),
    },
    /^png with orientation [2-8]/,
  ],
  'fills up what is missing': [
    toy({
      decoder: {
        format: 'png',
        decode: (source, options) =>
          toyDecoder.decode(source, options).catch(() =>
            still({
              width: source.header.width,
              height: source.header.height,
              pixels: new Uint8Array(4 * source.header.width * source.header.height),
            }),
          ),
      },
    }),
    /^png without its last \d+ bytes: it was drawn/,
  ],
  'throws what it likes': [
    {
      ...good,
      render: (image, plan, signal) =>
        good.render(image, plan, signal).catch(() => {
          throw 98488
        }),
    },
    /threw number 98488, not an UploadError/,
  ],
  'blames itself for bad files': [
    {
      ...good,
      render: (image, plan, signal) =>
        good.render(image, plan, signal).catch(thrown => {
          throw new UploadError(thrown.code === 'decode-failed' ? 'internal' : thrown.code)
        }),
    },
    /as if it were our fault/,
  ],
  'stops working after bad files': [wearsOut(good, 50), /^png: after damaged files a good one is refused/],
  'makes another size than planned': [
    toy({
      resizer: {
        resize: (picture, options) =>
          jsquashResizer.resize(picture, { ...options, width: options.width + 1 }),
      },
    }),
    /was planned 7x11, came as/,
  ],
  'loses transparency': [
    toy({ encoder: { ...toyEncoder, encode: frames => toyEncoder.encode(opaque(frames), {} as never) } }),
    /transparency is lost/,
  ],
  'mixes hidden colours in': [toy({ resizer: straight }), /a dark edge/],
  'picks pixels': [toy({ resizer: nearest }), /shrinks by picking pixels/],
  'does not look at the signal': [
    { ...good, render: (image, plan) => good.render(image, plan) },
    /^a signal that is aborted: it was drawn/,
  ],
  prints: [
    {
      ...good,
      render: (image, plan, signal) => {
        console.warn('premature end')
        return good.render(image, plan, signal)
      },
    },
    /^printed "premature end"/,
  ],
  'leaves a global behind': [
    {
      ...good,
      render: (image, plan, signal) => {
        Object.assign(globalThis, { Module: {} })
        return good.render(image, plan, signal)
      },
    },
    /^globalThis.Module was changed/,
  ],
  'reads nothing': [{ ...good, reads: [] }, /^reads none of/],
}

describe('a renderer that', () => {
  test.each(Object.keys(mutants))('%s is found out', async name => {
    const [renderer, problem] = mutants[name] ?? [good, /never/]
    const problems = await checkRenderer(renderer)
    Reflect.deleteProperty(globalThis, 'Module')
    expect(problems.filter(text => problem.test(text))).not.toEqual([])
  })
})

function wearsOut(renderer: Renderer, failures: number): Renderer {
  let left = failures
  return {
    ...renderer,
    async render(image, plan, signal) {
      if (left <= 0) throw new UploadError('decode-failed')
      try {
        return await renderer.render(image, plan, signal)
      } catch (thrown) {
        left -= 1
        throw thrown
      }
    },
  }
}

async function* opaque(frames: AsyncIterable<Picture & { durationMs: number }>) {
  for await (const frame of frames)
    yield { ...frame, pixels: frame.pixels.map((value, at) => (at % 4 === 3 ? 255 : value)) }
}
