import { basename } from 'node:path'
import { kernelRenderer } from '@sluice/codecs'
import { avif } from '@sluice/codecs/avif'
import { heic } from '@sluice/codecs/heic'
import { firstFrame } from '@sluice/codecs/testing'
import { definePolicy, sanitize, UploadError } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { bytesOf, type Case, cases, corpusIsHere } from '@sluice/testkit/corpus'
import { thumb8, thumbDistance } from '@sluice/testkit/thumb8'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'

const policy = definePolicy({
  extensions: ['avif', 'heic', 'heif'],
  output: { effort: 0 },
  timeMs: 120_000,
})
const renderer = kernelRenderer({ codecs: [avif(), heic()] })

/** After lossy WebP. */
const MATCH = 16

/** What is refused, besides pictures that are not HEVC. */
const refused: Readonly<Record<string, string>> = {
  'sample-garbled.avif': 'corrupt',
  // libavif as it is built wants `pixi`, and `ispe` of the alpha picture too: files of early encoders lack them.
  'plum-blossom-large.profile1.10bpc.yuv444.alpha-full.avif': 'decode-failed',
  'plum-blossom-large.profile2.10bpc.yuv422.alpha-limited.monochrome.avif': 'decode-failed',
  'plum-blossom-large.profile2.12bpc.yuv444.alpha-limited.avif': 'decode-failed',
  'plum-blossom-small.profile0.10bpc.yuv420.alpha-limited.avif': 'decode-failed',
  'plum-blossom-small.profile0.8bpc.yuv420.alpha-full.avif': 'decode-failed',
  'plum-blossom-small.profile1.10bpc.yuv444.alpha-limited.avif': 'decode-failed',
  'plum-blossom-small.profile2.12bpc.yuv420.alpha-full.monochrome.avif': 'decode-failed',
  'iojs_logo.avif': 'decode-failed',
  'hopper-missing-pixi.avif': 'decode-failed',
  'fixture-msf1.heic': 'unsupported-kind',
  'clusterfuzz-testcase-minimized-file-fuzzer-5120279175102464.heic': 'corrupt',
  'clusterfuzz-testcase-minimized-file-fuzzer-5651556035198976.heic': 'corrupt',
  'clusterfuzz-testcase-minimized-file-fuzzer-5662360964956160.heic': 'corrupt',
  'clusterfuzz-testcase-minimized-file-fuzzer-5718632116518912.heic': 'corrupt',
  'clusterfuzz-testcase-minimized-file-fuzzer-5752063708495872.heic': 'decode-failed',
  'region-mask-missing-refs.heic': 'truncated',
  'lightning_mini.heif': 'format-not-allowed',
}
const isUncompressed = (name: string) => /^(uncompressed_|rgb_generic_compressed)/.test(name)

/** What sharp draws otherwise; Chromium draws it as we do (test/browser/truth). */
const sharpDiffers = ['red-at-12-oclock-with-color-profile-12bpc.avif']

async function draw(entry: Case) {
  const store = memoryStore()
  try {
    const { key } = await sanitize({ body: bytesOf(entry) }, { policy, renderer, store })
    return thumb8(await firstFrame((await store.get(key)) ?? new Uint8Array()))
  } catch (thrown) {
    if (thrown instanceof UploadError && thrown.code !== 'internal') return thrown.code
    throw thrown
  }
}

async function drawWithSharp(entry: Case) {
  const { data, info } = await sharp(bytesOf(entry))
    .resize(1600, 1600, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return thumb8({ width: info.width, height: info.height, pixels: data })
}

describe.runIf(corpusIsHere)('AVIF and HEIC with their codec packs', () => {
  const mine = cases.filter(({ group }) => group === 'avif_heic')
  const nameOf = ({ file }: Case) => basename(file)

  test('what cannot be drawn is refused by its code, and the rest is drawn', {
    timeout: 300_000,
  }, async () => {
    expect(mine.length).toBe(100)
    const codes: Record<string, string> = {}
    for (const entry of mine) {
      const outcome = await draw(entry)
      if (typeof outcome !== 'string') continue
      if (isUncompressed(nameOf(entry))) expect(outcome).toBe('unsupported-kind')
      else codes[nameOf(entry)] = outcome
    }
    expect(codes).toEqual(refused)
  })

  test('AVIF is drawn as by sharp', { timeout: 300_000 }, async () => {
    const pictures = mine.filter(entry => {
      const name = nameOf(entry)
      return name.endsWith('.avif') && !(name in refused) && name !== 'fixture-sequence.avif'
    })
    expect(pictures.length).toBe(31)
    const others: string[] = []
    for (const entry of pictures) {
      const ours = await draw(entry)
      if (typeof ours === 'string' || thumbDistance(ours, await drawWithSharp(entry)) > MATCH)
        others.push(nameOf(entry))
    }
    expect(others).toEqual(sharpDiffers)
  })
})
