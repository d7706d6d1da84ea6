import { UploadError } from '../errors/upload-error.js'
import { type Header, uprightSize } from '../formats/header.js'
import { readImageMetadata } from '../formats/image-metadata.js'
import { readHeader } from '../formats/read-header.js'
import { ByteReader } from '../input/bytes.js'
import type { View } from '../input/view.js'
import { type Note, note } from '../notes/notes.js'
import { cropRegion } from '../policy/plan.js'
import type { Policy } from '../policy/policy.js'
import { type Probed, passed, type Sniffed } from './stages.js'

/**
 * Reads the header and checks it against every limit of the policy, before any pixel exists: decompression
 * bombs end here.
 * @throws UploadError `truncated`, `corrupt`, `unsupported-kind`, `needs-repair`, `animation-not-allowed`,
 * `trailing-data`, `crop-too-small`, or the `too-…` code of a limit, with its numbers
 */
export function probe(sniffed: Sniffed, policy: Policy): Probed {
  const header = readHeader(sniffed.format, new ByteReader(sniffed.bytes), policy)
  checkLimits(header, policy)
  checkCropSize(header, sniffed.view, policy)
  const metadata = readImageMetadata(sniffed.bytes, header, policy.metadata)
  const kept = readImageMetadata(sniffed.bytes, header, policy.keep)
  const notes = describeHeader(header)
  return passed<Probed>({ ...sniffed, header, notes, ...(metadata && { metadata }), ...(kept && { kept }) })
}

function checkLimits(header: Header, policy: Policy): void {
  const { frames, totalPixels, scans, trailingBytes } = header
  const [repair] = header.repairs
  if (repair && policy.repair === 'none') throw new UploadError('needs-repair', { repair })
  const { maxFrames, maxTotalPixels, maxScans, maxMetadataBytes } = policy
  if (frames > 1 && policy.animated === 'refuse') throw new UploadError('animation-not-allowed')
  if (frames > maxFrames) throw new UploadError('too-many-frames', { frames, maxFrames })
  if (totalPixels > maxTotalPixels)
    throw new UploadError('too-many-total-pixels', { totalPixels, maxTotalPixels })
  if (scans > maxScans) throw new UploadError('too-many-scans', { scans, maxScans })
  // What is passed over unread costs nothing: phones store depth maps of megabytes in XMP.
  const metadataBytes = header.exifBytes + header.iccBytes
  if (metadataBytes > maxMetadataBytes)
    throw new UploadError('too-much-metadata', { metadataBytes, maxMetadataBytes })
  if (trailingBytes > 0 && policy.trailingData === 'refuse')
    throw new UploadError('trailing-data', { trailingBytes })
}

/** A crop of a few pixels is a slip of the mouse, or somebody probing. */
function checkCropSize(header: Header, view: View | undefined, { minCropSide }: Policy): void {
  const picture = uprightSize(header)
  const { width, height } = cropRegion(picture, view) ?? picture
  // A picture that is narrower itself may be taken as it is.
  const enough =
    width >= Math.min(minCropSide, picture.width) && height >= Math.min(minCropSide, picture.height)
  if (!enough) throw new UploadError('crop-too-small', { width, height, minCropSide })
}

function describeHeader({ repairs, metadataBytes, trailingBytes, provenance }: Header): readonly Note[] {
  const notes = repairs.map(code => note(code))
  if (metadataBytes > 0) notes.push(note('metadata-dropped', { bytes: metadataBytes }))
  if (provenance?.contentCredentials) notes.push(note('content-credentials-dropped'))
  const type = provenance?.digitalSourceType
  if (type !== undefined) notes.push(note('source-type-dropped', { type }))
  if (trailingBytes > 0) notes.push(note('trailing-dropped', { bytes: trailingBytes }))
  return notes
}
