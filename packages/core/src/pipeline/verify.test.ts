import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../test/bytes-of.js'
import { application, comment, control, frame, gifFile, looping, subBlocks } from '../../test/gif-file.js'
import { box, heifFile, ispe } from '../../test/heif-file.js'
import { jpegFile, segment } from '../../test/jpeg-file.js'
import { actl, damaged, fctl, chunk as pngChunk, pngFile } from '../../test/png-file.js'
import { verdict } from '../../test/read.js'
import { tiffFile } from '../../test/tiff-file.js'
import { anim, anmf, chunk, vp8, vp8l, vp8x, webpFile } from '../../test/webp-file.js'
import type { Rendition } from '../contracts/rendition.js'
import type { Format } from '../formats/format.js'
import { sha256 } from '../input/sha256.js'
import { definePolicy, type PolicyInput } from '../policy/policy.js'
import { probe } from './probe.js'
import { passed, type Rendered, type Sniffed } from './stages.js'
import { verify, verifyOutput } from './verify.js'

const output = (bytes: Uint8Array) => verdict(() => verifyOutput(bytes))
const avifItem = { type: 'av01', properties: [ispe(6, 4)] }
const jfif = segment(0xe0, 'JFIF\0', 1, 1, 0, 0, 1, 0, 1, 0, 0)
/** A JPEG as an encoder of ours writes it. */
const jpeg = (...more: Uint8Array[]) =>
  jpegFile({ before: [jfif, ...more, segment(0xdb, 0, new Uint8Array(64)), segment(0xc4, 0)] })
const animated = (...frames: Uint8Array[]) => webpFile(vp8x(6, 4, 0x02), anim(), anmf(), ...frames)

