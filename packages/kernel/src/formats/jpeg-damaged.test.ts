import { describe, expect, test } from 'vitest'
import { putTogether, segment, takeApart, text } from '../../test/jpeg-file.js'
import { baseline, decode, module, picture, progressive, refusal } from '../../test/jpeg-samples.js'
import { largestDifference, psnr, toJpeg, waves } from '../../test/pictures.js'
import { instantiate } from '../instance.js'
import type { Plan } from '../plan.js'
import { decodeJpeg } from './jpeg.js'

/** What the debug module imports at least. */
const LEAST_PAGES = 9
const limited = (maximum: number) => new WebAssembly.Memory({ initial: LEAST_PAGES, maximum })
/** Where the first marker after a scan header lies that is no restart. */
const endOfScan = (data: Uint8Array) => data.findIndex((b, i) => b === 0xff && (data[i + 1] ?? 0) >= 0xc0)

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
      const plan = { width: large.width / divisor, height: large.height / divisor, minOversampling: 1 }
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
      { width: 5, height: 5, minOversampling: 0.5 },
      { width: 5, height: 5, minOversampling: Number.NaN },
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
    const plan = { width: 120, height: 90, minOversampling: 100 }
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
