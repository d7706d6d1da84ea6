import { describe, expect, test } from 'vitest'
import { putTogether, segment, takeApart, text } from '../../test/jpeg-file.js'
import { baseline, decode, grey, picture, progressive } from '../../test/jpeg-samples.js'
import { draw, largestDifference, psnr, toJpeg, upright, waves } from '../../test/pictures.js'

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

  test('are reduced in the frequency domain only down to minOversampling times the target', async () => {
    const large = waves(512, 384)
    const file = await toJpeg(large, { quality: 95, progressive: false })
    const full = decode(file, { width: 100, height: 75, minOversampling: 100 })
    expect(psnr(decode(file, { width: 100, height: 75 }).pixels, full.pixels)).toBeGreaterThan(50)
    expect(
      psnr(decode(file, { width: 100, height: 75, minOversampling: 1 }).pixels, full.pixels),
    ).toBeGreaterThan(40)
    for (const minOversampling of [1, 2, 4]) {
      const { pixels } = decode(file, { width: 16, height: 12, minOversampling })
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

  test('CMYK is stored as the inverse of ink, with a marker of Adobe or without', () => {
    const level = decode(grey, picture).pixels
    const plain = decode(fourComponents(), picture)
    expect(plain.space).toBe('cmyk')
    const marked = decode(fourComponents(adobe(0)), picture)
    for (let i = 0; i < level.length; i++) {
      const ink = 255 - (level[i - (i % 4)] ?? 0)
      expect(plain.pixels[i]).toBe(ink)
      expect(marked.pixels[i]).toBe(ink)
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
