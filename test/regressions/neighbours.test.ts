import { ByteReader } from '@sluice/core/bytes'
import { pngChunks } from '@sluice/core/containers'
import { renameComponents, withoutSegments } from '@sluice/testkit/images/jpeg'
import { pngChunk } from '@sluice/testkit/images/png'
import { thumbDistance } from '@sluice/testkit/thumb8'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { exifBlock } from '../../packages/core/test/exif-block.js'
import { type Drawn, draw, verdictOf } from './draw.js'

/* The kinds of the reported pictures in other files: other sampling, other order, other trailers. */

const width = 120
const height = 88
const shades = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
  const [x, y, channel] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width), at % 3]
  return channel === 0 ? 2 * x : channel === 1 ? 2 * y : 255 - x - y
})
const picture = () => sharp(shades, { raw: { width, height, channels: 3 } })
const bytesOf = (...parts: (Uint8Array | readonly number[])[]) =>
  new Uint8Array(Buffer.concat(parts.map(part => Uint8Array.from(part))))

async function same(file: Uint8Array, whole: Drawn, notes: readonly string[]): Promise<void> {
  const drawn = await draw(file)
  expect(drawn).toMatchObject({ size: whole.size, frames: whole.frames })
  expect(drawn.notes).toEqual(expect.arrayContaining([...notes]))
  expect(thumbDistance(drawn.thumb, whole.thumb)).toBe(0)
}

const trailers: Readonly<Record<string, Uint8Array>> = {
  'two bytes': Uint8Array.of(1, 2),
  'a page of zeros': new Uint8Array(4096),
  'many zeros': new Uint8Array(70_000),
  'an index of Samsung': Buffer.from('SEFHk\0\0\0\x01\0\0\0SEFT', 'latin1'),
  'a video': Uint8Array.from({ length: 9000 }, (_, at) => (at * at * 31 + (at >> 3)) & 255),
}

describe.each([
  { progressive: false, chromaSubsampling: '4:2:0' },
  { progressive: false, chromaSubsampling: '4:4:4' },
  { progressive: true, chromaSubsampling: '4:2:0' },
  { progressive: true, chromaSubsampling: '4:4:4' },
])('JPEG $chromaSubsampling, progressive $progressive', settings => {
  const make = async () =>
    new Uint8Array(
      await picture()
        .jpeg({ ...settings, optimiseCoding: false })
        .toBuffer(),
    )

  test.each(Object.entries(trailers))('%s in place of EOI', async (_, trailer) => {
    const file = await make()
    await same(bytesOf(file.subarray(0, -2), trailer), await draw(file), ['end-missing'])
  })

  test('another picture in place of EOI', async () => {
    const file = await make()
    await same(bytesOf(file.subarray(0, -2), file), await draw(file), ['end-missing', 'trailing-dropped'])
  })

  test('a file that ends with its data, or in it, was cut off, with zeros behind it or none', async () => {
    const file = await make()
    for (const length of [file.length - 2, file.length - 1, file.length - 40, Math.floor(file.length * 0.7)])
      expect(await verdictOf(file.subarray(0, length)), `${length}`).toBe('truncated')
    for (const length of [file.length - 40, Math.floor(file.length * 0.7)]) {
      const filled = bytesOf(file.subarray(0, length), new Uint8Array(70_000))
      expect(await verdictOf(filled), `${length}`).toMatch(/^(truncated|corrupt|decode-failed)$/)
    }
  })

  test('entropy-coded data that are one to four bytes short, as sharp refuses them', async () => {
    const file = await make()
    for (const less of [1, 2, 3, 4]) {
      const short = bytesOf(file.subarray(0, -2 - less), [0xff, 0xd9])
      expect(await verdictOf(short), `${less}`).toMatch(/^(truncated|corrupt|decode-failed)$/)
    }
  })

  test('components of one name', async () => {
    const file = await make()
    const renamed = renameComponents(file, settings.progressive ? [7, 7, 7] : [9, 9, 9])
    // Scans of one component can only mean the first of that name.
    if (settings.progressive) expect(await verdictOf(renamed)).not.toBe('internal')
    else await same(renamed, await draw(file), ['component-ids-equal'])
  })

  test('EXIF of two orientations', async () => {
    const file = await make()
    const exif = bytesOf([...Buffer.from('Exif\0\0')], exifBlock({ orientation: 6, count: 2 }))
    const turned = bytesOf(file.subarray(0, 2), [0xff, 0xe1, 0, exif.length + 2], exif, file.subarray(2))
    expect((await draw(turned)).size).toEqual([height, width])
  })
})

test.each(['4:2:0', '4:4:4'])('JPEG %s without Huffman tables', async chromaSubsampling => {
  const file = new Uint8Array(await picture().jpeg({ chromaSubsampling, optimiseCoding: false }).toBuffer())
  await same(withoutSegments(file, 0xc4), await draw(file), ['tables-missing'])
})

