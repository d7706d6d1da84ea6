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

/* Inks of FOGRA27 as Little CMS's own tool converts them (Debian's liblcms2-utils), with black point compensation. */

const cases = findCases()
/** Of each ink, in percent: no ink, much, all. */
const steps = [0, 30, 60, 100]
const inks = steps.flatMap(c => steps.flatMap(m => steps.flatMap(y => steps.map(k => [c, m, y, k] as const))))
/** Of a patch of one colour, in pixels: no block of the JPEG has two. */
const side = 16
const columns = steps.length ** 2

function readProfile(): Buffer {
  const bytes = new Uint8Array(readFileSync(join(cases ?? '', 'pictures', 'fogra27_inks.jpg')))
  const { icc } = readHeader('jpeg', new ByteReader(bytes), { maxPixels: 1e9 })
  if (icc === 'broken') throw new Error('a broken profile')
  return Buffer.concat(icc.map(({ offset, length }) => bytes.subarray(offset, offset + length)))
}

/** Patches of all inks with the profile, in as many segments as it takes. */
async function drawPatches(profile: Buffer): Promise<Uint8Array> {
  const width = columns * side
  const pixels = Uint8Array.from({ length: 4 * width * width }, (_, at) => {
    const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)]
    const patch = inks[Math.floor(y / side) * columns + Math.floor(x / side)]
    return Math.round(2.55 * (patch?.[at & 3] ?? 0))
  })
  const file = await sharp(pixels, { raw: { width, height: width, channels: 4 } })
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer()
  const most = 65_000
  const count = Math.ceil(profile.length / most)
  const segments = Array.from({ length: count }, (_, index) => {
    const piece = profile.subarray(index * most, (index + 1) * most)
    const head = Buffer.from([0xff, 0xe2, 0, 0, ...Buffer.from('ICC_PROFILE\0'), index + 1, count])
    head.writeUInt16BE(piece.length + 16, 2)
    return Buffer.concat([head, piece])
  })
  return new Uint8Array(Buffer.concat([file.subarray(0, 2), ...segments, file.subarray(2)]))
}

/** What transicc says of each, relative colorimetric. */
function convertByTool(profile: Buffer, ...flags: readonly string[]): readonly (readonly number[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-lcms-'))
  try {
    const path = join(folder, 'inks.icc')
    writeFileSync(path, profile)
    const input = `${inks.map(patch => patch.join(' ')).join('\n')}\n`
    const args = ['-n', '-t1', ...flags, `-i${path}`, '-o*sRGB']
    const lines = execFileSync('transicc', args, { input, encoding: 'utf8' }).trim().split('\n')
    return lines.map(line => line.trim().split(/\s+/).map(Number))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test.runIf(cases !== undefined)(
  '256 mixtures of inks are within 4 of 255 of what Little CMS says',
  async () => {
    const profile = readProfile()
    const wanted = convertByTool(profile, '-b')
    expect(wanted.length).toBe(inks.length)
    const store = memoryStore()
    const policy = definePolicy({ output: { format: 'png', effort: 0 }, timeMs: 120_000 })
    const renderer = kernelRenderer({ codecs: [png()] })
    const { key } = await sanitize({ body: await drawPatches(profile) }, { policy, renderer, store })
    const { data, info } = await sharp(await store.get(key))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const differences = inks.map((_, at) => {
      const [x, y] = [(at % columns) * side + side / 2, Math.floor(at / columns) * side + side / 2]
      const found = [...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3)]
      return Math.max(
        ...found.map((value, channel) => Math.abs(value - (wanted[at]?.[channel] ?? Number.NaN))),
      )
    })
    expect(Math.max(...differences)).toBeLessThanOrEqual(4)
    // Without compensation all inks together are far from black: the figures would tell.
    const all = inks.length - 1
    expect(Math.max(...(wanted[all] ?? []))).toBeLessThanOrEqual(1)
    expect(Math.min(...(convertByTool(profile)[all] ?? []))).toBeGreaterThan(20)
  },
)
