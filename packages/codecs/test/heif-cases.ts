import { note, type PolicyInput, type Renderer, UploadError } from '@sluice/core'
import { describe, expect, it, test } from 'vitest'
import type { Picture } from '../src/codec.js'
import { displayP3 } from '../src/colour/profiles.fixture.js'
import { draw, prepare } from '../src/testing/exam.js'
import { firstFrame } from '../src/testing/first-frame.js'
import { addProperties, clap, findBox, imir, irot, nclx, profile } from './heif-properties.js'

export interface HeifCase {
  readonly format: 'avif' | 'heic'
  readonly renderer: Renderer
  /** What `file` shows: the scene of the fixtures, 160 x 120. */
  readonly scene: Picture
  readonly file: Uint8Array
  /** What `transparent` shows, 64 x 64. */
  readonly badge: Picture
  readonly transparent: Uint8Array
}

/** The same for both formats: turns, clean aperture, colours, alpha, and what hostile files end in. */
export function testHeif({ format, renderer, scene, file, badge, transparent }: HeifCase): void {
  const settings: PolicyInput = { extensions: [format], output: { quality: 100 } }
  const drawn = async (bytes: Uint8Array, change: PolicyInput = {}) => {
    const { renditions, notes } = await draw(renderer, bytes, { ...settings, ...change })
    return { picture: await firstFrame(renditions[0]?.bytes ?? new Uint8Array()), notes }
  }
  const pixelsOf = async (bytes: Uint8Array) => (await drawn(bytes)).picture
  const code = (bytes: Uint8Array) => codeOf(draw(renderer, bytes, settings))

  describe(`${format} by its codec pack`, () => {
    it('is drawn as it was before', async () => {
      expect(difference(await pixelsOf(file), scene)).toBeLessThan(6)
    })

    it.each([
      ['irot 1', [irot(1)], (at: Point, { width }: Picture) => [width - 1 - at.y, at.x]],
      ['irot 2', [irot(2)], (at: Point, { width, height }: Picture) => [width - 1 - at.x, height - 1 - at.y]],
      ['irot 3', [irot(3)], (at: Point, { height }: Picture) => [at.y, height - 1 - at.x]],
      ['imir 0', [imir(0)], (at: Point, { height }: Picture) => [at.x, height - 1 - at.y]],
      ['imir 1', [imir(1)], (at: Point, { width }: Picture) => [width - 1 - at.x, at.y]],
      ['irot 1, imir 1', [irot(1), imir(1)], (at: Point) => [-1 - at.y, -1 - at.x]],
      ['irot 3, imir 0', [irot(3), imir(0)], (at: Point) => [-1 - at.y, -1 - at.x]],
    ])('is turned: %s', async (name, properties, from) => {
      const picture = await pixelsOf(addProperties(file, ...properties))
      const lies = /irot [13]/.test(name)
      expect([picture.width, picture.height]).toEqual(lies ? [120, 160] : [160, 120])
      expect(difference(picture, look(scene, picture, from))).toBeLessThan(6)
    })

    it('is cut to its clean aperture, before it is turned', async () => {
      const aperture = clap([100, 60], [30, 30], [160, 120])
      const shown = await pixelsOf(addProperties(file, aperture))
      expect([shown.width, shown.height]).toEqual([100, 60])
      const wanted = look(scene, shown, ({ x, y }) => [x + 30, y + 30])
      expect(difference(shown, wanted)).toBeLessThan(6)
      const turned = await pixelsOf(addProperties(file, aperture, irot(2)))
      expect(
        difference(
          turned,
          look(wanted, turned, ({ x, y }) => [99 - x, 59 - y]),
        ),
      ).toBeLessThan(6)
    })

    it('keeps what is transparent', async () => {
      const picture = await pixelsOf(transparent)
      expect(difference(picture, badge)).toBeLessThan(8)
      expect(picture.pixels[3]).toBe(0)
      expect(picture.pixels[4 * (32 * 64 + 32) + 3]).toBe(255)
    })

    it('is converted by its profile, or its code points', async () => {
      // Red of Display P3 has more light than sRGB can show: the difference of red and green grows.
      const plain = saturation(await pixelsOf(transparent))
      const p3 = nclxFirst(transparent, 12, 13)
      expect(saturation(await pixelsOf(p3))).toBeGreaterThan(plain + 8)
      const byProfile = saturation(await pixelsOf(addProperties(transparent, profile(displayP3))))
      expect(byProfile).toBeGreaterThan(plain + 8)
      const broken = await drawn(addProperties(transparent, profile(displayP3.slice(0, 100))))
      expect(broken.notes).toEqual([note('profile-broken')])
      expect((await drawn(nclxFirst(transparent, 99, 13))).notes?.[0]?.code).toBe('colours-unknown')
      expect(await code(nclxFirst(transparent, 9, 16))).toBe('unsupported-kind')
    })

    it('is drawn for its price, and not for less', async () => {
      const [image, plan] = await prepare(file, settings)
      const at = async (headroom: number) =>
        codeOf(renderer.render(image, { ...plan, budget: { ...plan.budget, headroom } }))
      expect(await at(1)).toBe('accepted')
      expect(await at(1e-3)).toBe('too-costly')
    })

    it('is drawn in its memory, and not in less', async () => {
      const [image, plan] = await prepare(file, settings)
      const at = async (memoryMb: number) =>
        codeOf(renderer.render(image, { ...plan, budget: { ...plan.budget, memoryMb } }))
      expect(await at(32)).toBe('accepted')
      expect(await at(8)).toBe('too-much-memory')
    })
  })

  describe(`hostile ${format}`, () => {
    const known = /^(accepted|corrupt|truncated|decode-failed|unsupported-kind|too-[a-z-]+|format-[a-z-]+)$/

    test('cut anywhere', async () => {
      for (let length = 28; length < file.length; length += 97)
        expect(await code(file.subarray(0, length)), `${length} bytes`).toMatch(/^(truncated|corrupt)$/)
    })

    test('of giant dimensions', async () => {
      expect(await code(withSize(file, 2 ** 31, 2 ** 31))).toBe('too-many-pixels')
      expect(await code(withSize(file, 100_000, 100_000))).toBe('too-many-pixels')
    })

    test('with an ispe that lies', async () => {
      for (const [width, height] of [
        [1, 1],
        [160, 119],
        [161, 120],
        [320, 240],
        [7000, 7000],
      ] as const)
        expect(await code(withSize(file, width, height)), `${width}`).toBe('decode-failed')
    })

    test('with a box of no length', async () => {
      for (const path of [['meta'], ['meta', 'iprp'], ['meta', 'iloc'], ['mdat']]) {
        const bytes = Buffer.from(file)
        bytes.writeUInt32BE(0, findBox(bytes, ...path))
        expect(await code(new Uint8Array(bytes)), path.join()).toMatch(known)
        bytes.writeUInt32BE(7, findBox(Buffer.from(file), ...path))
        expect(await code(new Uint8Array(bytes))).toBe('corrupt')
      }
    })

    test('with bytes that were changed, ends in a code', async () => {
      let seed = 1
      for (let round = 0; round < 150; round++) {
        const bytes = file.slice()
        for (let change = 0; change < 3; change++) {
          seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
          bytes[16 + ((seed >>> 8) % (bytes.length - 16))] = seed & 255
        }
        expect(await code(bytes)).toMatch(known)
      }
    })
  })
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (thrown: unknown) => (thrown instanceof UploadError ? thrown.code : String(thrown)),
  )

