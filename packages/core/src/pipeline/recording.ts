import type { Holding, NewRecord, Records } from '../contracts/records.js'
import type { Renderer } from '../contracts/renderer.js'
import type { Store } from '../contracts/store.js'
import { UploadError } from '../errors/upload-error.js'
import { type Discardable, discard } from '../stored/discard.js'
import { recordId } from '../stored/key.js'
import type { UploadId } from '../stored/upload-id.js'
import type { Stored, StoredFile } from './stages.js'

/** Where it is written down what is stored, and for whom. */
export interface Recording {
  readonly records: Pick<Records, 'open' | 'confirm' | 'remove' | 'forget'>
  /** Whose the uploads are; empty for everybody without a name. */
  readonly owner: string
  readonly role: string
  /** Most that the owner may hold. Default: no limit. */
  readonly holding?: Holding | undefined
  /** What the application discards before it has said yes: those rows are gone, and not confirmed. */
  readonly discarded?: Set<string> | undefined
}

interface Recorded {
  readonly recording?: Recording | undefined
  readonly renderer: Pick<Renderer, 'name' | 'codecVersion'>
  /** Of uploads that may be worked on again: their rows may be those of another attempt, and are left to the sweep. */
  readonly id?: UploadId | undefined
}

/**
 * Before a file is public: whatever is interrupted after that, a row tells of it.
 * @throws UploadError `storage-full`, `too-many-stored`, `store-failed`
 */
export async function openRows(
  stored: readonly Stored[],
  { recording, renderer, id }: Recorded,
): Promise<void> {
  if (recording === undefined) return
  const { records, owner, role, holding } = recording
  const codecVersion = renderer.codecVersion ?? renderer.name
  const rows = stored.map((each, index) => {
    const job = id && (index > 0 ? `${id.id}-${index}` : id.id)
    return describe(each, { owner, role, codecVersion, job })
  })
  await asStore(records.open(rows, holding))
}

/**
 * @returns false where a sweep has taken one of them meanwhile
 * @throws UploadError `store-failed`
 */
export async function confirmRows(stored: readonly Stored[], { recording }: Recorded): Promise<boolean> {
  if (recording === undefined) return true
  const { records, discarded } = recording
  return await asStore(records.confirm(idsOf(stored).filter(id => !discarded?.has(id))))
}

/** What is said where `confirmRows` is false. */
export function unconfirmed(): UploadError {
  const detail = 'a sweep has removed the upload, which was pending for so long, or another attempt has won'
  return new UploadError('store-failed', {}, { stage: 'store', detail })
}

/**
 * Deletes an upload with all its variants, and its row.
 * @throws UploadError `store-failed`: what is left then is the sweep's
 */
export async function discardRecorded(
  upload: Discardable,
  store: Store,
  recording: Recording | undefined,
): Promise<void> {
  const ids = [recordId(upload.key)]
  recording?.discarded?.add(recordId(upload.key))
  if (recording) await asStore(recording.records.remove(ids))
  await discard(upload, store)
  if (recording) await asStore(recording.records.forget(ids))
}

/** Before the files go. What fails here, and after it, is left to the sweep: the rows are there. */
export async function removeRows(stored: readonly Stored[], { recording, id }: Recorded): Promise<void> {
  if (id !== undefined) return
  await recording?.records.remove(idsOf(stored)).catch(() => 0)
}

/** Once their files are gone. */
export async function forgetRows(stored: readonly Stored[], { recording }: Recorded): Promise<void> {
  await recording?.records.forget(idsOf(stored)).catch(() => {})
}

function idsOf(stored: readonly Stored[]): readonly string[] {
  return stored.map(({ key }) => recordId(key))
}

async function asStore<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (thrown) {
    throw UploadError.from(thrown, 'store-failed', { stage: 'store' })
  }
}

function describe(
  { key, variants, input: { name, ...input }, policyVersion, notes, ...main }: Stored,
  more: Pick<NewRecord, 'owner' | 'role' | 'codecVersion' | 'job'>,
): NewRecord {
  const named = Object.entries<StoredFile>(variants).map(([name, file]) => ({ ...file, name }))
  const { format, width, height, frames, bytes, sha256 } = main
  const files = [{ name: 'main', key, format, width, height, frames, bytes, sha256 }, ...named]
  return { id: recordId(key), files, input, policyVersion, notes, ...more }
}
