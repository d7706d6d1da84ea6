import type { FileToStore, Store } from '../contracts/store.js'
import { UploadError } from '../errors/upload-error.js'
import { formatTable } from '../formats/format.js'
import type { Policy } from '../policy/policy.js'
import { keyFor, makeKeyStem } from './key.js'
import { sha256 } from './sha256.js'
import type { Stored, StoredFile, Verified } from './stations.js'

/**
 * Gives every rendition its public name and stores all of them or none, also where they belong to several
 * uploads: one commit of the store.
 * @returns in the order of the uploads
 * @throws UploadError `store-failed`, `aborted`
 */
export async function commit(
  uploads: readonly Verified[],
  policy: Policy,
  store: Store,
  signal?: AbortSignal,
): Promise<readonly Stored[]> {
  const named = await Promise.all(uploads.map(verified => nameFiles(verified, policy)))
  try {
    await store.commit(
      named.flatMap(({ files }) => files),
      { signal },
    )
  } catch (thrown) {
    throw UploadError.from(thrown, signal?.aborted ? 'aborted' : 'store-failed', { stage: 'store' })
  }
  return named.map(({ stored }) => stored)
}

/** What goes into the store, and what will be true once it is there. */
async function nameFiles(
  { source, renditions, hashes, placeholder, notes }: Verified,
  policy: Policy,
): Promise<{ readonly files: readonly FileToStore[]; readonly stored: Stored }> {
  const stem = makeKeyStem(new Date())
  const described = renditions.map(
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
  const files = renditions.map(
    (rendition, index): FileToStore => ({
      key: described[index]?.key ?? '',
      bytes: rendition.bytes,
      type: formatTable[rendition.format].type,
    }),
  )
  const [main] = described
  if (!main) throw new UploadError('internal', {}, { stage: 'store', detail: 'nothing was rendered' })
  const variants = Object.fromEntries(
    renditions.slice(1).map((rendition, index) => [rendition.name, described[index + 1]]),
  )
  const { header } = source
  const stored = {
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
  return { files, stored }
}
