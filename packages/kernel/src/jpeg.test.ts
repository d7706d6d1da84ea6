import { beforeAll, describe, expect, test } from 'vitest'
import { putTogether, segment, takeApart, text } from '../test/jpeg-file.js'
import { kernelModule } from '../test/kernel-module.js'
import { draw, largestDifference, psnr, toJpeg, upright, waves } from '../test/pictures.js'
import { instantiate } from './instance.js'
import { decodeJpeg } from './jpeg.js'
import type { Plan } from './plan.js'

const module = kernelModule('debug')
const GREY = 1
/** What the debug module imports at least. */
const LEAST_PAGES = 9
const limited = (maximum: number) => new WebAssembly.Memory({ initial: LEAST_PAGES, maximum })
const decode = (file: Uint8Array, plan: Plan) => decodeJpeg(instantiate(module), file, plan)
/** Where the first marker after a scan header lies that is no restart. */
const endOfScan = (data: Uint8Array) => data.findIndex((b, i) => b === 0xff && (data[i + 1] ?? 0) >= 0xc0)
const refusal = (code: string) => expect.objectContaining({ name: 'KernelError', code })

const picture = waves(83, 61)
let baseline: Uint8Array
let progressive: Uint8Array
let grey: Uint8Array

beforeAll(async () => {
  baseline = await toJpeg(picture, { progressive: false, quality: 95 })
  progressive = await toJpeg(picture, { progressive: true, quality: 95 })
  grey = await toJpeg(picture, { progressive: false, quality: 90, color_space: GREY as never })
})

describe('pictures', () => {
  test('come out as they went in', async () => {
    for (const options of [{ progressive: false }, { progressive: true }]) {
      for (const chroma_subsample of [1, 2]) {
        const file = await toJpeg(picture, {
          ...options,
          quality: 95,
          auto_subsample: false,
          chroma_subsample,
        })
        const { pixels, space } = decode(file, picture)
        expect(space).toBe('rgb')
        expect(psnr(pixels, picture.pixels)).toBeGreaterThan(36)
      }
    }
  })

  test('of every small size', async () => {
    for (const [width, height] of [
      [1, 1],
      [1, 9],
      [9, 1],
      [7, 8],
      [8, 7],
      [16, 17],
      [17, 33],
    ] as const) {
      const small = draw(width, height, () => [200, 120, 60, 255])
      for (const progressive of [false, true]) {
        const { pixels } = decode(await toJpeg(small, { quality: 95, progressive }), small)
        expect(largestDifference(pixels, small.pixels)).toBeLessThanOrEqual(3)
      }
    }
  })

  test('whose segments are longer than what is held of them at once', async () => {
    // Grain makes 16 kB and more of every larger scan; each pixel has its own.
    const grain = draw(400, 300, (x, y) => {
      const value = 60 + ((x * 7919 + y * 104_729 + x * y * 31) % 140)
      return [value, 255 - value, (value * 3) % 256, 255]
    })
    const options = { quality: 95, auto_subsample: false, chroma_subsample: 1 }
    for (const progressive of [false, true]) {
      const file = await toJpeg(grain, { ...options, progressive })
      expect(file.length).toBeGreaterThan(100_000)
      expect(psnr(decode(file, grain).pixels, grain.pixels)).toBeGreaterThan(28)
    }
  })

  test('are turned upright by all eight orientations', () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      for (const file of [baseline, progressive]) {
        const plain = decode(file, picture)
        const expected = upright(plain, orientation)
        const { width, height } = expected
        expect(largestDifference(decode(file, { width, height, orientation }).pixels, expected.pixels)).toBe(
          0,
        )
      }
    }
  })

  test('are cropped exactly, in upright coordinates, fractions included', () => {
    const whole = decode(baseline, picture)
    for (let orientation = 1; orientation <= 8; orientation++) {
      const turned = upright(whole, orientation)
      const crop = { x: 5, y: 9, width: 31, height: 27 }
      const expected = draw(31, 27, (x, y) => {
        const at = ((y + crop.y) * turned.width + x + crop.x) * 4
        return [...turned.pixels.subarray(at, at + 4)]
      })
      const { pixels } = decode(baseline, { width: 31, height: 27, crop, orientation })
      expect(largestDifference(pixels, expected.pixels)).toBe(0)
    }
    const ramp = draw(64, 64, x => [x * 3, x * 3, x * 3, 255])
    return toJpeg(ramp, { quality: 100, progressive: false }).then(file => {
      const crop = { x: 10.5, y: 0, width: 40, height: 64 }
      const { pixels } = decode(file, { width: 10, height: 16, crop })
      // Output pixel i covers source 10.5 + 4i to 14.5 + 4i: its mean is pixel index 12 + 4i.
      for (let i = 0; i < 10; i++)
        expect(Math.abs((pixels[i * 4] ?? 0) - (12 + 4 * i) * 3)).toBeLessThanOrEqual(2)
    })
  })

  test('are reduced in the frequency domain only down to keep times the target', async () => {
    const large = waves(512, 384)
    const file = await toJpeg(large, { quality: 95, progressive: false })
    const full = decode(file, { width: 100, height: 75, keep: 100 })
    expect(psnr(decode(file, { width: 100, height: 75 }).pixels, full.pixels)).toBeGreaterThan(50)
    expect(psnr(decode(file, { width: 100, height: 75, keep: 1 }).pixels, full.pixels)).toBeGreaterThan(40)
    for (const keep of [1, 2, 4]) {
      const { pixels } = decode(file, { width: 16, height: 12, keep })
      expect(pixels.length).toBe(16 * 12 * 4)
    }
  })
})

