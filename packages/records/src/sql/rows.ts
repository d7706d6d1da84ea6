import type { NewRecord, RecordedFile, UploadRecord } from '@sluice/core'
import type { Row, Value } from './database.js'

/** In the order of `uploadValues`. */
export const uploadColumns =
  'id, job, owner, role, state, bytes, input, policy_version, codec_version, notes, opened'
export const fileColumns = 'key, upload, place, name, format, width, height, frames, bytes, sha256'

export function uploadValues(row: NewRecord, opened: number): readonly Value[] {
  const { id, job = null, owner, role, files, input, policyVersion, codecVersion, notes } = row
  const [inputText, notesText] = [JSON.stringify(input), JSON.stringify(notes)]
  return [
    id,
    job,
    owner,
    role,
    'pending',
    bytesOf(files),
    inputText,
    policyVersion,
    codecVersion,
    notesText,
    opened,
  ]
}

export function fileValues(upload: string, place: number, file: RecordedFile): readonly Value[] {
  const { key, name, format, width, height, frames, bytes, sha256 } = file
  return [key, upload, place, name, format, width, height, frames, bytes, sha256]
}

export function bytesOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** What we wrote ourselves: Postgres gives large integers as text. */
export function uploadOf(row: Row, files: readonly Row[]): UploadRecord {
  const {
    id,
    job,
    owner,
    role,
    state,
    input,
    policy_version: policyVersion,
    codec_version: codecVersion,
    notes,
    opened,
    confirmed,
    due,
  } = row
  return {
    id: String(id),
    ...(job === null ? {} : { job: String(job) }),
    owner: String(owner),
    role: String(role),
    state: state as UploadRecord['state'],
    files: files.map(fileOf),
    input: JSON.parse(String(input)),
    policyVersion: String(policyVersion),
    codecVersion: String(codecVersion),
    notes: JSON.parse(String(notes)),
    opened: Number(opened),
    ...(confirmed === null ? {} : { confirmed: Number(confirmed) }),
    ...(due === null ? {} : { due: Number(due) }),
  }
}

function fileOf({ key, name, format, width, height, frames, bytes, sha256 }: Row): RecordedFile {
  return {
    name: String(name),
    key: String(key),
    format: format as RecordedFile['format'],
    width: Number(width),
    height: Number(height),
    frames: Number(frames),
    bytes: Number(bytes),
    sha256: String(sha256),
  }
}
