import type { FileToStore, Store } from '../contracts/store.js'
import { UploadError } from '../errors/upload-error.js'
import { formatTable } from '../formats/format.js'
import type { Policy } from '../policy/policy.js'
import { keyFor, makeKeyStem } from './key.js'
import { sha256 } from './sha256.js'
import type { Stored, StoredFile, Verified } from './stations.js'

/**
 * Gives every rendition its public name and stores all of them or none.
 * @throws UploadError `store-failed`
 */
export async function commit(
  verified: Verified,
  policy: Policy,
  store: Store,
  signal?: AbortSignal,
): Promise<Stored> {
  const { source, renditions, hashes, placeholder, notes } = verified
  const stem = makeKeyStem(new Date())
  const files = renditions.map(
    (rendition, index): StoredFile => ({
      key: keyFor(stem, rendition.name, rendition.format),
      format: rendition.format,
      width: rendition.width,
      height: rendition.height,
      frames: rendition.frames,
      bytes: rendition.bytes.length,
      sha256: hashes[index] ?? '',
    }),
  )
  const toStore = renditions.map(
    (rendition, index): FileToStore => ({
      key: files[index]?.key ?? '',
      bytes: rendition.bytes,
      type: formatTable[rendition.format].type,
    }),
  )
  const [main] = files
  if (!main) throw new UploadError('internal', {}, { stage: 'store', detail: 'nothing was rendered' })
  try {
    await store.commit(toStore, { signal })
  } catch (thrown) {
    throw UploadError.from(thrown, signal?.aborted ? 'aborted' : 'store-failed', { stage: 'store' })
  }
  const variants = Object.fromEntries(
    renditions.slice(1).map((rendition, index) => [rendition.name, files[index + 1]]),
  )
  const { header } = source
  return {
    ...main,
    variants: variants as Stored['variants'],
    placeholder,
    notes,
    policy: policy.version,
    input: {
      name: source.name,
      format: source.format,
      width: header.width,
      height: header.height,
      frames: header.frames,
      orientation: header.orientation,
      bytes: source.bytes.length,
      sha256: await sha256(source.bytes),
    },
  }
}