describe('verifyOutput', () => {
  it('accepts what this library writes', () => {
    expect(output(webpFile(vp8()))).toBe('accepted')
    expect(output(webpFile(vp8l()))).toBe('accepted')
    expect(output(webpFile(vp8x(6, 4, 0x10), chunk('ALPH', 'x'), vp8()))).toBe('accepted')
    expect(output(animated(anmf({ chunks: [chunk('ALPH', 'x'), vp8()] })))).toBe('accepted')
    expect(output(gifFile({ blocks: [looping(0), control(5, true), frame(), frame()] }))).toBe('accepted')
    expect(output(heifFile())).toBe('accepted')
    expect(output(jpeg())).toBe('accepted')
    expect(output(jpeg(segment(0xdd, 0, 4)))).toBe('accepted')
    expect(output(pngFile())).toBe('accepted')
    expect(
      output(pngFile({ before: [pngChunk('PLTE', '123456'), pngChunk('tRNS', 'x')], colourType: 3 })),
    ).toBe('accepted')
  })

  it.each([
    ['a profile', webpFile(vp8x(), chunk('ICCP', 'x'), vp8())],
    ['EXIF in AVIF', heifFile({ items: [avifItem, { type: 'Exif', length: 4 }] })],
    [
      'a profile in AVIF',
      heifFile({ items: [{ type: 'av01', properties: [ispe(6, 4), box('colr', 'profx')] }] }),
    ],
    ['an unknown box in AVIF', heifFile({ after: box('free', '<?php') })],
    ['an unknown box in meta', heifFile({ more: [box('uuid', '<?php')] })],
    [
      'an unknown property',
      heifFile({ items: [{ type: 'av01', properties: [ispe(6, 4), box('udes', 'x')] }] }),
    ],
    ['HEIC', heifFile({ brand: 'heic', items: [{ type: 'hvc1', properties: [ispe(6, 4)] }] })],
    ['EXIF', webpFile(vp8x(), vp8(), chunk('EXIF', 'x'))],
    ['XMP', webpFile(vp8x(), vp8(), chunk('XMP ', 'x'))],
    ['empty XMP', webpFile(vp8x(), vp8(), chunk('XMP '))],
    ['a flag for a profile', webpFile(vp8x(6, 4, 0x20), vp8())],
    ['an unknown chunk', webpFile(vp8(), chunk('<?ph', 'x'))],
    ['an unknown chunk in a frame', animated(anmf({ chunks: [vp8(), chunk('XMP ')] }))],
    ['bytes after the WebP', bytesOf(webpFile(vp8()), 0)],
    ['a comment', gifFile({ blocks: [comment('<?php'), frame()] })],
    ['plain text', gifFile({ blocks: [bytesOf(0x21, 0x01, subBlocks('x')), frame()] })],
    ['another application', gifFile({ blocks: [application('XMP DataXMP', 'x'), frame()] })],
    ['another looping extension', gifFile({ blocks: [application('ANIMEXTS1.0', '\x01\0\0'), frame()] })],
    [
      'a looping extension with more in it',
      gifFile({ blocks: [application('NETSCAPE2.0', '\x01\0\0', '<?php'), frame()] }),
    ],
    [
      'a control extension with more in it',
      gifFile({ blocks: [bytesOf(0x21, 0xf9, subBlocks('\0\0\0\0', '<?php')), frame()] }),
    ],
    ['bytes after the GIF', bytesOf(gifFile(), '<?php')],
    ['a truncated file', webpFile(vp8()).subarray(0, 30)],
    ['a JPEG without tables', jpegFile()],
    ['a comment in JPEG', jpeg(segment(0xfe, '<?php'))],
    ['EXIF in JPEG', jpeg(segment(0xe1, 'Exif\0\0'))],
    ['a profile in JPEG', jpeg(segment(0xe2, 'ICC_PROFILE\0'))],
    ['a thumbnail in JFIF', jpeg(segment(0xe0, 'JFIF\0', 1, 1, 0, 0, 1, 0, 1, 1, 1, 'rgb'))],
    ['Adobe in JPEG', jpeg(segment(0xee, 'Adobe', 0, 100, 0, 0, 0, 0, 1))],
    ['bytes between the segments of a JPEG', jpeg(bytesOf('<?php'))],
    ['bytes after the JPEG', bytesOf(jpeg(), '<?php')],
    ['a JPEG without its end', jpeg().subarray(0, -2)],
    ['text in PNG', pngFile({ before: [pngChunk('tEXt', 'Comment\0x')] })],
    ['a profile in PNG', pngFile({ before: [pngChunk('iCCP', 'x\0\0x')] })],
    ['what a PNG is drawn with and needs not', pngFile({ before: [pngChunk('gAMA', '\0\0\0\x01')] })],
    ['an animated PNG', pngFile({ before: [actl(1), fctl(0)] })],
    ['a damaged chunk', pngFile({ before: [damaged(pngChunk('tRNS', '123456'))] })],
    ['a PNG without its end', pngFile({ end: new Uint8Array(0) })],
    ['bytes after the PNG', bytesOf(pngFile(), '<?php')],
    [
      'HEIC again, by another brand',
      heifFile({ brand: 'mif1', items: [{ type: 'hvc1', properties: [ispe(6, 4)] }] }),
    ],
    ['no image', bytesOf('<?php')],
  ])('refuses %s', (_, bytes) => {
    expect(output(bytes)).toBe('verify-failed')
  })

  it('says in the log what was found, and nothing of it to the sender', () => {
    expect(() => verifyOutput(webpFile(vp8(), chunk('EXIF', 'x')))).toThrow(
      expect.objectContaining({
        status: 500,
        stage: 'verify',
        detail: 'chunk EXIF',
        message: 'The image could not be processed.',
      }),
    )
  })
})

