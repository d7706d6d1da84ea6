import type { HeifHeader } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import type { Source } from '../codec.js'
import { inflateAtMost } from './inflate.js'

/** Larger profiles are not read. The largest in use, for printing presses, have 2 to 3 MiB. */
export const MAX_PROFILE_BYTES = 4 * 2 ** 20

/** Coding-independent code points (ITU-T H.273). */
export interface CodePoints {
  readonly primaries: number
  readonly transfer: number
}
export type Embedded = { readonly icc: Uint8Array } | { readonly cicp: CodePoints } | undefined

/**
 * What an image says about its colours: its ICC profile (ICC.1:2022, annex B), or code points.
 * Throws, with any error, where that is broken.
 */
export async function embeddedProfile({ bytes, format, header }: Source): Promise<Embedded> {
  const reader = new ByteReader(bytes)
  if (format === 'png') return pngProfile(reader)
  if (header.heif) return heifProfile(reader, header.heif)
  if (header.iccBytes === 0) return undefined
  if (format === 'jpeg') return jpegProfile(reader)
  if (format === 'webp') return webpProfile(reader)
  return undefined
}

/** The header reader found both. Where there are both, the profile is that of the colours (ISO/IEC 23000-22, 7.3.6.4). */
function heifProfile(reader: ByteReader, { icc, codePoints }: HeifHeader): Embedded {
  if (!icc) return codePoints && { cicp: codePoints }
  if (icc.length > MAX_PROFILE_BYTES) throw new RangeError('the profile is too large')
  reader.seek(icc.offset)
  return { icc: reader.bytes(icc.length) }
}

/** Numbered pieces in APP2 segments, in any order. */
function jpegProfile(reader: ByteReader): Embedded {
  const SOS = 0xda
  const APP2 = 0xe2
  const pieces = new Map<number, Uint8Array>()
  let count = 0
  reader.skip(2)
  while (reader.skipTo(0xff)) {
    const marker = nextMarker(reader)
    if (marker === SOS) break
    // TEM, restart markers and SOI have no length.
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) continue
    const segment = reader.take(reader.u16() - 2)
    if (marker !== APP2 || !segment.has('ICC_PROFILE\0')) continue
    segment.skip(12)
    const number = segment.u8()
    count = segment.u8()
    pieces.set(number, segment.bytes(segment.left))
  }
  return pieces.size === 0 ? undefined : { icc: join(pieces, count) }
}

function nextMarker(reader: ByteReader): number {
  let marker = 0xff
  while (marker === 0xff) marker = reader.u8()
  return marker
}

function join(pieces: ReadonlyMap<number, Uint8Array>, count: number): Uint8Array {
  const inOrder = Array.from({ length: count }, (_, index) => pieces.get(index + 1))
  const length = inOrder.reduce((sum, piece) => sum + (piece?.length ?? Number.NaN), 0)
  if (!(length <= MAX_PROFILE_BYTES)) throw new RangeError('pieces are missing, or there are too many')
  const profile = new Uint8Array(length)
  let at = 0
  for (const piece of inOrder) {
    if (piece) profile.set(piece, at)
    at += piece?.length ?? 0
  }
  return profile
}

/** `cICP` goes before `iCCP` (PNG third edition, 4.3). Both stand before the pixels. */
async function pngProfile(reader: ByteReader): Promise<Embedded> {
  let iccp: ByteReader | undefined
  reader.skip(8)
  while (reader.left > 0) {
    const length = reader.u32()
    const type = reader.text(4)
    if (type === 'IDAT' || type === 'IEND') break
    const data = reader.take(length)
    reader.skip(4)
    if (type === 'cICP') return { cicp: { primaries: data.u8(), transfer: data.u8() } }
    if (type === 'iCCP') iccp ??= data
  }
  if (!iccp) return undefined
  const MAX_NAME = 80
  for (let at = 0; iccp.u8() !== 0; at++) if (at === MAX_NAME) throw new RangeError('the name has no end')
  iccp.skip(1)
  return { icc: await inflateAtMost(iccp.bytes(iccp.left), MAX_PROFILE_BYTES) }
}

/** The chunk `ICCP` of the extended file format (RFC 9649, 2.7.1.4). */
function webpProfile(reader: ByteReader): Embedded {
  reader.skip(12)
  while (reader.left >= 8) {
    const type = reader.text(4)
    const length = reader.u32le()
    if (type === 'ICCP') {
      if (length > MAX_PROFILE_BYTES) throw new RangeError('the profile is too large')
      return { icc: reader.bytes(length) }
    }
    reader.skip(Math.min(length + (length % 2), reader.left))
  }
  return undefined
}
