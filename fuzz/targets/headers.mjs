// Every header reader: ends in a header that makes sense or in a refusal, after work that is linear in the file.
import assert from 'node:assert/strict'
import { readHeader, sniffFormat, UploadError } from '@sluice/core'
import { ByteReader } from '@sluice/core/bytes'
import { readSeeds } from '../seeds.mjs'

export { mutateImage as mutate } from '@sluice/testkit/mutate/mutate-image'

const maxPixels = 64_000_000
/** Bytes looked at, for each byte of the file. */
const maxReads = 4

export const seeds = () => readSeeds(8192, bytes => sniffFormat(bytes) !== undefined)

/** @param {Uint8Array} bytes */
export function run(bytes) {
  const format = sniffFormat(bytes)
  if (format === undefined) return
  const file = new ByteReader(bytes)
  try {
    check(readHeader(format, file, { maxPixels }), bytes.length)
  } catch (thrown) {
    if (!(thrown instanceof UploadError)) throw thrown
    assert.ok(thrown.status < 500, `${thrown.code} is not the sender's fault`)
  }
  assert.ok(file.reads <= maxReads * bytes.length + 1024, `${file.reads} reads for ${bytes.length} bytes`)
}

/** @param {import('@sluice/core').Header} header @param {number} length */
function check(header, length) {
  for (const [name, value] of Object.entries(header)) {
    // Delays of an animated PNG are fractions.
    const isNumber = name === 'durationMs' ? Number.isFinite : Number.isSafeInteger
    if (typeof value === 'number') assert.ok(isNumber(value) && value >= 0, `${name} is ${value}`)
  }
  const { width, height, orientation, frames, totalPixels, scans } = header
  const { metadataBytes, iccBytes, icc, exifBytes, trailingBytes } = header
  assert.ok(width > 0 && height > 0 && width * height <= maxPixels, `${width} x ${height}`)
  assert.ok(orientation >= 1 && orientation <= 8, `orientation ${orientation}`)
  assert.ok(
    frames >= 1 && scans >= 1 && totalPixels >= 1,
    `${frames} frames, ${scans} scans, ${totalPixels} pixels`,
  )
  // Items of a HEIF may lie anywhere, behind its last box too, and in the same bytes.
  const besides = header.heif ? 0 : metadataBytes
  assert.ok(besides + trailingBytes <= length, `${metadataBytes} + ${trailingBytes} of ${length} bytes`)
  assert.ok(iccBytes + exifBytes <= metadataBytes, `${iccBytes} + ${exifBytes} of ${metadataBytes} bytes`)
  const pieces = icc === 'broken' ? [] : icc
  const inside = pieces.every(piece => piece.offset > 0 && piece.offset + piece.length <= length)
  assert.ok(inside && pieces.length <= 255, `a profile in ${JSON.stringify(icc)}`)
}
