import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import manifest from '@sluice/fixtures/manifest.json' with { type: 'json' }
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capture } from './capture.js'

/* Our output, read by the decoders of libwebp and libjpeg-turbo, which had no part in making it. */

const fixtures = fileURLToPath(new URL('../../../fixtures/files/', import.meta.url))
let home = ''
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-outputs-'))
})
afterAll(() => rmSync(home, { recursive: true }))

async function sanitize(files: readonly string[]): Promise<{ key: string; width: number; height: number }[]> {
  const inputs = files.map(file => fixtures + file)
  const { exitCode, lines } = await capture(['sanitize', '--json', '--out', join(home, 'out'), ...inputs])
  expect(exitCode).toBe(0)
  return lines().map(line => JSON.parse(line))
}

/** A binary PPM: three bytes a pixel behind a header of three lines. */
function readPpm(ppm: Buffer) {
  const [, width, height] = /^P6\n(\d+) (\d+)\n255\n/.exec(ppm.toString('latin1', 0, 40)) ?? []
  const pixels = ppm.subarray(-Number(width) * Number(height) * 3)
  return { width: Number(width), height: Number(height), pixels }
}

const dwebp = (key: string) =>
  readPpm(execFileSync('dwebp', ['-quiet', '-ppm', join(home, 'out', key), '-o', '-'], { maxBuffer: 1e9 }))

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length)
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length
}

test('every accepted fixture is a WebP that dwebp reads, of the promised size', async () => {
  const accepted = manifest.filter(({ expect }) => 'format' in expect && expect.format === 'webp')
  expect(accepted.length).toBeGreaterThanOrEqual(25)
  for (const { key, width, height } of await sanitize(accepted.map(({ file }) => file)))
    expect(dwebp(key)).toMatchObject({ width, height })
})

test('all eight orientations, in JPEG, PNG and WebP, come out as the picture that djpeg shows upright', async () => {
  const files = manifest.map(({ file }) => file).filter(file => file.startsWith('orientation/'))
  expect(files).toHaveLength(10)
  const upright = readPpm(execFileSync('djpeg', ['-ppm', `${fixtures}orientation/exif-1.jpg`]))
  for (const [index, { key }] of (await sanitize(files)).entries()) {
    const { pixels } = dwebp(key)
    expect(meanDifference(pixels, upright.pixels), files[index]).toBeLessThan(5)
  }
  // Upside down it would not pass.
  expect(meanDifference(Uint8Array.from(upright.pixels).reverse(), upright.pixels)).toBeGreaterThan(20)
})
