// Against libwebp: dwebp decodes what cwebp wrote and what the corpus has, and so do we, to the same bits.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesOf, type Case, cases, corpusIsHere } from '@sluice/testkit/corpus'
import { afterAll, describe, expect, test } from 'vitest'
import { decodeWebp, instantiate, type Pixels, webpFrames } from '../src/index.js'
import { kernelModule } from './kernel-module.js'
import { draw, largestDifference } from './pictures.js'
import { randomLossless } from './random-lossless.js'
import { isWebp } from './signatures.js'

const RANDOM_STREAMS = 300

const module = kernelModule()
const folder = mkdtempSync(join(tmpdir(), 'sluice-dwebp-'))
const path = (name: string) => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true }))

/** A binary PAM with alpha, as RGBA, and what comes before its pixels. */
function fromPam(pam: Buffer): Pixels {
  const end = pam.indexOf('ENDHDR\n') + 7
  const header = pam.subarray(0, end).toString('latin1')
  const [width, height] = ['WIDTH', 'HEIGHT'].map(name =>
    Number(new RegExp(`${name} (\\d+)`).exec(header)?.[1]),
  )
  if (!width || !height || !header.includes('RGB_ALPHA')) throw new Error('not a PAM of RGBA')
  return { pixels: new Uint8Array(pam.subarray(end)), width, height }
}

function toPam({ pixels, width, height }: Pixels): Buffer {
  const header = `P7\nWIDTH ${width}\nHEIGHT ${height}\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n`
  return Buffer.concat([Buffer.from(header), pixels])
}

/** Noise is added to chroma of very high quality by default: no browser does. */
function dwebp(file: Uint8Array): Pixels | undefined {
  const input = path('in.webp')
  writeFileSync(input, file)
  const { status, stdout } = spawnSync('dwebp', ['-quiet', '-nodither', input, '-pam', '-o', '-'], {
    maxBuffer: 2 ** 28,
  })
  return status === 0 ? fromPam(stdout) : undefined
}

function expectSame(file: Uint8Array, about: string, kernels = module): void {
  const expected = dwebp(file)
  if (!expected) throw new Error(`dwebp refuses ${about}`)
  const { width, height } = expected
  const { pixels } = decodeWebp(instantiate(kernels), file, { width, height })
  expect(largestDifference(pixels, expected.pixels), about).toBe(0)
}

/** Smooth, sharp, noisy and transparent parts. */
const picture = draw(251, 187, (x, y) => {
  const noise = ((x * 7919 + y * 104_729) ^ (x * y * 31)) & 63
  const wave = 128 + 90 * Math.sin(x / 17) * Math.cos(y / 13)
  const sharp = (x >> 3) % 3 === 0 && (y >> 4) % 2 === 0
  const alpha = x < 60 ? 255 : Math.max(0, Math.min(255, 300 - Math.hypot(x - 125, y - 90) * 3))
  return sharp
    ? [250, 20, 40, alpha]
    : [wave, y > 100 ? wave / 2 + noise : 200 - wave / 2, (x * 3 + noise) & 255, alpha]
})
const PICTURE = path('picture.pam')
writeFileSync(PICTURE, toPam(picture))
const fewColours = (colours: number) =>
  draw(93, 41, (x, y) => [((x * y + (x >> 2)) % colours) * 15, 90, 30, 255])

function cwebp(source: string, ...flags: string[]): Uint8Array {
  const output = path('out.webp')
  execFileSync('cwebp', ['-quiet', ...flags, source, '-o', output])
  return execFileSync('cat', [output])
}

/** Sides around the sizes of blocks, and a picture of one pixel. */
const CROPS = [
  '0 0 1 1',
  '70 3 1 37',
  '40 9 33 1',
  '64 64 16 16',
  '5 5 17 31',
  '100 90 2 2',
  '0 0 251 187',
].map(crop => ['-crop', ...crop.split(' ')])

const LOSSY = {
  'no loop filter': '-f 0',
  'a strong loop filter': '-f 60 -sharpness 0',
  'a sharp loop filter': '-f 100 -sharpness 7',
  'the simple loop filter': '-f 30 -nostrong',
  'the simple loop filter, sharp': '-f 100 -nostrong -sharpness 4',
  'one segment': '-segments 1 -q 20',
  'four segments': '-segments 4 -sns 100 -q 5',
  'four partitions': '-jpeg_like -q 30 -mt',
  'the highest quality': '-m 0 -q 100',
  'the lowest quality': '-q 0',
  'filtered alpha': '-m 6 -q 98 -alpha_filter best',
  'uncompressed alpha': '-alpha_method 0 -alpha_filter fast',
  'few levels of alpha': '-alpha_q 40 -alpha_filter best',
  'unfiltered alpha of few levels': '-alpha_q 10 -alpha_filter none',
}

describe('lossy', () => {
  test.each(Object.entries(LOSSY))('%s', (about, flags) => {
    for (const crop of CROPS) expectSame(cwebp(PICTURE, ...flags.split(' '), ...crop), `${about} ${crop}`)
  })
})

