import type { WebpChunk } from '../../containers/riff.js'
import { checkSize, corrupt, type HeaderLimits } from '../../errors/refusals.js'
import type { ByteReader } from '../../input/bytes.js'

/** One picture inside a WebP. */
export interface WebpImage {
  readonly width: number
  readonly height: number
  readonly lossless: boolean
  readonly alpha: boolean
}

/** The picture in a `VP8 ` or `VP8L` chunk; undefined for other chunks. */
export function readWebpImage({ type, body }: WebpChunk, limits: HeaderLimits): WebpImage | undefined {
  const image = type === 'VP8 ' ? readLossy(body) : type === 'VP8L' ? readLossless(body) : undefined
  if (image) checkSize(image.width, image.height, limits)
  return image
}

/** The frame header of a VP8 key frame (RFC 6386, 9.1). */
function readLossy(body: ByteReader): WebpImage {
  const tag = body.u24le()
  const [interFrame, profile, shown, partition] = [tag & 1, (tag >> 1) & 7, (tag >> 4) & 1, tag >> 5]
  if (interFrame || profile > 3 || !shown) throw corrupt('VP8 frame tag')
  if (!body.has('\x9d\x01\x2a')) throw corrupt('VP8 start code')
  body.skip(3)
  // The two bits above the size ask for scaling, which nobody does.
  const [width, height] = [body.u16le() & 0x3fff, body.u16le() & 0x3fff]
  if (partition >= body.length) throw corrupt('VP8 first partition')
  return { width, height, lossless: false, alpha: false }
}

/** The image header of VP8L (RFC 9649, 3.4). */
function readLossless(body: ByteReader): WebpImage {
  if (body.u8() !== 0x2f) throw corrupt('VP8L signature')
  const bits = body.u32le()
  if (bits >>> 29 !== 0) throw corrupt('VP8L version')
  return {
    width: (bits & 0x3fff) + 1,
    height: ((bits >>> 14) & 0x3fff) + 1,
    lossless: true,
    alpha: ((bits >>> 28) & 1) === 1,
  }
}
