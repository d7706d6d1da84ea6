import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kernelRenderer } from '@sluice/codecs'
import { jpeg } from '@sluice/codecs/jpeg'
import { png } from '@sluice/codecs/png'
import { definePolicy, type PolicyInput, sanitize, verifyOutput } from '@sluice/core'
import { memoryStore } from '@sluice/stores'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../browser/truth/browser.js'

/* `keep: ['copyright']` through the whole pipeline, read by programs that had no part in writing it. */

const renderer = kernelRenderer({ codecs: [jpeg(), png()] })
const said = '© 2026 <b>Zoë</b> Ünal'
const kept = '© 2026 bZoë/b Ünal'
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
/** A picture with all that a camera writes: who, with what, where. */
const photograph = () =>
  sharp(shades, { raw: { width, height, channels: 4 } }).withExif({
    IFD0: { Copyright: said, Artist: 'Zoë', Make: 'Camera', Software: 'x' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1' },
  })
const moving = () =>
  sharp(new Uint8Array([...shades, ...shades.map(value => 255 - value)]), {
    raw: { width, height: 2 * height, channels: 4, pageHeight: height },
  }).withExif({ IFD0: { Copyright: said } })

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
  const input = new Uint8Array(await photograph().toFormat(source).toBuffer())
  const output = { format, effort } as const
  const [with_, without] = [await draw(input, { output, ...keep }), await draw(input, { output })]
  verifyOutput(with_, keep)
  expect(() => verifyOutput(with_)).toThrow()
  verifyOutput(without)

  const { exif, icc, xmp, iptc, orientation } = await sharp(with_).metadata()
  expect([icc, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined])
  expect(exif?.toString('utf8')).toContain(kept)
  expect(exif?.toString('latin1')).not.toMatch(/Camera|GPS|</)
  // The reader of PNG in Debian's ffmpeg knows no eXIf.
  if (format !== 'png') expect(tagsOf(with_)).toEqual({ Copyright: kept })

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
  expect(Buffer.from(with_).toString('utf8').split(kept)).toHaveLength(2)
  expect(await browser.look(with_)).toEqual(await browser.look(without))
})

test('what was kept is kept again when the file is drawn from what is stored', async () => {
  const input = new Uint8Array(await photograph().jpeg().toBuffer())
  const first = await draw(input, { ...keep, output: { format: 'jpeg' } })
  const second = await draw(first, keep)
  expect(tagsOf(second)).toEqual({ Copyright: kept })
  expect(tagsOf(await draw(second, {}))).toEqual({})
})