describe('lossless', () => {
  test.each(['0', '2', '4', '6', '9'])('effort %s', effort => {
    for (const crop of CROPS)
      expectSame(cwebp(PICTURE, '-lossless', '-z', effort, ...crop), `${effort} ${crop}`)
  })

  test('near-lossless and with exact transparent colours', () => {
    expectSame(cwebp(PICTURE, '-near_lossless', '20'), 'near-lossless')
    expectSame(cwebp(PICTURE, '-lossless', '-exact'), 'exact')
  })

  test('with copies from far above, in a picture that is larger than what is held', () => {
    const [columns, rows] = [10, 8]
    const row = picture.width * 4
    const wide = Array.from({ length: picture.height }, (_, y) => {
      const one = picture.pixels.subarray(y * row, (y + 1) * row)
      return Buffer.concat(new Array(columns).fill(one))
    })
    const pixels = Buffer.concat(new Array(rows).fill(Buffer.concat(wide)))
    const [width, height] = [picture.width * columns, picture.height * rows]
    expect(width * height).toBeGreaterThan(3 * 2 ** 20)
    writeFileSync(path('large.pam'), toPam({ pixels, width, height }))
    expectSame(cwebp(path('large.pam'), '-lossless', '-z', '1'), 'large')
  })

  test.each([1, 2, 3, 4, 5, 16, 17])('%s colours', colours => {
    writeFileSync(path('palette.pam'), toPam(fewColours(colours)))
    for (const effort of ['0', '9']) {
      expectSame(cwebp(path('palette.pam'), '-lossless', '-z', effort), `${colours} colours`)
    }
  })
})

test('lossless streams that no encoder writes', () => {
  const checked = kernelModule('debug')
  for (let seed = 1; seed <= RANDOM_STREAMS; seed++) expectSame(randomLossless(seed), `seed ${seed}`, checked)
})

describe.runIf(corpusIsHere)('the corpus', () => {
  const webps = cases.filter(c => c.group !== 'filenames' && isWebp(bytesOf(c)))
  const isAnimated = (c: Case) => Buffer.from(bytesOf(c)).includes('ANMF')
  const isRefused = (c: Case) => {
    try {
      const [width, height] = c.in_size ?? [1, 1]
      decodeWebp(instantiate(module), bytesOf(c), { width, height })
      return false
    } catch {
      return true
    }
  }

  test('every still picture is the same to the bit, or refused by both', () => {
    const still = webps.filter(c => !isAnimated(c))
    expect(still.length).toBeGreaterThan(65)
    let same = 0
    for (const c of still) {
      if (dwebp(bytesOf(c))) {
        expectSame(bytesOf(c), c.file)
        same++
      } else expect(isRefused(c), c.file).toBe(true)
    }
    expect(same).toBeGreaterThan(60)
  })

  test('frames put together from those that webpmux takes out are the same within rounding', () => {
    const animated = webps.filter(isAnimated)
    expect(animated.length).toBeGreaterThan(7)
    for (const c of animated) {
      const whole = path('animated.webp')
      writeFileSync(whole, bytesOf(c))
      const reference = compose(whole)
      const { width, height } = reference
      let count = 0
      for (const { pixels } of webpFrames(instantiate(module), bytesOf(c), { width, height })) {
        const expected = reference.frames.next().value
        if (!expected) throw new Error(`more frames than ${count} in ${c.file}`)
        expect(
          largestDifference(visible(pixels), visible(expected)),
          `${c.file} frame ${count}`,
        ).toBeLessThanOrEqual(1)
        count++
        if (count === MOST_FRAMES) break
      }
      expect(count).toBeGreaterThan(1)
    }
  })
})

/** Taking one out is slow. */
const MOST_FRAMES = 10

/** Without the colours of what is transparent. */
function visible(pixels: Uint8Array): Uint8Array {
  return pixels.map((v, i) => (pixels[i | 3] === 0 ? 0 : v))
}

/** RFC 9649, 2.7.1.1 in floating point, from what webpmux says of a file. */
function compose(file: string) {
  const info = execFileSync('webpmux', ['-info', file], { encoding: 'utf8' })
  const [, w, h] = /Canvas size: (\d+) x (\d+)/.exec(info) ?? []
  const [width, height] = [Number(w), Number(h)]
  const line = /^\s*\d+:\s+(\d+)\s+(\d+)\s+(?:yes|no)\s+(\d+)\s+(\d+)\s+\d+\s+(\S+)\s+(yes|no)/gm
  const fields = [...info.matchAll(line)]
  expect(fields.length).toBeGreaterThan(1)
  function* frames() {
    const canvas = new Float64Array(width * height * 4)
    for (const [i, [, fw, fh, fx, fy, dispose, blend]] of fields.entries()) {
      const one = path('frame.webp')
      execFileSync('webpmux', ['-get', 'frame', `${i + 1}`, file, '-o', one], { stdio: 'pipe' })
      const frame = dwebp(execFileSync('cat', [one], { maxBuffer: 2 ** 28 }))
      if (!frame) throw new Error('dwebp refuses a frame')
      const [x, y] = [Number(fx), Number(fy)]
      expect([frame.width, frame.height]).toEqual([Number(fw), Number(fh)])
      overlay(canvas, width, frame, x, y, blend === 'yes')
      yield Uint8Array.from(canvas, Math.round)
      if (dispose === 'background') {
        for (let row = y; row < y + frame.height; row++) {
          canvas.fill(0, (row * width + x) * 4, (row * width + x + frame.width) * 4)
        }
      }
    }
  }
  return { width, height, frames: frames() }
}

function overlay(canvas: Float64Array, stride: number, frame: Pixels, x: number, y: number, blends: boolean) {
  for (let i = 0; i < frame.width * frame.height; i++) {
    const to = ((y + Math.floor(i / frame.width)) * stride + x + (i % frame.width)) * 4
    const from = frame.pixels.subarray(i * 4, i * 4 + 4)
    const above = (from[3] ?? 0) / 255
    const below = blends ? ((1 - above) * Math.round(canvas[to + 3] ?? 0)) / 255 : 0
    const sum = above + below
    for (let k = 0; k < 3; k++) {
      const mixed = ((from[k] ?? 0) * above + Math.round(canvas[to + k] ?? 0) * below) / (sum || 1)
      canvas[to + k] = blends && above === 0 ? (canvas[to + k] ?? 0) : sum ? mixed : (from[k] ?? 0)
    }
    canvas[to + 3] = sum * 255
  }
}