describe('verify', () => {
  const still = gifFile({ width: 6, height: 4 })
  const moving = gifFile({ width: 6, height: 4, blocks: [frame(), frame()] })

  function run(
    source: Uint8Array,
    renditions: readonly Partial<Rendition>[],
    settings: PolicyInput = {},
    format: Format = 'gif',
  ) {
    const policy = definePolicy(settings)
    const sniffed = passed<Sniffed>({
      bytes: source,
      format,
      name: '',
      extension: undefined,
    })
    const complete = renditions.map(
      (part): Rendition => ({
        name: 'main',
        format: 'webp',
        bytes: webpFile(vp8()),
        width: 6,
        height: 4,
        frames: 1,
        ...part,
      }),
    )
    return verify(
      passed<Rendered>({ source: probe(sniffed, policy), renditions: complete, notes: [] }),
      policy,
    )
  }
  const refused = expect.objectContaining({ code: 'verify-failed' })

  it('passes on what was planned, with its hashes', async () => {
    const { renditions } = await run(still, [{}])
    const bytes = webpFile(vp8())
    expect(renditions).toEqual([
      { name: 'main', format: 'webp', bytes, width: 6, height: 4, frames: 1, sha256: await sha256(bytes) },
    ])
    await expect(run(moving, [{ format: 'gif', bytes: moving, frames: 2 }])).resolves.toBeDefined()
    await expect(
      run(moving, [{ bytes: animated(anmf()), frames: 2 }], { animated: 'webp' }),
    ).resolves.toBeDefined()
    await expect(run(moving, [{}], { animated: 'first-frame' })).resolves.toBeDefined()
  })

  it('wants every variant, in its order and size', async () => {
    const variants = { thumb: { maxWidth: 3, maxHeight: 3 } }
    const thumb = { name: 'thumb', width: 3, height: 2, bytes: webpFile(vp8(3, 2)) }
    await expect(run(still, [{}, thumb], { variants })).resolves.toMatchObject({
      renditions: [{ name: 'main' }, { name: 'thumb' }],
    })
    await expect(run(still, [{}], { variants })).rejects.toThrow(refused)
    await expect(run(still, [thumb, {}], { variants })).rejects.toThrow(refused)
    await expect(run(still, [{}, thumb])).rejects.toThrow(refused)
    await expect(run(still, [{}, { ...thumb, bytes: webpFile(vp8()) }], { variants })).rejects.toThrow(
      refused,
    )
  })

  it('refuses a renderer that says or makes something else', async () => {
    await expect(run(still, [])).rejects.toThrow(refused)
    await expect(run(still, [{ width: 5 }])).rejects.toThrow(refused)
    await expect(run(still, [{ frames: 2 }])).rejects.toThrow(refused)
    await expect(run(still, [{ bytes: webpFile(vp8(4, 6)) }])).rejects.toThrow(refused)
    await expect(run(still, [{ bytes: animated(anmf()) }])).rejects.toThrow(refused)
    await expect(run(still, [{ bytes: still }])).rejects.toThrow(refused)
    await expect(run(moving, [{ format: 'gif', bytes: still, frames: 2 }])).rejects.toThrow(refused)
    await expect(run(still, [{ bytes: webpFile(vp8(), chunk('XMP ')) }])).rejects.toThrow(refused)
  })

  it('writes what is kept, in every rendition, and lets no renderer do it', async () => {
    const exif = segment(0xe1, 'Exif\0\0', tiffFile({ 33432: '© <b>Jane' }, { exif: { 36867: 'x' } }))
    const source = jpegFile({ width: 6, height: 4, before: [exif] })
    const variants = { thumb: { maxWidth: 3, maxHeight: 3, format: 'png' } } as const
    const thumb = { name: 'thumb', format: 'png', width: 3, height: 2 } as const
    const made = [{}, { ...thumb, bytes: pngFile({ width: 3, height: 2 }) }]
    const settings = { keep: ['copyright'], variants } as const
    const { renditions } = await run(source, made, settings, 'jpeg')
    for (const { bytes, sha256: hash } of renditions) {
      expect(Buffer.from(bytes).toString()).toContain('© bJane')
      expect(hash).toBe(await sha256(bytes))
      expect(verifyOutput(bytes, settings).exifBytes).toBe(26 + 9)
    }
    const plain = await run(source, made, { variants }, 'jpeg')
    expect(plain.renditions.map(({ bytes }) => verifyOutput(bytes).exifBytes)).toEqual([0, 0])
    const [main, small] = renditions
    await expect(run(source, [main ?? {}, small ?? {}], settings, 'jpeg')).rejects.toThrow(refused)
  })
})
