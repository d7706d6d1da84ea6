import { describe, expect, it } from 'vitest'
import { be, bytesOf } from '../../../test/bytes-of.js'
import {
  auxC,
  box,
  clap,
  fullBox,
  type HeifFields,
  heifFile,
  imir,
  irot,
  ispe,
} from '../../../test/heif-file.js'
import { read, verdict } from '../../../test/read.js'
import { ByteReader } from '../../input/bytes.js'
import { readHeader } from '../read-header.js'

const avif = (fields?: HeifFields) => read('avif', heifFile(fields))
const refusal = (fields?: HeifFields) => verdict(() => avif(fields))
const primary = (...properties: Uint8Array[]) => ({ items: [{ type: 'av01', properties }] })
const alphaType = 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha'

describe('primary item', () => {
  it('gives size, depth and colour', () => {
    expect(avif()).toMatchObject({
      format: 'avif',
      width: 6,
      height: 4,
      orientation: 1,
      frames: 1,
      totalPixels: 24,
      bitDepth: 8,
      colour: 'ycc',
      alpha: false,
      metadataBytes: 0,
      trailingBytes: 0,
    })
    expect(avif(primary(ispe(6, 4), fullBox('pixi', 0, 0, 1, 10)))).toMatchObject({
      bitDepth: 10,
      colour: 'grey',
    })
    expect(
      avif({ primary: 2, items: [{ type: 'av01' }, { type: 'av01', properties: [ispe(3, 2)] }] }).width,
    ).toBe(3)
  })

  it('must be there, have a size and be of a type that its codec decodes', () => {
    expect(refusal({ primary: 9 })).toBe('unsupported-kind')
    expect(refusal(primary())).toBe('corrupt')
    expect(refusal({ items: [{ type: 'hvc1', properties: [ispe(6, 4)] }] })).toBe('unsupported-kind')
    const heic = heifFile({ brand: 'heic', items: [{ type: 'hvc1', properties: [ispe(6, 4)] }] })
    expect(read('heic', heic).format).toBe('heic')
    expect(() => avif({ items: [{ type: '<\n>x', properties: [ispe(6, 4)] }] })).toThrow(
      /AVIF of type \?\?\?x/,
    )
  })

  it('holds every size in the file to the limit', () => {
    const limited = (maxPixels: number, fields?: HeifFields) =>
      verdict(() => read('avif', heifFile(fields), maxPixels))
    expect(limited(24)).toBe('accepted')
    expect(limited(23)).toBe('too-many-pixels')
    expect(limited(2 ** 30, primary(ispe(2 ** 32 - 1, 2 ** 32 - 1)))).toBe('too-many-pixels')
    const thumbnail = { type: 'av01', properties: [ispe(100, 100)] }
    expect(limited(24, { items: [{ type: 'av01', properties: [ispe(6, 4)] }, thumbnail] })).toBe(
      'too-many-pixels',
    )
    expect(refusal(primary(ispe(0, 4)))).toBe('corrupt')
  })

  it('is shown in its clean aperture', () => {
    const aperture = clap(5, 1, 6, 2, 0, 1, 0, 1)
    expect(avif(primary(ispe(6, 4), aperture))).toMatchObject({
      width: 5,
      height: 3,
      totalPixels: 24,
      heif: { coded: { width: 6, height: 4 }, aperture: { x: 0, y: 0 } },
    })
    const corner = clap(2, 1, 2, 1, 2, 1, -2, 2)
    expect(avif(primary(ispe(6, 4), corner)).heif?.aperture).toEqual({ x: 4, y: 0 })
    expect(refusal(primary(ispe(6, 4), clap(2, 1, 2, 1, 3, 1, 0, 1)))).toBe('corrupt')
    expect(refusal(primary(ispe(6, 4), clap(2, 1, 2, 1, -3, 1, 0, 1)))).toBe('corrupt')
    expect(refusal(primary(ispe(6, 4), clap(2, 1, 2, 1, 0, 0, 0, 1)))).toBe('corrupt')
    expect(refusal(primary(ispe(6, 4), irot(1), aperture))).toBe('unsupported-kind')
    expect(refusal(primary(ispe(6, 4), aperture, aperture))).toBe('unsupported-kind')
    for (const sizes of [
      [5, 0, 3, 1],
      [0, 1, 3, 1],
      [7, 1, 3, 1],
    ])
      expect(refusal(primary(ispe(6, 4), clap(...sizes, 0, 1, 0, 1)))).toBe('corrupt')
  })
})

describe('orientation', () => {
  it.each([
    [1, []],
    [1, [irot(0)]],
    [8, [irot(1)]],
    [3, [irot(2)]],
    [6, [irot(3)]],
    [4, [imir(0)]],
    [2, [imir(1)]],
    [5, [irot(1), imir(0)]],
    [7, [irot(1), imir(1)]],
    [2, [irot(2), imir(0)]],
    [4, [irot(2), imir(1)]],
    [7, [irot(3), imir(0)]],
    [5, [irot(3), imir(1)]],
    // Transformations apply in their order.
    [7, [imir(0), irot(1)]],
    [5, [imir(1), irot(1)]],
  ])('is %i, as EXIF counts (%#)', (orientation, turns) => {
    expect(avif(primary(ispe(6, 4), ...turns))).toMatchObject({ orientation, width: 6, height: 4 })
  })
})

