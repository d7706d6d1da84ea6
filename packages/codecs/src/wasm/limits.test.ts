import { bytesHeld, type Limits, SandboxError } from '@sluice/sandbox'
import { describe, expect, it } from 'vitest'
import { picture, resized, scanBomb } from '../../test/pictures.js'
import { decodeJpeg } from '../formats/jpeg/mozjpeg.js'
import { decodePng } from '../formats/png/rust-png.js'
import { decodeWebp } from '../formats/webp/libwebp/decoder.js'

const MiB = 2 ** 20
const generous: Limits = { memoryBytes: 512 * MiB, fuel: 1e9 }

const failure = (work: Promise<unknown>): Promise<SandboxError> =>
  work.then(
    () => expect.fail('was accepted'),
    error => {
      expect(error).toBeInstanceOf(SandboxError)
      return error as SandboxError
    },
  )

async function costOf(path: string, limits = generous) {
  const decode = path.endsWith('.jpg') ? decodeJpeg : path.endsWith('.png') ? decodePng : decodeWebp
  const decoded = await decode(await picture(path), limits)
  decoded.release()
  return decoded.cost
}

const good = [
  'photos/valley.jpg',
  'photos/grey.jpg',
  'png/photo.png',
  'png/rgb-16-bit.png',
  'webp/lossy.webp',
  'webp/lossless-alpha.webp',
]

describe('fuel', () => {
  it.each(good)('is the same on every run, and an exact limit: %s', async path => {
    const { fuel } = await costOf(path)
    expect(fuel).toBeGreaterThan(100)
    expect((await costOf(path)).fuel).toBe(fuel)
    expect((await costOf(path, { ...generous, fuel })).fuel).toBe(fuel)
    expect((await failure(costOf(path, { ...generous, fuel: fuel - 1 }))).kind).toBe('out-of-fuel')
  })

  it.each(good)('is told to the last unit, so that it is taken off the time of the image: %s', async path => {
    let told = 0
    const onFuel = (used: number) => {
      told += used
    }
    const { fuel } = await costOf(path, { ...generous, onFuel })
    expect(told).toBe(fuel)
    told = 0
    await failure(costOf(path, { ...generous, fuel: fuel - 1, onFuel }))
    expect(told).toBeGreaterThanOrEqual(fuel - 1)
  })

  it('lets 100 scans pass and ends a bomb of 20,000 on this thread', async () => {
    const limits = { ...generous, fuel: 200_000 }
    const passed = await decodeJpeg(await scanBomb(100), limits)
    expect(passed.cost.fuel).toBeGreaterThan(80_000)
    passed.release()
    const started = performance.now()
    expect((await failure(decodeJpeg(await scanBomb(20_000), limits))).kind).toBe('out-of-fuel')
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})

describe('memory', () => {
  it.each(good)('has an exact ceiling: %s', async path => {
    const { memoryBytes } = await costOf(path)
    expect((await costOf(path, { ...generous, memoryBytes })).memoryBytes).toBe(memoryBytes)
    expect((await failure(costOf(path, { ...generous, memoryBytes: memoryBytes - 1 }))).kind).toBe(
      'out-of-memory',
    )
  })

  it('is refused to a small file that claims 400 million pixels, before it is taken', async () => {
    const bomb = resized(await picture('photos/grey.jpg'), 20_000, 20_000)
    const { kind, detail } = await failure(decodeJpeg(bomb, { ...generous, memoryBytes: 64 * MiB }))
    expect(kind).toBe('out-of-memory')
    expect(detail).toMatch(/^\d{9,} more bytes than the ceiling allows$/)
    expect(bytesHeld()).toBeLessThanOrEqual(64 * MiB)
  })

  it('is refused to a PNG of 69 bytes that claims 100 million pixels', async () => {
    const bomb = await picture('bad/bomb-10000x10000.png')
    expect((await failure(decodePng(bomb, { ...generous, memoryBytes: 64 * MiB }))).kind).toBe(
      'out-of-memory',
    )
  })

  it('is counted the same in a new instance and in one whose memory served before', async () => {
    await costOf('photos/valley.jpg')
    const first = await costOf('png/palette.png')
    await costOf('png/photo.png')
    expect(await costOf('png/palette.png')).toEqual(first)
  })
})
