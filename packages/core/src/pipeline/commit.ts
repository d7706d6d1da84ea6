import type { FileToStore, Store } from '../contracts/store.js'
import { UploadError } from '../errors/upload-error.js'
import { formatTable } from '../formats/format.js'
import { type Sha256, sha256 } from '../input/sha256.js'
import type { Policy } from '../policy/policy.js'
import { keyFor, makeKeyStem } from '../stored/key.js'
import type { Probed, Stored, StoredFile, Verified, VerifiedRendition } from './stages.js'

/** Where files go, and what they are called by. */
export interface Destination {
  readonly store: Store
  /** Of the renderer. */
  readonly codecVersion?: string | undefined
  /** Names of their own for uploads that may be worked on again; by chance without. */
  readonly name?: NameUpload | undefined
  /** Told what will be true, before any of it is: what it throws leaves nothing. */
  readonly beforePublic?: ((stored: readonly Stored[]) => Promise<void>) | undefined
  readonly signal?: AbortSignal | undefined
  readonly sha256?: Sha256 | undefined
}

/** The stem of an upload's keys, the same for every attempt at it. */
export type NameUpload = (verified: Verified, policy: Policy, index: number) => Promise<string>

/**
 * Gives every rendition its public name and stores all of them or none, also where they belong to several
 * uploads: one commit of the store.
 * @returns in the order of the uploads
 * @throws UploadError `store-failed`, `store-conflict`, `aborted`
 */
export async function commit(
  uploads: readonly { readonly verified: Verified; readonly policy: Policy }[],
  { store, codecVersion, name, beforePublic, signal, sha256: hash = sha256 }: Destination,
): Promise<readonly Stored[]> {
  // Before the store's commit: once files are public, nothing may fail.
  const named = await Promise.all(
    uploads.map(async ({ verified, policy }, index) => {
      const stem = name ? await name(verified, policy, index) : makeKeyStem(new Date())
      return nameFiles(verified, policy, stem, { codecVersion, hash })
    }),
  )
  await beforePublic?.(named.map(({ stored }) => stored))
  try {
    await store.commit(
      named.flatMap(({ files }) => files),
      { signal, ...(name && { repeatable: true }) },
    )
  } catch (thrown) {
    throw UploadError.from(thrown, signal?.aborted ? 'aborted' : 'store-failed', { stage: 'store' })
  }
  return named.map(({ stored }) => stored)
}

/** What goes into the store, and what will be true once it is there. */
async function nameFiles(
  { source, renditions, placeholder, notes }: Verified,
  policy: Policy,
  stem: string,
  { codecVersion, hash }: { readonly codecVersion: string | undefined; readonly hash: Sha256 },
): Promise<{ readonly files: readonly FileToStore[]; readonly stored: Stored }> {
  const [main, ...variants] = renditions.map(rendition => ({
    rendition,
    file: describeFile(rendition, keyFor(stem, rendition.name, rendition.format)),
  }))
  if (!main) throw new UploadError('internal', {}, { stage: 'store', detail: 'nothing was rendered' })
  const files = [main, ...variants].map(
    ({ rendition, file }): FileToStore => ({
      key: file.key,
      bytes: rendition.bytes,
      type: formatTable[file.format].type,
    }),
  )
  const stored = {
    ...main.file,
    variants: Object.fromEntries(variants.map(({ rendition, file }) => [rendition.name, file])),
    placeholder,
    notes,
    ...(source.metadata && { metadata: source.metadata }),
    policyVersion: policy.version,
    ...(codecVersion !== undefined && { codecVersion }),
    input: await describeInput(source, hash),
  }
  return { files, stored }
}

function describeFile(rendition: VerifiedRendition, key: string): StoredFile {
  const { format, width, height, frames, bytes, sha256 } = rendition
  return { key, format, width, height, frames, bytes: bytes.length, sha256 }
}

async function describeInput(
  { name, format, header, bytes }: Probed,
  hash: Sha256,
): Promise<Stored['input']> {
  const { width, height, frames, orientation } = header
  return {
    name,
    format,
    width,
    height,
    frames,
    orientation,
    bytes: bytes.length,
    sha256: await hash(bytes),
  }
}
