import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kernelRenderer } from '@sluice/codecs'
import { jpeg } from '@sluice/codecs/jpeg'
import { png } from '@sluice/codecs/png'
import { definePolicy, type PolicyInput, sanitize, verifyOutput } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import { pngChunk } from '@sluice/testkit/images/png'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tiffFile } from '../../packages/core/test/tiff-file.js'
import { openBrowser } from '../browser/truth/browser.js'

/* `keep: ['copyright']` through the whole pipeline, read by programs that had no part in writing it. */

const renderer = kernelRenderer({ codecs: [jpeg(), png()] })
const copyrightTag = 0x8298
const said = '© 2026 <b>Zoë</b> Ünal'
const kept = { jpeg: '© 2026 bZoë/b Ünal', png: '© 2026 bZoë/b Ünal', webp: '2026 bZoe/b' }
const keep = { keep: ['copyright'] } as const

let browser: Awaited<ReturnType<typeof openBrowser>>
let home = ''
beforeAll(async () => {
  browser = await openBrowser()
  home = mkdtempSync(join(tmpdir(), 'sluice-keep-'))
})
afterAll(async () => {
  rmSync(home, { recursive: true })
  await browser?.close()
})

const [width, height] = [96, 64]
const shades = Uint8Array.from({ length: 4 * width * height }, (_, at) => {
  const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)]
  return [2 * x, 3 * y, 255 - x - y, (x >> 4) % 2 === 0 ? 255 : 120][at % 4] ?? 0
})
const picture = () => sharp(shades, { raw: { width, height, channels: 4 } })
const camera = { 271: 'Camera', 315: 'Zoë', 305: 'x' }
const place = {
  gps: {
    1: 'N',
    2: [
      [52, 1],
      [30, 1],
      [0, 1],
    ],
  },
} as const

/** A picture with all that a camera writes: who, with what, where. What sharp writes is in ASCII. */
const photographs = {
  async jpeg() {
    const file = await picture().jpeg().toBuffer()
    const exif = Buffer.concat([
      Buffer.from('Exif\0\0'),
      tiffFile({ ...camera, [copyrightTag]: said }, place),
    ])
    const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2])
    return new Uint8Array(Buffer.concat([head, exif, file.subarray(2)]))
  },
  async png() {
    const file = await picture().png().toBuffer()
    const chunk = pngChunk('eXIf', tiffFile({ ...camera, [copyrightTag]: said }, place))
    return new Uint8Array(Buffer.concat([file.subarray(0, 33), chunk, file.subarray(33)]))
  },
  async webp() {
    const exif = { IFD0: { Copyright: '2026 <b>Zoe</b>', Make: 'Camera' }, IFD3: { GPSLatitudeRef: 'N' } }
    return new Uint8Array(await picture().withExif(exif).webp().toBuffer())
  },
}
const moving = () =>
  sharp(new Uint8Array([...shades, ...shades.map(value => 255 - value)]), {
    raw: { width, height: 2 * height, channels: 4, pageHeight: height },
  }).withExif({ IFD0: { Copyright: '2026 <b>Zoe</b>' } })

async function draw(input: Uint8Array, settings: PolicyInput): Promise<Uint8Array> {
  const store = memoryStore()
  const { key } = await sanitize({ body: input }, { policy: definePolicy(settings), renderer, store })
  return (await store.get(key)) ?? new Uint8Array()
}

/** What ffprobe finds beside the pixels of a frame. */
function tagsOf(bytes: Uint8Array): Record<string, string> {
  const file = join(home, 'probed')
  writeFileSync(file, bytes)
  const wanted = ['-v', 'error', '-show_entries', 'frame_tags', '-of', 'json', file]
  return JSON.parse(execFileSync('ffprobe', wanted, { encoding: 'utf8' })).frames?.[0]?.tags ?? {}
}

/** By the reader of each format in C: of libwebp, of libjpeg-turbo, and for PNG by that of libvips. */
async function pixelsOf(bytes: Uint8Array, format: string): Promise<Buffer> {
  const options = { input: bytes, maxBuffer: 2 ** 26 }
  if (format === 'webp') return execFileSync('dwebp', ['-quiet', '-pam', '-o', '-', '--', '-'], options)
  if (format === 'jpeg') return execFileSync('djpeg', ['-pnm'], options)
  return sharp(bytes).raw().toBuffer()
}

test.each([
  ['jpeg', 'webp', 6],
  ['jpeg', 'jpeg', 6],
  ['jpeg', 'png', 6],
  ['png', 'webp', 0],
  ['png', 'jpeg', 6],
  ['webp', 'webp', 6],
  ['webp', 'png', 6],
] as const)('the copyright of a %s is in the %s', async (source, format, effort) => {
  const input = await photographs[source]()
  const output = { format, effort } as const
  const [with_, without] = [await draw(input, { output, ...keep }), await draw(input, { output })]
  verifyOutput(with_, keep)
  expect(() => verifyOutput(with_)).toThrow()
  verifyOutput(without)

  const { exif, icc, xmp, iptc, orientation } = await sharp(with_).metadata()
  expect([icc, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined])
  expect(exif?.toString('utf8')).toContain(kept[source])
  expect(exif?.toString('latin1')).not.toMatch(/Camera|GPS|</)
  // The reader of PNG in Debian's ffmpeg knows no eXIf.
  if (format !== 'png') expect(tagsOf(with_)).toEqual({ Copyright: kept[source] })

  expect(Buffer.compare(await pixelsOf(with_, format), await pixelsOf(without, format))).toBe(0)
  expect(await browser.look(with_)).toEqual(await browser.look(without))
})

test('an animation carries it once', async () => {
  const input = new Uint8Array(
    await moving()
      .webp({ loop: 3, delay: [100, 200] })
      .toBuffer(),
  )
  const [with_, without] = [await draw(input, keep), await draw(input, {})]
  expect(verifyOutput(with_, keep)).toMatchObject({ frames: 2, plays: 3 })
  expect(Buffer.from(with_).toString('utf8').split(kept.webp)).toHaveLength(2)
  expect(await browser.look(with_)).toEqual(await browser.look(without))
})

test('what was kept is kept again when the file is drawn from what is stored', async () => {
  const input = await photographs.jpeg()
  const first = await draw(input, { ...keep, output: { format: 'jpeg' } })
  const second = await draw(first, keep)
  expect(tagsOf(second)).toEqual({ Copyright: kept.jpeg })
  expect(tagsOf(await draw(second, {}))).toEqual({})
})
