import { checkHeld, type Holding, type Recording, type Records, UploadError } from '@sluice/core'
import type { Identity } from './identity.js'

export interface RecordingSettings<Env> {
  readonly recordsOf: ((env: Env) => Records | Promise<Records>) | undefined
  readonly holding: Holding
}

/**
 * Where the uploads of this request are written down. Whoever has no room for one byte more is told before the body is
 * read; the transaction that writes the rows has the last word.
 * @throws UploadError `storage-full`, `too-many-stored`, `store-failed`
 */
export async function openRecording<Env>(
  { recordsOf, holding }: RecordingSettings<Env>,
  { user = '', role }: Identity,
  env: Env,
): Promise<Recording | undefined> {
  if (recordsOf === undefined) return undefined
  try {
    const records = await recordsOf(env)
    if (Object.values(holding).some(limit => limit !== undefined)) {
      const { bytes, files } = await records.held(user)
      checkHeld({ bytes: bytes + 1, files: files + 1 }, holding)
    }
    return { records, owner: user, role, holding, discarded: new Set() }
  } catch (thrown) {
    throw UploadError.from(thrown, 'store-failed', { stage: 'store' })
  }
}
