import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Case } from '@sluice/testkit/corpus'
import { expect, test } from 'vitest'
import type { KindId, KindRow, SizeId } from '../types.js'
import { chooseFiles, kindOf, kinds, sizeOf } from './cells.mjs'
import { nothingKept, readKept, writeKept } from './kept.mjs'
import { geometricMean, meansOf } from './means.mjs'

const made = (sha256: string, rest: Partial<Case> = {}): Case => ({
  file: `made/${sha256}`,
  group: 'made',
  bytes: 1,
  sha256,
  features: '',
  expect: 'accept',
  detected: 'JPEG',
  in_size: [1000, 1000],
  frames: 1,
  ...rest,
})

test.each<[KindId | 'png' | undefined, Partial<Case>]>([
  ['jpeg', { features: 'SOF0 8bit 3comp scans1', icc_shift: 8 }],
  ['jpeg', { detected: 'MPO', frames: 2 }],
  ['jpeg-colour', { icc_shift: 9 }],
  // Decoders do not agree on the colours of CMYK, and draw it.
  ['jpeg-colour', { expect: 'skip', features: 'adobe2 SOF0 8bit 4comp scans1' }],
  [undefined, { expect: 'reject', features: 'SOF0 8bit 4comp scans1' }],
  [undefined, { expect: 'skip', features: 'SOF0 8bit 3comp scans1' }],
  ['png', { detected: 'PNG' }],
  [undefined, { detected: 'PNG', frames: 2 }],
  ['gif', { detected: 'GIF' }],
  ['gif-animated', { detected: 'GIF', frames: 2 }],
  ['webp-lossy', { detected: 'WEBP', features: 'VP8X ALPH VP8' }],
  ['webp-lossless', { detected: 'WEBP', features: 'VP8X ICCP VP8L' }],
  ['webp-animated', { detected: 'WEBP', features: 'VP8X ANIM ANMF', frames: 3 }],
])('the kind is %s of %o', (kind, entry) => {
  expect(kindOf(made('0', entry))).toBe(kind)
})

test.each<[number, number, SizeId]>([
  [200, 199, 'tiny'],
  [200, 200, 'small'],
  [1000, 499, 'small'],
  [1000, 500, 'medium'],
  [2000, 1999, 'medium'],
  [2000, 2000, 'large'],
])('%d x %d is %s', (width, height, size) => {
  expect(sizeOf(width, height)).toBe(size)
})

const black = '00'.repeat(256)
const white = 'ff'.repeat(256)
const nobody = () => Promise.reject(new Error('asked'))

test('of each cell the lowest hashes are chosen, whatever the order of the corpus', async () => {
  const entries = ['c', 'a', 'd', 'b'].map(hash => made(hash))
  for (const order of [entries, [...entries].reverse()]) {
    const chosen = await chooseFiles(order, { perCell: 3, isPhotograph: nobody })
    expect(chosen.map(({ entry, kind, size }) => [entry.sha256, kind, size])).toEqual([
      ['a', 'jpeg', 'medium'],
      ['b', 'jpeg', 'medium'],
      ['c', 'jpeg', 'medium'],
    ])
  }
})

test('a scene is chosen once a cell', async () => {
  const entries = [
    made('a', { thumb8: white }),
    made('b', { thumb8: white }),
    made('c', { thumb8: black }),
    made('d', { thumb8: white, in_size: [100, 100] }),
  ]
  const chosen = await chooseFiles(entries, { perCell: 3, isPhotograph: nobody })
  expect(chosen.map(({ entry }) => entry.sha256)).toEqual(['d', 'a', 'c'])
})

test('PNGs are told apart by their pixels, which are looked at only while a cell has room', async () => {
  const asked: string[] = []
  const isPhotograph = async ({ sha256 }: Case) => {
    asked.push(sha256)
    return sha256 < 'c'
  }
  const entries = ['a', 'b', 'c', 'd', 'e'].map(hash => made(hash, { detected: 'PNG' }))
  const chosen = await chooseFiles(entries, { perCell: 1, isPhotograph })
  expect(chosen.map(({ entry, kind }) => [entry.sha256, kind])).toEqual([
    ['a', 'png-photo'],
    ['c', 'png-graphic'],
  ])
  expect(asked).toEqual(['a', 'b', 'c'])
})

test('every kind has another name', () => {
  expect(new Set(kinds.map(({ title }) => title)).size).toBe(9)
})

const row = (kind: KindId, size: SizeId, time: number): KindRow => ({
  file: `${kind} ${size} ${time}`,
  kind,
  size,
  rounds: 3,
  of: {},
  ratio: {
    sharp: { time, processor: time * 2 },
    'sharp-default': { time: time * 4, processor: time * 8 },
  },
})

test('twice as fast and twice as slow come to 1', () => {
  expect(geometricMean([0.5, 2])).toBeCloseTo(1, 12)
  expect(geometricMean([0.25])).toBeCloseTo(0.25, 12)
})

test('means are of every file once, and a cell without files has none', () => {
  const means = meansOf([
    row('jpeg', 'large', 0.5),
    row('jpeg', 'large', 0.5),
    row('jpeg', 'tiny', 4),
    row('gif', 'tiny', 1),
  ])
  expect(means.cells.map(({ kind, size, files }) => [kind, size, files])).toEqual([
    ['jpeg', 'tiny', 1],
    ['jpeg', 'large', 2],
    ['gif', 'tiny', 1],
  ])
  const [, large] = means.cells
  expect(large?.time.sharp).toBeCloseTo(0.5, 12)
  expect(large?.time['sharp-default']).toBeCloseTo(2, 12)
  expect(large?.processor.sharp).toBeCloseTo(1, 12)
  expect(large?.processor['sharp-default']).toBeCloseTo(4, 12)
  expect(means.kinds.map(({ kind, files }) => [kind, files])).toEqual([
    ['jpeg', 3],
    ['gif', 1],
  ])
  expect(means.kinds[0]?.time.sharp).toBeCloseTo(1, 12)
  expect(means.sizes.map(({ size, files }) => [size, files])).toEqual([
    ['tiny', 2],
    ['large', 2],
  ])
  expect(means.sizes[0]?.time.sharp).toBeCloseTo(2, 12)
  expect(means.all?.files).toBe(4)
  expect(means.all?.time.sharp).toBeCloseTo(1, 12)
  // A tiny JPEG is no photograph, nor is a GIF.
  expect(means.photographs?.files).toBe(2)
  expect(meansOf([]).all).toBeUndefined()
})

test('a run that was cut off goes on, unless anything else is measured', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-kinds-'))
  try {
    const path = pathToFileURL(join(folder, 'cache', 'kinds.json'))
    const key = { machine: 'one', files: ['a', 'b'] }
    expect(await readKept(key, path)).toEqual(nothingKept())
    const kept = { files: [row('jpeg', 'tiny', 2)], refused: [], seconds: 3 }
    await writeKept(key, kept, path)
    expect(await readKept({ ...key }, path)).toEqual(kept)
    expect(await readKept({ ...key, files: ['a'] }, path)).toEqual(nothingKept())
  } finally {
    await rm(folder, { recursive: true })
  }
})
