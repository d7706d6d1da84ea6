import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kernelRenderer } from '@sluice/codecs'
import { png } from '@sluice/codecs/png'
import { definePolicy, readHeader, sanitize } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { memoryStore } from '@sluice/stores'
import { findCases } from '@sluice/testkit/find-corpus'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { ascii, BitWriter, be16 } from '../../packages/codecs/src/testing/images/bytes.js'

/*
 * Inks of FOGRA27 as Little CMS's own tool converts them (Debian's liblcms2-utils), with black point
 * compensation.
 */

const cases = findCases()
/** Of each ink, in percent: no ink, much, all. */
const steps = [0, 20, 60, 100]
const inks = steps.flatMap(c => steps.flatMap(m => steps.flatMap(y => steps.map(k => [c, m, y, k] as const))))
/** Of blocks. */
const [columns, rows] = [16, 16]

function readProfile(): Buffer {
  const bytes = new Uint8Array(readFileSync(join(cases ?? '', 'pictures', 'fogra27_inks.jpg')))
  const { icc } = readHeader('jpeg', new ByteReader(bytes), { maxPixels: 1e9 })
  if (icc === 'broken') throw new Error('a broken profile')
  return Buffer.concat(icc.map(({ offset, length }) => bytes.subarray(offset, offset + length)))
}

/**
 * Blocks of all inks with the profile, in as many segments as it takes: a baseline JPEG (ITU-T T.81) of flat
 * blocks, so that each ink is exactly what it is meant to be. Without the marker of Adobe values are
 * inverted.
 */
function drawBlocks(profile: Buffer): Uint8Array {
  const scan = new BitWriter('high')
  const last = [0, 0, 0, 0]
  for (const patch of inks)
    for (const [component, ink] of patch.entries()) {
      const level = 127 - Math.round(2.55 * ink)
      putDifference(scan, level - (last[component] ?? 0))
      scan.put(0, 1) // end of block, the only AC code
      last[component] = level
    }
  const ids = [1, 2, 3, 4]
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...profileSegments(profile),
    ...segment(0xdb, [0, ...Array<number>(64).fill(8)]),
    ...segment(0xc0, [8, ...be16(8 * rows), ...be16(8 * columns), 4, ...ids.flatMap(id => [id, 0x11, 0])]),
    ...segment(0xc4, [0x00, ...codeCounts(4, 9), ...[0, 1, 2, 3, 4, 5, 6, 7, 8]]),
    ...segment(0xc4, [0x10, ...codeCounts(1, 1), 0]),
    ...segment(0xda, [4, ...ids.flatMap(id => [id, 0]), 0, 63, 0]),
    ...scan.end(1).flatMap(byte => (byte === 0xff ? [0xff, 0] : [byte])),
    ...[0xff, 0xd9],
  ])
}

function profileSegments(profile: Buffer): readonly number[] {
  const most = 65_000
  const count = Math.ceil(profile.length / most)
  return Array.from({ length: count }, (_, index) =>
    segment(0xe2, [
      ...ascii('ICC_PROFILE\0'),
      index + 1,
      count,
      ...profile.subarray(index * most, (index + 1) * most),
    ]),
  ).flat()
}

const segment = (marker: number, body: readonly number[]) => [0xff, marker, ...be16(body.length + 2), ...body]
/** The list of a Huffman table that has codes of one length only. */
const codeCounts = (length: number, count: number) =>
  Array.from({ length: 16 }, (_, index) => (index === length - 1 ? count : 0))

/** Category and bits (T.81, F.1.2.1); the code of a category is its number in 4 bits. */
function putDifference(scan: BitWriter, difference: number): void {
  const category = 32 - Math.clz32(Math.abs(difference))
  scan.put(category, 4)
  scan.put(difference < 0 ? difference + 2 ** category - 1 : difference, category)
}

/** What transicc says of each, relative colorimetric. It clips nothing. */
function convertByTool(profile: Buffer, ...flags: readonly string[]): readonly (readonly number[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-lcms-'))
  try {
    const path = join(folder, 'inks.icc')
    writeFileSync(path, profile)
    const input = `${inks.map(patch => patch.join(' ')).join('\n')}\n`
    const args = ['-n', '-t1', ...flags, `-i${path}`, '-o*sRGB']
    const lines = execFileSync('transicc', args, {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    })
      .trim()
      .split('\n')
    return lines.map(line =>
      line
        .trim()
        .split(/\s+/)
        .map(value => Math.min(255, Math.max(0, Number(value)))),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test.runIf(cases !== undefined)(
  '256 mixtures of inks are within 2 of 255 of what Little CMS says',
  async () => {
    const profile = readProfile()
    const wanted = convertByTool(profile, '-b')
    expect(wanted.length).toBe(inks.length)
    const store = memoryStore()
    const policy = definePolicy({ output: { format: 'png', effort: 0 }, timeMs: 120_000 })
    const renderer = kernelRenderer({ codecs: [png()] })
    const { key } = await sanitize({ body: drawBlocks(profile) }, { policy, renderer, store })
    const { data, info } = await sharp(await store.get(key))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const differences = inks.map((_, at) => {
      const [x, y] = [(at % columns) * 8 + 4, Math.floor(at / columns) * 8 + 4]
      const found = [...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3)]
      return Math.max(
        ...found.map((value, channel) => Math.abs(value - (wanted[at]?.[channel] ?? Number.NaN))),
      )
    })
    expect(Math.max(...differences)).toBeLessThanOrEqual(2)
    // Without compensation all inks together are far from black: the figures would tell.
    const all = inks.length - 1
    expect(Math.max(...(wanted[all] ?? []))).toBeLessThanOrEqual(1)
    expect(Math.min(...(convertByTool(profile)[all] ?? []))).toBeGreaterThan(20)
  },
)
