import { readdirSync, readFileSync } from 'node:fs'
import { uprightSize } from '@sluice/core'
import { expect, test } from 'vitest'
import { ImageBudget } from '../budget.js'
import type { Decoder } from '../codec.js'
import { prepare } from '../testing/exam.js'
import { decoderBytes } from './decoder-bytes.js'
import { gifDecoder } from './gif/decoder.js'
import { jpegDecoder } from './jpeg/kernel.js'
import { pngDecoder } from './png/kernel.js'
import { webpDecoder } from './webp/kernel.js'

const files = new URL('../../../../fixtures/files/', import.meta.url)
const fixtures = ['photos', 'orientation', 'png', 'gif', 'webp'].flatMap(folder =>
  readdirSync(new URL(folder, files)).map(name => `${folder}/${name}`),
)
const decoders: Readonly<Record<string, Decoder>> = {
  jpeg: jpegDecoder,
  png: pngDecoder,
  gif: gifDecoder,
  webp: webpDecoder,
}

test('there are fixtures', () => expect(fixtures.length).toBeGreaterThan(25))

test.each(fixtures)('what decoding takes is known before, but for a MiB: %s', async name => {
  const [source] = await prepare(new Uint8Array(readFileSync(new URL(name, files))))
  const target = uprightSize(source.header)
  const budget = new ImageBudget({ timeMs: 60_000, headroom: 3, memoryMb: 256 })
  let taken = 0
  const reserve = budget.memory.reserve.bind(budget.memory)
  budget.memory.reserve = holding => {
    const release = reserve(holding)
    return () => {
      taken = Math.max(taken, holding.bytes)
      release()
    }
  }
  const frames = await decoders[source.format]?.decode(source, { budget, target, animated: true })
  for await (const _ of frames ?? []);
  frames?.close()
  expect(Math.abs(taken - decoderBytes(source, target))).toBeLessThan(2 ** 20)
})
