import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../test/bytes-of.js'
import { ByteReader } from '../input/bytes.js'
import { openWebp, u24le, webpChunks, writeChunk, writeWebp } from './riff.js'

describe('a RIFF file', () => {
  it('is written with sizes and padding', () => {
    const file = writeWebp([
      writeChunk('VP8 ', bytesOf('ab'), bytesOf('c')),
      writeChunk('EXIF', bytesOf('de')),
    ])
    expect(file).toEqual(
      bytesOf('RIFF', 26, 0, 0, 0, 'WEBP', 'VP8 ', 3, 0, 0, 0, 'abc\0', 'EXIF', 2, 0, 0, 0, 'de'),
    )
  })

  it('is read as it was written', () => {
    const payload = new Uint8Array(70_001).fill(7)
    const file = writeWebp([writeChunk('ALPH', payload), writeChunk('XMP ')])
    const read = Array.from(webpChunks(openWebp(new ByteReader(file))), ({ type, body }) => [
      type,
      body.bytes(body.length),
    ])
    expect(read).toEqual([
      ['ALPH', payload],
      ['XMP ', new Uint8Array(0)],
    ])
  })

  it('has numbers of three bytes', () => {
    expect(u24le(0x010203)).toEqual([3, 2, 1])
    expect(u24le(2 ** 24 - 1)).toEqual([255, 255, 255])
  })
})
