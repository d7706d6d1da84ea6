import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findMarkers } from '@sluice/core/inspect'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeHugeOrientation } from '../../../fixtures/make/hostile/jpeg.mjs'
import { makeEmptyBox } from '../../../fixtures/make/hostile/others.mjs'
import { makeEmptyChunks, makeInflatingProfile } from '../../../fixtures/make/hostile/png.mjs'
import { capture } from './capture.js'

const fixtures = fileURLToPath(new URL('../../../fixtures/files/', import.meta.url))
let home = ''
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-inspect-'))
})
afterAll(() => rmSync(home, { recursive: true }))

async function inspect(file: string, ...args: string[]) {
  const { exitCode, stdout } = await capture(['inspect', '--json', file, ...args])
  return { exitCode, ...JSON.parse(stdout) }
}

test('camera, position, numbers, price and verdict of a good picture', async () => {
  const found = await inspect(`${fixtures}orientation/exif-6.jpg`)
  expect(found).toMatchObject({
    exitCode: 0,
    content: 'a JPEG',
    fileType: { found: { extension: 'jpg', type: 'image/jpeg' } },
    exif: { found: { Make: 'Nobody', Model: 'Procedural 1', latitude: '0', longitude: '0' } },
    header: { orientation: 6, scans: 1 },
    verdict: { ok: true, format: 'webp' },
  })
  expect(found.price.fuel).toBeGreaterThan(1e6)
  expect(found.price.limit).toBe(found.price.fuel * 3)
  expect(found.markers).toMatchObject([{ what: 'EXIF', offset: 6, count: 1 }])
})

test('what is hidden in a polyglot, and what follows the end', async () => {
  const found = await inspect(`${fixtures}odd/polyglot.jpg`)
  expect(found.markers.length).toBeGreaterThan(0)
  expect(found.trailing.bytes).toBe(found.header.trailingBytes)
  expect(found.trailing.bytes).toBeGreaterThan(0)
  expect(found.verdict.notes).toContainEqual({
    code: 'trailing-dropped',
    message: `${found.trailing.bytes} bytes after the end of the image were dropped`,
  })
})

test('the numbers of a bomb, although they are far over the limit', async () => {
  const found = await inspect(`${fixtures}bad/bomb-10000x10000.png`)
  expect(found).toMatchObject({
    exitCode: 1,
    header: { width: 10_000, height: 10_000 },
    verdict: { ok: false, stage: 'probe', code: 'too-many-pixels' },
  })
})

test('a policy decides about the verdict', async () => {
  const policy = join(home, 'policy.json')
  writeFileSync(policy, '{"maxPixels": 100, "headroom": 5}')
  const found = await inspect(`${fixtures}odd/narrow.png`, '--policy', policy)
  expect(found.verdict.code).toBe('too-many-pixels')
  expect(found.price.limit).toBe(found.price.fuel * 5)
})

test('what is no picture is named', async () => {
  const found = await inspect(`${fixtures}bad/document.jpg`)
  expect(found).toMatchObject({
    exitCode: 1,
    content: 'a PDF document',
    verdict: { code: 'format-not-allowed' },
  })
  expect(found.markers[0]).toEqual({ what: 'a PDF document', offset: 0, count: 1 })
  expect(found).not.toHaveProperty('header')
})

test('as text, with nothing of the file that a terminal would obey', async () => {
  const file = join(home, 'a\u001b[2J.jpg')
  writeFileSync(file, Buffer.concat([makeHugeOrientation(), Buffer.from('<script>PK\x03\x04')]))
  const { exitCode, stdout } = await capture(['inspect', file])
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/^file .*a\\u\{1b\}\[2J\.jpg, 94 bytes$/m)
  expect(stdout).toMatch(/^carries +a script element at byte 82$/m)
  expect(stdout).toMatch(/^carries +a ZIP archive at byte 90$/m)
  expect(stdout).toMatch(/^verdict +refused at probe as /m)
  expect(stdout).not.toContain('\u001b')
})

test('what is no file is wrong usage', async () => {
  for (const file of [home, join(home, 'nothing')]) {
    const { exitCode, stdout, stderr } = await capture(['inspect', file])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(file)
  }
})

describe('files that foreign parsers do not survive', () => {
  // A wide limit: loading the parsers and the codecs counts as well.
  const hangMs = 20_000
  const MiB = 2 ** 20
  const cases = [
    ['heif', makeEmptyBox(), 64, /had no answer after 1000 ms and was ended/],
    ['jpeg', makeHugeOrientation(), 82, undefined],
    ['png', makeInflatingProfile(512), 521_920, undefined],
    ['chunks', makeEmptyChunks(600_000), 7_200_008, /(1000 ms|more than 64 MiB) and was ended/],
  ] as const

  test.each(cases)('%s', async (name, bytes, length, problem) => {
    expect(bytes.length).toBe(length)
    const file = join(home, name)
    writeFileSync(file, bytes)
    const before = process.resourceUsage().maxRSS * 1024
    const start = performance.now()
    const found = await inspect(file)
    expect(performance.now() - start).toBeLessThan(hangMs)
    expect(process.resourceUsage().maxRSS * 1024 - before).toBeLessThan(256 * MiB)
    if (problem) expect(found.exif.problem).toMatch(problem)
    else expect(found.exif).toEqual({ found: {} })
    expect(found.verdict.ok).toBe(false)
  })
})

test('markers in any bytes are found in time that is linear', () => {
  const bytes = Buffer.from('<?=<%= on'.repeat(1_000_000))
  const start = performance.now()
  expect(findMarkers(bytes).length).toBeLessThan(8)
  expect(performance.now() - start).toBeLessThan(20_000)
})

test('one is said as one, and standard input is looked at like a file', async () => {
  const input = new Uint8Array(readFileSync(`${fixtures}odd/one-pixel.png`))
  const { exitCode, stdout } = await capture(['inspect', '-'], { input })
  expect(exitCode).toBe(0)
  expect(stdout).toContain('1x1')
  expect(stdout).toContain('1 frame of 1 pixel in all; 1 scan;')
  expect(stdout).toMatch(/accepted: a webp of 1x1, 1 frame, \d+ bytes/)
  expect(stdout).not.toMatch(/\b1 (?:frames|pixels|scans|bytes)/)
})
