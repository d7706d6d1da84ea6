import { type Header, readHeader, sniffFormat, UploadError } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'

/**
 * What is drawn otherwise in browsers, for a reason that holds for every file of the kind.
 * - `gamma`: a PNG with a gamma or primaries that are not those of sRGB, and no profile. Chromium converts them; libvips,
 *   Pillow and this library do not: the values were usually written by tools that did not mean them. The browser is shown
 *   the file without them.
 * - `webp-orientation`: Chromium does not turn a WebP by its EXIF; this library does, as the others.
 * - `hidden`: an animated PNG whose default image is no frame. It is counted as a first frame of no duration, as in the
 *   references; what browsers show of the input comes after it.
 */
export type Kind = 'gamma' | 'webp-orientation' | 'hidden'

export function kindOf(bytes: Uint8Array): Kind | undefined {
  const format = sniffFormat(bytes)
  if (format === 'png') return kindOfPng(new ByteReader(bytes))
  return format === 'webp' && headerOf(bytes)?.orientation !== 1 ? 'webp-orientation' : undefined
}

function headerOf(bytes: Uint8Array): Header | undefined {
  try {
    return readHeader('webp', new ByteReader(bytes), { maxPixels: 2 ** 30 })
  } catch (thrown) {
    if (thrown instanceof UploadError) return undefined
    throw thrown
  }
}

function kindOfPng(reader: ByteReader): Kind | undefined {
  const SRGB_GAMMA = 45_455
  const types = new Set<string>()
  let gamma = SRGB_GAMMA
  reader.skip(8)
  while (reader.left >= 12) {
    const length = reader.u32()
    const type = reader.text(4)
    if (type === 'IDAT' || length > reader.left) break
    const body = reader.take(length)
    reader.skip(4)
    types.add(type)
    if (type === 'gAMA' && length >= 4) gamma = body.u32()
  }
  if (types.has('acTL') && !types.has('fcTL')) return 'hidden'
  const says = ['sRGB', 'iCCP', 'cICP'].some(type => types.has(type))
  return !says && (gamma !== SRGB_GAMMA || types.has('cHRM')) ? 'gamma' : undefined
}

const halfColours =
  'Chromium without a graphics card draws nothing of 4:2:2 with 8 or 10 bits; sharp draws it as we do.'
const avifs = 'avif_heic/link-u__avif-sample-images/'

/** Without the chunks that say how bright and which colours the values are. */
export function withoutGamma(png: Uint8Array): Uint8Array {
  const reader = new ByteReader(png)
  const kept = [reader.bytes(8)]
  while (reader.left >= 12) {
    const start = reader.position
    const length = reader.u32()
    const type = reader.text(4)
    if (length + 4 > reader.left) break
    reader.seek(start)
    const chunk = reader.bytes(length + 12)
    if (type !== 'gAMA' && type !== 'cHRM') kept.push(chunk)
  }
  kept.push(reader.bytes(reader.left))
  return new Uint8Array(Buffer.concat(kept))
}

/** Single files, each with its reason. */
export const knownDifferences: Readonly<Record<string, string>> = {
  'avif_heic/image-size__image-size/specs/images/valid/heif/sample-garbled.avif':
    'Damaged: neither can show it.',
  [`${avifs}fox.profile2.10bpc.yuv422.avif`]: halfColours,
  [`${avifs}fox.profile2.10bpc.yuv422.odd-width.avif`]: halfColours,
  [`${avifs}fox.profile2.8bpc.yuv422.odd-height.avif`]: halfColours,
  [`${avifs}fox.profile2.8bpc.yuv422.odd-width.avif`]: halfColours,
}

/** Of the reported pictures. */
export const reportedDifferences: Readonly<Record<string, string>> = {
  'fogra27_inks.jpg':
    'Chromium compensates no black point: 28,46,41 for all inks. Black here, as in sharp and in print.',
  'zero_frame_mid.gif': 'Chromium counts the frame without a size, which shows nothing.',
}
