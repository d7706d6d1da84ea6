import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../test/bytes-of.js'
import { control, frame, gifFile } from '../../test/gif-file.js'
import { jpegFile, scan, segment } from '../../test/jpeg-file.js'
import { chunk, pngFile } from '../../test/png-file.js'
import { verdict } from '../../test/read.js'
import { anim, anmf, vp8, vp8x, webpFile } from '../../test/webp-file.js'
import { UploadError } from '../errors/upload-error.js'
import type { Format } from '../formats/format.js'
import { definePolicy, type PolicyInput } from '../policy/policy.js'
import { probe } from './probe.js'
import { passed, type Sniffed } from './stages.js'

const sniffed = (format: Format, bytes: Uint8Array) =>
  passed<Sniffed>({ bytes, format, name: 'photo', extension: undefined })
const run = (format: Format, bytes: Uint8Array, policy: PolicyInput = {}) =>
  probe(sniffed(format, bytes), definePolicy(policy))

function refusal(format: Format, bytes: Uint8Array, policy: PolicyInput): UploadError {
  try {
    run(format, bytes, policy)
  } catch (thrown) {
    if (thrown instanceof UploadError) return thrown
    throw thrown
  }
  throw new Error('was accepted')
}

const frames = (count: number) => gifFile({ blocks: Array.from({ length: count }, () => frame()) })
const scans = (count: number) => jpegFile({ scans: Array.from({ length: count }, () => scan([1, 2, 3])) })
const tables = segment(0xc4)
const metadata = (bytes: number) => jpegFile({ before: [tables, segment(0xfe, new Uint8Array(bytes))] })
const profile = (bytes: number) => segment(0xe2, 'ICC_PROFILE\0', 1, 1, new Uint8Array(bytes))