describe('colour models', () => {
  /** Four components, each in a scan of its own, each the grey picture. */
  function fourComponents(...extra: Parameters<typeof putTogether>): Uint8Array {
    const { segments, data } = takeApart(grey)
    const frame = segments.find(s => s.marker === 0xc0 || s.marker === 0xc1)
    if (!frame) throw new Error('no frame header')
    const tables = segments.filter(s => s.marker === 0xdb || s.marker === 0xc4)
    const components = [1, 2, 3, 4].flatMap(id => [id, 0x11, 0])
    const header = segment(0xc1, ...frame.body.subarray(0, 5), 4, ...components)
    const scans = [1, 2, 3, 4].flatMap(id => [segment(0xda, 1, id, 0, 0, 63, 0), data])
    return putTogether(...extra, ...tables, header, ...scans)
  }
  const adobe = (transform: number) => segment(0xee, ...text('Adobe'), 0, 100, 0, 0, 0, 0, transform)

  test('grey', () => {
    const { pixels } = decode(grey, picture)
    for (let i = 0; i < pixels.length; i += 4) {
      expect([pixels[i + 1], pixels[i + 2], pixels[i + 3]]).toEqual([pixels[i], pixels[i], 255])
    }
  })

  test('CMYK comes as ink, inverted only where Adobe says so', () => {
    const level = decode(grey, picture).pixels
    const plain = decode(fourComponents(), picture)
    expect(plain.space).toBe('cmyk')
    const inverted = decode(fourComponents(adobe(0)), picture)
    for (let i = 0; i < level.length; i++) {
      const g = level[i - (i % 4)] ?? 0
      expect(plain.pixels[i]).toBe(g)
      expect(inverted.pixels[i]).toBe(255 - g)
    }
  })

  test('YCCK is turned into ink', () => {
    const level = decode(grey, picture).pixels
    const { pixels } = decode(fourComponents(adobe(2)), picture)
    const clamp = (v: number) => Math.min(255, Math.max(0, v))
    for (let i = 0; i < level.length; i += 4) {
      const g = level[i] ?? 0
      const c = g - 128
      const expected = [g + 1.402 * c, g - 0.344136 * c - 0.714136 * c, g + 1.772 * c, 255 - g].map(clamp)
      for (const [k, v] of expected.entries())
        expect(Math.abs((pixels[i + k] ?? 0) - v)).toBeLessThanOrEqual(2)
    }
  })

  test('RGB by Adobe marker or by component names, in that order of trust behind JFIF', () => {
    const { segments, data } = takeApart(grey)
    const frame = segments.find(s => s.marker === 0xc0 || s.marker === 0xc1)
    const tables = segments.filter(s => s.marker === 0xdb || s.marker === 0xc4)
    const three = (ids: number[], ...extra: Parameters<typeof putTogether>) =>
      putTogether(
        ...extra,
        ...tables,
        segment(0xc1, ...(frame?.body.subarray(0, 5) ?? []), 3, ...ids.flatMap(id => [id, 0x11, 0])),
        ...ids.flatMap(id => [segment(0xda, 1, id, 0, 0, 63, 0), data]),
      )
    const level = decode(grey, picture).pixels
    const jfif = segment(0xe0, ...text('JFIF'), 0, 1, 1, 0, 0, 1, 0, 1, 0, 0)
    const isGrey = (file: Uint8Array) => largestDifference(decode(file, picture).pixels, level) === 0
    expect(isGrey(three(text('RGB')))).toBe(true)
    expect(isGrey(three([1, 2, 3], adobe(0)))).toBe(true)
    expect(isGrey(three([1, 2, 3]))).toBe(false)
    expect(isGrey(three(text('RGB'), adobe(1)))).toBe(false)
    expect(isGrey(three(text('RGB'), jfif, adobe(0)))).toBe(false)
  })
})

