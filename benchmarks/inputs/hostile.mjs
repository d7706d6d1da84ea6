import { pngChunk, pngSignature } from '@sluice/testkit/images/png'

/** Files that must not become images, made from nothing. @param {Uint8Array} goodJpeg */
export function hostileInputs(goodJpeg) {
  return [
    {
      id: 'png-bomb',
      name: 'bomb.png',
      title: 'PNG header of 10000x10000, 69 bytes',
      bytes: pngBomb(10_000, 10_000),
    },
    {
      id: 'jpeg-bomb',
      name: 'bomb.jpg',
      title: 'JPEG header of 65500x65500',
      bytes: patchJpegSize(goodJpeg, 65_500, 65_500),
    },
    {
      id: 'truncated',
      name: 'cut.jpg',
      title: 'JPEG cut in half',
      bytes: goodJpeg.subarray(0, goodJpeg.length >> 1),
    },
    {
      id: 'oversize',
      name: 'oversize.jpg',
      title: 'JPEG with 32 MB behind it',
      bytes: Buffer.concat([goodJpeg, Buffer.alloc(32e6)]),
    },
    {
      id: 'pdf',
      name: 'paper.jpg',
      title: 'PDF named .jpg',
      bytes: new TextEncoder().encode(`%PDF-1.7\n${'0'.repeat(4096)}`),
    },
    {
      id: 'noise',
      name: 'noise.gif',
      title: '16 random bytes',
      bytes: Uint8Array.from({ length: 16 }, (_, i) => (i * 97 + 31) & 255),
    },
  ]
}

/** @param {number} width @param {number} height */
function pngBomb(width, height) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const data = Buffer.from([0x78, 0x9c, 0x63, 0, 0, 0, 0, 0, 0, 1, 0, 1])
  return Buffer.concat([pngSignature, pngChunk('IHDR', header), pngChunk('IDAT', data), pngChunk('IEND', [])])
}

/** @param {Uint8Array} jpeg @param {number} width @param {number} height */
function patchJpegSize(jpeg, width, height) {
  const bytes = jpeg.slice()
  for (let at = 2; at < bytes.length; at += 2 + ((bytes[at + 2] << 8) | bytes[at + 3])) {
    if (bytes[at + 1] < 0xc0 || bytes[at + 1] > 0xc2) continue
    bytes.set([height >> 8, height & 255, width >> 8, width & 255], at + 5)
    return bytes
  }
  throw new Error('no frame header')
}