describe('probe', () => {
  it('adds the header to what was sniffed', () => {
    const probed = run('jpeg', jpegFile({ before: [tables] }))
    expect(probed).toMatchObject({
      format: 'jpeg',
      name: 'photo',
      header: { width: 17, height: 9 },
      notes: [],
    })
  })

  it.each([
    [
      'too-many-pixels',
      'png',
      pngFile({ width: 100, height: 10 }),
      'maxPixels',
      1000,
      { width: 100, height: 10 },
    ],
    [
      'too-many-pixels',
      'jpeg',
      jpegFile({ width: 100, height: 10 }),
      'maxPixels',
      1000,
      { width: 100, height: 10 },
    ],
    [
      'too-many-pixels',
      'gif',
      gifFile({ width: 100, height: 10 }),
      'maxPixels',
      1000,
      { width: 100, height: 10 },
    ],
    ['too-many-pixels', 'webp', webpFile(vp8(100, 10)), 'maxPixels', 1000, { width: 100, height: 10 }],
    ['too-many-frames', 'gif', frames(12), 'maxFrames', 12, { frames: 12 }],
    ['too-many-total-pixels', 'gif', frames(12), 'maxTotalPixels', 96, { totalPixels: 96 }],
    [
      'too-many-total-pixels',
      'webp',
      webpFile(vp8x(6, 4, 2), anim(), anmf(), anmf()),
      'maxTotalPixels',
      48,
      { totalPixels: 48 },
    ],
    ['too-many-scans', 'jpeg', scans(12), 'maxScans', 12, { scans: 12 }],
    [
      'too-much-metadata',
      'jpeg',
      jpegFile({ before: [profile(900), segment(0xe1, 'Exif\0', new Uint8Array(95))] }),
      'maxMetadataBytes',
      1000,
      { metadataBytes: 1000 },
    ],
    [
      'too-much-metadata',
      'png',
      pngFile({ before: [chunk('eXIf', new Uint8Array(1000))] }),
      'maxMetadataBytes',
      1000,
      { metadataBytes: 1000 },
    ],
  ] as const)(
    '%s: accepts at the limit, refuses above it (%s)',
    (code, format, bytes, setting, limit, numbers) => {
      const policy = (value: number): PolicyInput =>
        setting === 'maxTotalPixels' ? { maxPixels: 24, [setting]: value } : { [setting]: value }
      expect(run(format, bytes, policy(limit)).header).toMatchObject({ format })
      expect(refusal(format, bytes, policy(limit - 1))).toMatchObject({
        code,
        status: 422,
        stage: 'probe',
        params: { ...numbers, [setting]: limit - 1 },
      })
    },
  )

  it('refuses a crop with a side under the limit, and takes what a narrow picture has', () => {
    const cropped = (bytes: Uint8Array, width: number, height: number, minCropSide?: number) =>
      verdict(() => {
        const view = { crop: { x: 0, y: 0, width, height } }
        const upload = passed<Sniffed>({ bytes, format: 'png', name: '', extension: undefined, view })
        return probe(upload, definePolicy(minCropSide === undefined ? {} : { minCropSide }))
      })
    const picture = pngFile({ width: 100, height: 50 })
    expect(cropped(picture, 0.16, 0.32)).toBe('accepted')
    expect(cropped(picture, 0.15, 0.32)).toBe('crop-too-small')
    expect(cropped(picture, 0.16, 0.3)).toBe('crop-too-small')
    expect(cropped(picture, 0.15, 0.3, 15)).toBe('accepted')
    expect(cropped(pngFile({ width: 100, height: 9 }), 0.16, 1)).toBe('accepted')
    expect(cropped(pngFile({ width: 100, height: 9 }), 0.16, 0.5)).toBe('crop-too-small')
  })

  it('refuses animations where the policy says so, and no stills', () => {
    expect(verdict(() => run('gif', frames(2), { animated: 'refuse' }))).toBe('animation-not-allowed')
    expect(verdict(() => run('gif', frames(1), { animated: 'refuse' }))).toBe('accepted')
    expect(verdict(() => run('gif', frames(2)))).toBe('accepted')
  })

  it('notes what it drops, and refuses trailing bytes where the policy says so', () => {
    const polyglot = bytesOf(metadata(7), '<?php')
    expect(run('jpeg', polyglot).notes).toEqual([
      { code: 'metadata-dropped', message: '7 bytes of metadata were dropped' },
      { code: 'trailing-dropped', message: '5 bytes after the end of the image were dropped' },
    ])
    expect(refusal('jpeg', polyglot, { trailingData: 'refuse' })).toMatchObject({
      code: 'trailing-data',
      params: { trailingBytes: 5 },
    })
    expect(verdict(() => run('jpeg', jpegFile(), { trailingData: 'refuse' }))).toBe('accepted')
  })

  it('does not limit what nobody parses', () => {
    const text = chunk('zTXt', new Uint8Array(5000))
    expect(verdict(() => run('png', pngFile({ before: [text] }), { maxMetadataBytes: 0 }))).toBe('accepted')
    expect(verdict(() => run('jpeg', metadata(5000), { maxMetadataBytes: 0 }))).toBe('accepted')
  })

  it('notes every repair, and refuses it where the policy says so', () => {
    const file = jpegFile({ end: new Uint8Array(9) })
    expect(run('jpeg', file).notes.map(({ code }) => code)).toEqual(['tables-missing', 'end-missing'])
    expect(refusal('jpeg', file, { repair: 'none' })).toMatchObject({
      code: 'needs-repair',
      params: { repair: 'tables-missing' },
    })
    expect(verdict(() => run('gif', gifFile(), { repair: 'none' }))).toBe('accepted')
  })

  it('refuses the 69-byte header bomb and the far-away frame by default', () => {
    expect(verdict(() => run('png', pngFile({ width: 10_000, height: 10_000 })))).toBe('too-many-pixels')
    const far = gifFile({ blocks: [control(0), frame({ x: 65535, y: 65535 })] })
    expect(verdict(() => run('gif', far))).toBe('too-many-pixels')
    expect(verdict(() => run('jpeg', scans(101)))).toBe('too-many-scans')
    expect(verdict(() => run('gif', frames(301)))).toBe('too-many-frames')
  })
})