describe('other items', () => {
  const picture = { type: 'av01', properties: [ispe(6, 4)] }
  const tile = { type: 'av01', properties: [ispe(10, 10)] }

  it('counts all tiles of a grid, each as often as it is named', () => {
    const grid = { type: 'grid', properties: [ispe(15, 15)] }
    const fields = { items: [grid, tile, tile], references: [['dimg', 1, [2, 3, 3, 3]]] as const }
    expect(avif(fields)).toMatchObject({ width: 15, height: 15, totalPixels: 400 })
    expect(refusal({ items: [grid, grid], references: [['dimg', 1, [2]]] })).toBe('corrupt')
    expect(refusal({ items: [grid, { type: 'av01' }], references: [['dimg', 1, [2]]] })).toBe('corrupt')
  })

  it('sees alpha in an auxiliary item that says so', () => {
    const auxiliary = (type: string) => ({ type: 'av01', properties: [ispe(6, 4), auxC(type)] })
    const alpha = (type: string) =>
      avif({ items: [picture, auxiliary(type)], references: [['auxl', 2, [1]]] }).alpha
    expect(alpha(alphaType)).toBe(true)
    expect(alpha('urn:mpeg:hevc:2015:auxid:1')).toBe(true)
    expect(alpha('urn:mpeg:hevc:2015:auxid:2')).toBe(false)
    expect(avif({ items: [picture, auxiliary(alphaType)] }).alpha).toBe(false)
    const alphaGrid = { type: 'grid', properties: [ispe(6, 4), auxC(alphaType)] }
    const references = [['auxl', 2, [1]] as const, ['dimg', 2, [3, 3, 3]] as const]
    expect(avif({ items: [picture, alphaGrid, tile], references }).totalPixels).toBe(300)
  })

  it('adds up profile, EXIF and XMP', () => {
    const profiled = { type: 'av01', properties: [ispe(6, 4), box('colr', 'prof', 'profile')] }
    const items = [profiled, { type: 'Exif', length: 10 }, { type: 'mime', length: 20 }]
    expect(avif({ items })).toMatchObject({ iccBytes: 7, exifBytes: 10, metadataBytes: 37 })
  })

  it('refuses items outside the file', () => {
    expect(refusal({ items: [{ ...picture, length: 64 }] })).toBe('accepted')
    expect(refusal({ items: [{ ...picture, length: 65 }] })).toBe('truncated')
  })
})

describe('boxes', () => {
  it('take a size of 0 for the rest, and a size of 64 bits', () => {
    const file = heifFile()
    const rest = bytesOf(file.subarray(0, file.length - 72), be(0, 4), file.subarray(file.length - 68))
    expect(read('avif', rest)).toMatchObject({ width: 6, trailingBytes: 0 })
    expect(read('avif', bytesOf(heifFile(), be(1, 4), 'free', be(16, 8)))).toMatchObject({ trailingBytes: 0 })
  })

  it('end, however they lie about their sizes', () => {
    const inside = (bytes: Uint8Array) => refusal({ more: [bytes] })
    expect(inside(bytesOf(be(0, 4), 'free'))).toBe('accepted')
    expect(inside(bytesOf(be(7, 4), 'free'))).toBe('corrupt')
    expect(inside(bytesOf(be(1, 4), 'free', be(15, 8)))).toBe('corrupt')
    expect(inside(bytesOf(be(1, 4), 'free', be(2 ** 32 - 1, 4), be(0, 4)))).toBe('corrupt')
    expect(inside(bytesOf(be(100, 4), 'free'))).toBe('corrupt')
    // 64 bytes with a box of size 0 inside: nothing goes round in a circle.
    const hostile = bytesOf(
      box('ftyp', 'heic'),
      be(0, 4),
      'meta',
      0,
      0,
      0,
      0,
      be(0, 4),
      'iinf',
      new Uint8Array(28),
    )
    expect(verdict(() => read('heic', hostile))).toBe('corrupt')
  })

  it('begin with ftyp and hold one meta', () => {
    expect(verdict(() => read('avif', heifFile().subarray(20)))).toBe('corrupt')
    expect(refusal({ after: fullBox('meta', 0, 0) })).toBe('corrupt')
    expect(verdict(() => read('avif', box('ftyp', 'avif')))).toBe('truncated')
    expect(() => read('avif', bytesOf(box('ftyp', 'avis'), box('moov')))).toThrow(/AVIF sequence/)
    expect(() => read('heic', bytesOf(box('ftyp', 'mif3'), box('mini')))).toThrow(/mini/)
  })

  it('after the last that belongs to an image are trailing', () => {
    expect(avif({ after: box('mpvd', 'video') }).trailingBytes).toBe(13)
    expect(avif({ after: bytesOf('<?php') }).trailingBytes).toBe(5)
    expect(avif({ after: box('free', 'x') }).trailingBytes).toBe(0)
    expect(refusal({ after: bytesOf('<?php system($_GET[0])') })).toBe('truncated')
  })

  it('cannot make tables grow without bound', () => {
    const entries = (count: number) => Array.from({ length: count }, (_, index) => box('free', be(index, 4)))
    expect(refusal({ more: [box('iprp', box('ipco', ...entries(8000)))] })).toBe('accepted')
    expect(refusal({ more: [box('iprp', box('ipco', ...entries(8193)))] })).toBe('corrupt')
    // An iloc of entries that take no bytes for 65,535 extents.
    const extents = bytesOf(be(1, 2), 0, 0, be(65535, 2))
    const iloc = fullBox('iloc', 0, 0, 0, 0, be(1000, 2), ...Array.from({ length: 1000 }, () => extents))
    const file = new ByteReader(heifFile({ more: [iloc] }))
    expect(verdict(() => readHeader('avif', file, { maxPixels: 100 }))).toBe('corrupt')
    expect(
      refusal({
        more: [fullBox('iloc', 0, 0, 0x33, 0, be(1, 2), be(1, 2), 0, 0, be(1, 2), 1, 2, 3, 4, 5, 6)],
      }),
    ).toBe('corrupt')
  })
})