describe('files that are unusual', () => {
  test('DNL gives the height that the frame header left open', () => {
    const { segments, data } = takeApart(baseline)
    const open = segments.map(s =>
      s.marker >= 0xc0 && s.marker <= 0xc2
        ? segment(s.marker, ...s.body.map((b, i) => (i === 1 || i === 2 ? 0 : b)))
        : s,
    )
    const dnl = segment(0xdc, 0, picture.height)
    const { pixels } = decode(putTogether(...open, data, dnl), picture)
    expect(largestDifference(pixels, decode(baseline, picture).pixels)).toBe(0)
    expect(() => decode(putTogether(...open, data), picture)).toThrow(refusal('corrupt'))
  })

  test('a progressive picture of one scan is shown smooth, at every scale', async () => {
    const large = waves(256, 192)
    const { segments, data } = takeApart(await toJpeg(large, { progressive: true, quality: 90 }))
    const firstScan = data.subarray(0, endOfScan(data))
    const file = putTogether(...segments, firstScan)
    for (const divisor of [1, 2, 4]) {
      const plan = { width: large.width / divisor, height: large.height / divisor, keep: 1 }
      const whole = decode(putTogether(...segments, data), plan).pixels
      expect(psnr(decode(file, plan).pixels, whole)).toBeGreaterThan(40) // 28 with flat blocks
    }
  })

  test('a segment that is cut off behind the whole picture is no loss', () => {
    for (const file of [baseline, progressive]) {
      const cut = Uint8Array.from([...file.subarray(0, -2), 0xff, 0xfe, 0, 9, 1, 2])
      expect(largestDifference(decode(cut, picture).pixels, decode(file, picture).pixels)).toBe(0)
    }
  })

  test('bytes between segments, fill bytes and bytes after the end are passed over', () => {
    const { segments, data } = takeApart(baseline)
    const [first, ...rest] = segments
    if (!first) throw new Error('no segment')
    const junk = Uint8Array.of(1, 2, 3, 0xff, 0xff)
    const file = putTogether(
      first,
      Uint8Array.of(0, 7, 9),
      ...rest.slice(0, -1),
      junk.subarray(0, 3),
      ...rest.slice(-1),
      data,
    )
    const longer = Uint8Array.from([...file, ...text('<?php ?>')])
    expect(largestDifference(decode(longer, picture).pixels, decode(baseline, picture).pixels)).toBe(0)
  })
})

