import type { Header } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { openWebp, pngChunks, webpChunks } from '@sluice/core/containers'
import { readVp8Choices } from './vp8-header.js'

/*
 * Nothing in a file says who wrote it, but encoders have habits. These are those of the encoders that this library draws
 * with by default. A file that has all of them may still be of somebody else: a record of its hash is the proof. One that
 * lacks one of them is not ours, or was drawn by another renderer, and then `--allow encoder` is right.
 */

/** The first habit that a file lacks, or undefined. @param bytes of a file that `verifyOutput` has accepted */
export function findForeignHabit(bytes: Uint8Array, header: Header): string | undefined {
  switch (header.format) {
    case 'webp':
      return inWebp(bytes)
    case 'jpeg':
      return inJpeg(header)
    case 'gif':
      return inGif(bytes, header)
    case 'png':
      return inPng(bytes)
    default:
      return undefined
  }
}

function inWebp(bytes: Uint8Array): string | undefined {
  for (const { type, body } of webpChunks(openWebp(new ByteReader(bytes)))) {
    if (type === 'VP8 ') return inFrame(body)
    if (type !== 'ANMF') continue
    body.skip(16)
    for (const inner of webpChunks(body)) {
      const habit = inner.type === 'VP8 ' ? inFrame(inner.body) : undefined
      if (habit !== undefined) return habit
    }
  }
  return undefined
}

/** Ours writes two partitions, and with segments all that can be stated of them; libwebp, as we call it, one partition. */
function inFrame(frame: ByteReader): string | undefined {
  const { version, scaled, colourSpace, clampsNot, segments, ...filter } = readVp8Choices(frame)
  if (version !== 0) return `VP8 of version ${version}`
  if (scaled || colourSpace !== 0 || clampsNot) return 'VP8 with a scale, colour space or clamping of its own'
  if (filter.simpleFilter) return 'VP8 with the simple loop filter'
  if (filter.sharpness !== 0) return `VP8 with a filter of sharpness ${filter.sharpness}`
  if (filter.filterByMode) return 'VP8 with a filter by modes'
  if (filter.partitions > 2) return `VP8 in ${filter.partitions} partitions`
  if (filter.partitions === 2 && segments && !(segments.absolute && segments.stated === 8))
    return 'VP8 in 2 partitions, with segments that are not all stated'
  return undefined
}

/** MozJPEG, progressive, 4:2:0 at every quality. */
function inJpeg({ jpeg }: Header): string | undefined {
  if (jpeg === undefined) return undefined
  if (jpeg.process !== 'progressive') return `${jpeg.process} JPEG`
  const [luma] = jpeg.sampling
  const isHalved = jpeg.components === 1 || (luma?.[0] === 2 && luma[1] === 2)
  return isHalved ? undefined : 'JPEG without halved chroma'
}

function inGif(bytes: Uint8Array, { interlaced }: Header): string | undefined {
  const reader = new ByteReader(bytes)
  const version = reader.text(6)
  if (version !== 'GIF89a') return version
  reader.skip(4)
  const [packed, background, aspect] = [reader.u8(), reader.u8(), reader.u8()]
  // A common palette of 8 bits a channel, not sorted (GIF89a, 18).
  if ((packed & 0xf8) !== 0xf0 || background !== 0 || aspect !== 0)
    return 'GIF with another screen descriptor'
  return interlaced ? 'interlaced GIF' : undefined
}

/** OxiPNG writes one piece of data, not interlaced, by libdeflate (RFC 1950: strongest of four levels). */
function inPng(bytes: Uint8Array): string | undefined {
  let pieces = 0
  for (const { type, body } of pngChunks(new ByteReader(bytes))) {
    if (type !== 'IDAT') continue
    pieces++
    if (pieces > 1) return 'PNG in several pieces of data'
    if (body.u16() !== 0x78da) return 'PNG with another header of its data'
  }
  return undefined
}
