import { deflateSync } from 'node:zlib'

/** A box (ISO/IEC 14496-12, 4.2) that says its own size. */
function box(size: number, type: string, body: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(size)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

/** 64 bytes. A reader that steps from box to box by their sizes stays at the one of size 0 for ever. */
export function heifWithEmptyBox(): Buffer {
  const brands = Buffer.from('heic\0\0\0\0heicmif1', 'latin1')
  return Buffer.concat([box(24, 'ftyp', brands), box(0, 'free'), Buffer.alloc(32)])
}

/** 82 bytes. The orientation says that it is 2^30 - 1 numbers of four bytes each: a reader that makes room for them takes 4 GiB. */
export function jpegWithHugeOrientation(): Buffer {
  const entry = Buffer.alloc(12)
  entry.writeUInt16BE(0x0112)
  entry.writeUInt16BE(4, 2)
  entry.writeUInt32BE(0x3fffffff, 4)
  const tiff = Buffer.concat([Buffer.from('MM\0*\0\0\0\x08\0\x01', 'latin1'), entry, Buffer.alloc(4)])
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff])
  const length = Buffer.from([0, exif.length + 2])
  const start = Buffer.from([0xff, 0xd8, 0xff, 0xe1])
  return Buffer.concat([start, length, exif, Buffer.alloc(82 - start.length - length.length - exif.length)])
}

/** Chunks without content, so many that a list of them fills a heap. */
export function pngOfEmptyChunks(chunks: number): Buffer {
  return Buffer.concat([signature, Buffer.alloc(chunks * 12, box(0, 'tEXt', Buffer.alloc(4)))])
}

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** A profile of zeros in a PNG, `megabytes` when it is inflated. Checksums are left out: nobody gets as far. */
export function pngWithInflatingProfile(megabytes: number): Buffer {
  const chunk = (type: string, body: Uint8Array) =>
    Buffer.concat([box(body.length, type, body), Buffer.alloc(4)])
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  const profile = Buffer.concat([
    Buffer.from('ICC\0\0', 'latin1'),
    deflateSync(Buffer.alloc(megabytes * 2 ** 20)),
  ])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('iCCP', profile),
    chunk('IDAT', deflateSync(Buffer.alloc(2))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