describe('refusals', () => {
  test('every way to cut a file off', () => {
    for (const file of [baseline, progressive]) {
      for (let length = 0; length < file.length; length += length < 700 ? 7 : 61) {
        expect(() => decode(file.subarray(0, length), picture), `${length}`).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^(truncated|corrupt)$/) }),
        )
      }
      expect(() => decode(file.subarray(0, -2), picture)).toThrow(refusal('truncated'))
    }
  })

  test('a segment that is cut off before the last scan', () => {
    const { segments, data } = takeApart(progressive)
    const whole = putTogether(...segments, data)
    const second = whole.length - 2 - data.length + endOfScan(data)
    for (let more = 2; more < 20; more++)
      expect(() => decode(whole.subarray(0, second + more), picture)).toThrow(refusal('truncated'))
  })

  test('codings that are not supported, by name', () => {
    const { segments, data } = takeApart(baseline)
    const withFrame = (marker: number, change: (body: number[]) => number[] = body => body) =>
      putTogether(
        ...segments.map(s =>
          s.marker >= 0xc0 && s.marker <= 0xc2 ? segment(marker, ...change([...s.body])) : s,
        ),
        data,
      )
    expect(() => decode(withFrame(0xc9), picture)).toThrow(refusal('unsupported-arithmetic'))
    expect(() => decode(withFrame(0xc3), picture)).toThrow(refusal('unsupported-lossless'))
    expect(() => decode(withFrame(0xc5), picture)).toThrow(refusal('unsupported-hierarchical'))
    expect(() =>
      decode(
        withFrame(0xc1, b => [12, ...b.slice(1)]),
        picture,
      ),
    ).toThrow(refusal('unsupported-precision'))
    const two = (b: number[]) => [...b.slice(0, 5), 2, ...b.slice(6, 12)]
    expect(() => decode(withFrame(0xc1, two), picture)).toThrow(refusal('unsupported-components'))
  })

  test('restart markers that are missing or out of turn', () => {
    const { segments, data } = takeApart(baseline)
    const interval = segment(0xdd, 0, 1)
    expect(() => decode(putTogether(interval, ...segments, data), picture)).toThrow(refusal('corrupt'))
    const stray = Uint8Array.of(...data.subarray(0, 40), 0xff, 0xd3, ...data.subarray(40))
    expect(() => decode(putTogether(...segments, stray), picture)).toThrow(refusal('truncated'))
  })

  test('plans that do not fit the picture', () => {
    const plans: Plan[] = [
      { width: 0, height: 5 },
      { width: 5.5, height: 5 },
      { width: 70_000, height: 5 },
      { width: 5, height: 5, orientation: 9 },
      { width: 5, height: 5, keep: 0.5 },
      { width: 5, height: 5, keep: Number.NaN },
      { width: 5, height: 5, crop: { x: 60, y: 0, width: 30, height: 30 } },
      { width: 5, height: 5, crop: { x: -1, y: 0, width: 30, height: 30 } },
      { width: 5, height: 5, crop: { x: 0, y: 0, width: 0, height: 0 } },
    ]
    for (const plan of plans)
      expect(() => decode(baseline, plan), JSON.stringify(plan)).toThrow(refusal('bad-arguments'))
  })

  test('a picture in many scans takes memory for a few rows, not for all its coefficients', async () => {
    const large = waves(1200, 900)
    const file = await toJpeg(large, { progressive: true, quality: 90 })
    const memory = limited(40)
    // Not reduced in the frequency domain, so that all coefficients count: 3.2 MB of them.
    const plan = { width: 120, height: 90, keep: 100 }
    const { pixels } = decodeJpeg(instantiate(module, memory), file, plan)
    expect(
      psnr(pixels, decode(await toJpeg(large, { progressive: false, quality: 90 }), plan).pixels),
    ).toBeGreaterThan(40)
  })

  test('more memory than was given: a code at every limit, never a trap', async () => {
    const large = waves(512, 384)
    const files = await Promise.all([false, true].map(progressive => toJpeg(large, { progressive })))
    for (const file of files) {
      const codes = new Set<string>()
      for (let pages = LEAST_PAGES; pages < 80; pages += 2) {
        try {
          decodeJpeg(instantiate(module, limited(pages)), file, { width: 400, height: 300 })
          codes.add('ok')
        } catch (error) {
          codes.add((error as { code: string }).code)
        }
      }
      expect([...codes].sort()).toEqual(['ok', 'out-of-memory'])
    }
  })
})
