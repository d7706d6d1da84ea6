import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { putTogether, segment, takeApart } from '../../test/jpeg-file.js'
import { decode, grey, module, picture, refusal } from '../../test/jpeg-samples.js'
import { instantiate } from '../instance.js'
import { decodeJpeg, type InkTable } from './jpeg.js'

/** Four components, each a scan of the grey picture: what one ink looks like shows what all do. */
function inks(): Uint8Array {
  const { segments, data } = takeApart(grey)
  const frame = segments.find(({ marker }) => marker === 0xc0 || marker === 0xc1)
  if (!frame) throw new Error('no frame header')
  const tables = segments.filter(({ marker }) => marker === 0xdb || marker === 0xc4)
  const ids = [1, 2, 3, 4]
  const header = segment(0xc1, ...frame.body.subarray(0, 5), 4, ...ids.flatMap(id => [id, 0x11, 0]))
  return putTogether(...tables, header, ...ids.flatMap(id => [segment(0xda, 1, id, 0, 0, 63, 0), data]))
}

/** Each ink takes light away from one channel, black from all: a product, for which two nodes are exact. */
function table(nodes: number): InkTable {
  const light = (at: number, axis: number) => 1 - (Math.floor(at / nodes ** (3 - axis)) % nodes) / (nodes - 1)
  const colours = Uint8Array.from({ length: 4 * nodes ** 4 }, (_, at) =>
    at % 4 === 3 ? 0 : Math.round(255 * light(at >> 2, at % 4) * light(at >> 2, 3)),
  )
  return { nodes, colours }
}
const drawn = (given: InkTable, plan = picture) => decodeJpeg(instantiate(module), inks(), plan, given)

test.each([2, 17, 33])('a table of %i nodes gives the colours between them', nodes => {
  const ink = decode(inks(), picture).pixels
  const { pixels, space } = drawn(table(nodes))
  expect(space).toBe('rgb')
  const wanted = (at: number) =>
    at % 4 === 3 ? 255 : ((255 - (ink[at] ?? 0)) * (255 - (ink[at | 3] ?? 0))) / 255
  const most = pixels.reduce((sum, value, at) => Math.max(sum, Math.abs(value - wanted(at))), 0)
  expect(most).toBeLessThanOrEqual(1.2)
})

test('pictures are turned, cropped and reduced behind it', () => {
  const whole = drawn(table(2)).pixels
  const crop = { x: 3, y: 5, width: 40, height: 30 }
  const part = drawn(table(2), { ...picture, width: 40, height: 30, crop } as never).pixels
  for (const [x, y] of [
    [0, 0],
    [39, 29],
    [7, 21],
  ] as const)
    expect([...part.subarray(4 * (40 * y + x), 4 * (40 * y + x) + 4)]).toEqual([
      ...whole.subarray(4 * (picture.width * (y + 5) + x + 3), 4 * (picture.width * (y + 5) + x + 3) + 4),
    ])
  const turned = { width: picture.height, height: picture.width, orientation: 6 }
  expect(drawn(table(2), turned as never).pixels.subarray(0, 4)).toEqual(
    whole.subarray(4 * picture.width * (picture.height - 1), 4 * picture.width * (picture.height - 1) + 4),
  )
})

test('three components take no notice, and a table of another size is refused', () => {
  const file = new Uint8Array(readFileSync(new URL('../../test/arithmetic/huffman.jpg', import.meta.url)))
  const size = { width: 83, height: 61 }
  const with2 = decodeJpeg(instantiate(module), file, size, table(2)).pixels
  expect(Buffer.compare(with2, decode(file, size).pixels)).toBe(0)
  for (const nodes of [1, 34])
    expect(() => drawn({ nodes, colours: new Uint8Array(4 * nodes ** 4) })).toThrow(refusal('bad-arguments'))
  expect(() => drawn({ nodes: 3, colours: new Uint8Array(4) })).toThrow(refusal('bad-arguments'))
})