describe.each([true, false])('PNG, interlaced %s', progressive => {
  const make = async () => new Uint8Array(await picture().png({ progressive }).toBuffer())
  const text = pngChunk('tEXt', Buffer.from('a\0b'))

  test('anything in place of IEND', async () => {
    const file = await make()
    const whole = await draw(file)
    for (const end of [[], [0, 0, 0, 9], [...text], [...text.subarray(0, -1)], [...new Uint8Array(5000)]])
      await same(bytesOf(file.subarray(0, -12), end), whole, ['end-missing'])
    for (const less of [13, 16, 40, file.length / 2])
      expect(await verdictOf(file.subarray(0, -less))).toBe('truncated')
  })

  test('ancillary chunks with a wrong checksum', async () => {
    const file = await make()
    const whole = await draw(file)
    const chunks = [
      pngChunk('tRNS', [0, 0, 0, 0, 0, 255]),
      pngChunk('cICP', [12, 13, 0, 1]),
      pngChunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0]),
      pngChunk('eXIf', exifBlock({ orientation: 6 })),
    ]
    for (const chunk of chunks) {
      const damaged = Uint8Array.from(chunk, (byte, at) => (at === chunk.length - 1 ? byte ^ 1 : byte))
      await same(bytesOf(file.subarray(0, 33), damaged, file.subarray(33)), whole, ['chunk-damaged'])
    }
  })
})

test('metadata that are passed over are not limited, those that are parsed are', async () => {
  const png = new Uint8Array(await picture().png().toBuffer())
  const jpeg = new Uint8Array(await picture().jpeg().toBuffer())
  const segment = (name: string) => [
    0xff,
    0xe1,
    0xff,
    0xff,
    ...Buffer.from(name.padEnd(65_533, '\0'), 'latin1'),
  ]
  const segments = (name: string) => bytesOf(...Array.from({ length: 17 }, () => segment(name)))
  const inJpeg = (name: string) => bytesOf(jpeg.subarray(0, 2), segments(name), jpeg.subarray(2))
  const inPng = (type: string) => {
    const chunk = pngChunk(type, new Uint8Array(1_200_000).fill(0x61))
    return bytesOf(png.subarray(0, 33), chunk, png.subarray(33))
  }
  await same(inJpeg('http://ns.adobe.com/xmp/extension/\0'), await draw(jpeg), ['metadata-dropped'])
  await same(inPng('tEXt'), await draw(png), ['metadata-dropped'])
  expect(await verdictOf(inJpeg('Exif\0\0'))).toBe('too-much-metadata')
  expect(await verdictOf(inPng('eXIf'))).toBe('too-much-metadata')
})

test('an animated PNG that promises more frames than it has shows those that are there', async () => {
  const chunks = async (shade: Sharp) => {
    const file = new Uint8Array(await shade.png().toBuffer())
    const data = [...pngChunks(new ByteReader(file))].filter(({ type }) => type === 'IDAT')
    return bytesOf(...data.map(({ body }) => body.bytes(body.left)))
  }
  const [first, second] = [await chunks(picture()), await chunks(picture().negate())]
  const head = new Uint8Array(await picture().png().toBuffer()).subarray(0, 33)
  const control = (number: number) => {
    const numbers = [number, width, height, 0, 0].flatMap(value => [...u32(value)].reverse())
    return pngChunk('fcTL', [...numbers, 0, 1, 0, 10, 0, 0])
  }
  const animated = (promised: number) =>
    bytesOf(
      head,
      pngChunk('acTL', [0, 0, 0, promised, 0, 0, 0, 0]),
      control(0),
      pngChunk('IDAT', first),
      control(1),
      pngChunk('fdAT', bytesOf([0, 0, 0, 2], second)),
      pngChunk('IEND', []),
    )
  const whole = await draw(animated(2))
  expect(whole).toMatchObject({ frames: 2, notes: [] })
  for (const promised of [3, 40]) await same(animated(promised), whole, ['frames-missing'])
})

test('GIF: a screen without a size, empty frames, anything in place of the trailer', async () => {
  const gif = new Uint8Array(await picture().gif().toBuffer())
  const whole = await draw(gif)
  const noScreen = Uint8Array.from(gif, (byte, at) => (at >= 6 && at < 10 ? 0 : byte))
  await same(noScreen, whole, ['screen-size-missing'])
  const empty = [0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]
  await same(bytesOf(gif.subarray(0, -1), empty, [0x3b]), whole, ['empty-frames'])
  for (const end of [[], [0], [0, 0, 0x3b], [...Buffer.from('trailer')], [...new Uint8Array(4096)]])
    await same(bytesOf(gif.subarray(0, -1), end), whole, ['end-missing'])
  for (const less of [3, 10, 300]) expect(await verdictOf(gif.subarray(0, -less))).toBe('truncated')
})

test.each([true, false])('WebP, lossless %s: one frame is a still', async lossless => {
  const still = new Uint8Array(await picture().webp({ lossless, quality: 90 }).toBuffer())
  const riff = (...chunks: Uint8Array[]) => {
    const body = bytesOf(Buffer.from('WEBP'), ...chunks)
    return bytesOf(Buffer.from('RIFF'), u32(body.length), body)
  }
  const chunk = (type: string, body: Uint8Array) =>
    bytesOf(Buffer.from(type, 'latin1'), u32(body.length), body, new Uint8Array(body.length % 2))
  const image = still.subarray(12)
  const size = [width - 1, 0, 0, height - 1, 0, 0]
  const vp8x = (flags: number) => chunk('VP8X', Uint8Array.from([flags, 0, 0, 0, ...size]))
  const anim = chunk('ANIM', new Uint8Array(6))
  const frame = chunk('ANMF', bytesOf([0, 0, 0, 0, 0, 0, ...size, 100, 0, 0, 0], image))
  const whole = await draw(still)
  await same(riff(vp8x(2), anim, frame), whole, [])
  const exif = chunk('EXIF', exifBlock({ orientation: 6 }))
  await same(riff(vp8x(2), anim, frame, exif), whole, ['metadata-unannounced'])
  await same(riff(image, exif), whole, ['metadata-unannounced'])
  expect((await draw(riff(vp8x(8), image, exif))).size).toEqual([height, width])
})

function u32(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24)
}
