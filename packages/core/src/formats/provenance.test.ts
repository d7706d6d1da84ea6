import { describe, expect, it } from 'vitest'
import { be, bytesOf } from '../../test/bytes-of.js'
import { box, heifFile, ispe } from '../../test/heif-file.js'
import { jpegFile, segment } from '../../test/jpeg-file.js'
import { chunk as pngChunk, pngFile } from '../../test/png-file.js'
import { read } from '../../test/read.js'
import { vp8, vp8x, chunk as webpChunk, webpFile } from '../../test/webp-file.js'
import { ByteReader } from '../input/bytes.js'
import { probe } from '../pipeline/probe.js'
import { passed, type Sniffed } from '../pipeline/stages.js'
import { definePolicy } from '../policy/policy.js'
import type { Format } from './format.js'
import { ProvenanceFinder } from './provenance.js'

const uuid = [0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81]
const jumbf = bytesOf(be(100, 4), 'jumb', be(60, 4), 'jumdc2pa', new Uint8Array(40))
const scheme = 'http://cv.iptc.org/newscodes/digitalsourcetype/'
const xmp = (type: string) => `<x:xmpmeta Iptc4xmpExt:DigitalSourceType="${type}"/>`
const made = xmp(`${scheme}trainedAlgorithmicMedia`)

const jpegXmp = (packet: string) =>
  jpegFile({ before: [segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', packet)] })
const files: readonly (readonly [Format, manifest: Uint8Array, xmp: Uint8Array, plain: Uint8Array])[] = [
  ['jpeg', jpegFile({ before: [segment(0xeb, 'JP', 0, 1, be(1, 4), jumbf)] }), jpegXmp(made), jpegFile()],
  [
    'png',
    pngFile({ before: [pngChunk('caBX', jumbf)] }),
    pngFile({ before: [pngChunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0', made)] }),
    pngFile(),
  ],
  [
    'webp',
    webpFile(vp8x(), vp8(), webpChunk('C2PA', jumbf)),
    webpFile(vp8x(6, 4, 4), vp8(), webpChunk('XMP ', made)),
    webpFile(vp8()),
  ],
  ['avif', heifFile({ after: box('uuid', bytesOf(...uuid), jumbf) }), avifXmp(made), heifFile()],
]

/** A file whose second item is an XMP packet. */
function avifXmp(packet: string): Uint8Array {
  const items = [
    { type: 'av01', properties: [ispe(6, 4)] },
    { type: 'mime', length: 64 },
  ]
  const file = heifFile({ items })
  return bytesOf(file.subarray(0, -64), fit(packet))
}

/** The telling part of a packet in the 64 bytes that items of `heifFile` have. */
function fit(packet: string): Uint8Array {
  const type = /\/digitalsourcetype\/\w+/.exec(packet)?.[0] ?? ''
  return bytesOf(`DigitalSourceType${type}`.padEnd(64).slice(0, 64))
}

const notesOf = (format: Format, bytes: Uint8Array) => {
  const policy = definePolicy({ extensions: ['jpg', 'png', 'webp', 'avif'] })
  const sniffed = passed<Sniffed>({ bytes, format, name: '', extension: undefined })
  return probe(sniffed, policy).notes
}

describe.each(files)('%s', (format, manifest, packet, plain) => {
  it('notes that content credentials are dropped', () => {
    expect(read(format, manifest).provenance).toEqual({ contentCredentials: true })
    expect(notesOf(format, manifest).map(({ code }) => code)).toContain('content-credentials-dropped')
  })

  it('notes that the digital source type is dropped, and which it was', () => {
    expect(read(format, packet).provenance).toEqual({
      contentCredentials: false,
      digitalSourceType: 'trainedAlgorithmicMedia',
    })
    expect(notesOf(format, packet)).toContainEqual({
      code: 'source-type-dropped',
      message: 'the digital source type of IPTC was dropped: trainedAlgorithmicMedia',
    })
  })

  it('says nothing of other files', () => {
    expect(read(format, plain).provenance).toBeUndefined()
  })
})

it('hands on nothing that is not one of the codes by its form, and looks at 64 KiB at most', () => {
  const typeOf = (packet: string) => read('jpeg', jpegXmp(packet)).provenance?.digitalSourceType
  expect(typeOf(xmp('<script>'))).toBe('unknown')
  expect(typeOf(xmp(`${scheme}"onload`))).toBe('unknown')
  expect(typeOf(xmp(scheme + 'a'.repeat(100)))).toBe('a'.repeat(40))
  expect(typeOf('<x:xmpmeta/>')).toBeUndefined()
  const finder = (before: number) => {
    const provenance = new ProvenanceFinder()
    const packet = new ByteReader(bytesOf(' '.repeat(before), 'DigitalSourceType'))
    provenance.xmp(packet)
    return [provenance.found()?.digitalSourceType, packet.reads]
  }
  expect(finder(65_536 - 17)).toEqual(['unknown', 65_536])
  expect(finder(65_536 - 16)).toEqual([undefined, 65_536])
})

it('takes no other JUMBF for content credentials', () => {
  const other = bytesOf(be(100, 4), 'jumb', be(60, 4), 'jumdJPEG', new Uint8Array(40))
  const file = jpegFile({ before: [segment(0xeb, 'JP', 0, 1, be(1, 4), other)] })
  expect(read('jpeg', file).provenance).toBeUndefined()
  expect(read('avif', heifFile({ after: box('uuid', new Uint8Array(16)) })).provenance).toBeUndefined()
})