interface Point {
  readonly x: number
  readonly y: number
}

/** A picture of the size of `like`, each pixel from somewhere in another; from the end where that is negative. */
function look(
  picture: Picture,
  { width, height }: Picture,
  from: (at: Point, picture: Picture) => readonly number[],
): Picture {
  const pixels = new Uint8Array(4 * width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [column = 0, row = 0] = from({ x, y }, picture)
      const at =
        4 *
        ((row < 0 ? row + picture.height : row) * picture.width +
          (column < 0 ? column + picture.width : column))
      pixels.set(picture.pixels.subarray(at, at + 4), 4 * (y * width + x))
    }
  return { width, height, pixels }
}

/** Mean difference of the channels, colours as far as they are seen. */
function difference(one: Picture, other: Picture): number {
  expect([one.width, one.height]).toEqual([other.width, other.height])
  let sum = 0
  for (let at = 0; at < one.pixels.length; at++) {
    const alpha = Math.min(one.pixels[at | 3] ?? 0, other.pixels[at | 3] ?? 0)
    const weight = at % 4 === 3 ? 1 : alpha / 255
    sum += Math.abs((one.pixels[at] ?? 0) - (other.pixels[at] ?? 0)) * weight
  }
  return sum / one.pixels.length
}

/** Red less green in the middle. */
function saturation({ pixels, width, height }: Picture): number {
  const at = 4 * (Math.floor(height / 2) * width + Math.floor(width / 2))
  return (pixels[at] ?? 0) - (pixels[at + 1] ?? 0)
}

/** The code points that are there, or new ones. */
function nclxFirst(file: Uint8Array, primaries: number, transfer: number): Uint8Array {
  const at = Buffer.from(file).indexOf('colrnclx')
  if (at < 0) return addProperties(file, nclx(primaries, transfer))
  const bytes = file.slice()
  bytes.set([0, primaries, 0, transfer], at + 8)
  return bytes
}

/** With another size in every `ispe`. */
function withSize(file: Uint8Array, width: number, height: number): Uint8Array {
  const bytes = Buffer.from(file)
  for (let at = bytes.indexOf('ispe'); at >= 0; at = bytes.indexOf('ispe', at + 1)) {
    bytes.writeUInt32BE(width, at + 8)
    bytes.writeUInt32BE(height, at + 12)
  }
  return new Uint8Array(bytes)
}
