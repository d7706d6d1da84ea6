import type { Note } from '../notes/notes.js'
import type { Stored, StoredFile } from '../pipeline/stages.js'

/**
 * What is known of an upload that was stored. `pending`: its files are, or are about to be, public, and nobody has
 * said yet that they are to stay. `confirmed`: they stay. `removed`: they are deleted once they are due, and the row
 * with them.
 */
export type RecordState = 'pending' | 'confirmed' | 'removed'

/** One public file of an upload. */
export interface RecordedFile extends StoredFile {
  /** `main` or the name of a variant. */
  readonly name: string
}

/** A row on its way into the records. */
export interface NewRecord {
  /** One row an id. 32 hex digits: the random part of the first key, so that one set of files has one row. */
  readonly id: string
  /**
   * What the application, or a queue, calls the upload, up to 200 characters: of the rows of one job at most one is
   * ever confirmed.
   */
  readonly job?: string | undefined
  /** The owner, as `authorize` said; empty for anonymous uploads, which are counted together. */
  readonly owner: string
  readonly role: string
  /** `main` first. */
  readonly files: readonly RecordedFile[]
  /** Of what was sent; nothing of it is kept, not even its name. */
  readonly input: Omit<Stored['input'], 'name'>
  /** Version of the policy that it went through. */
  readonly policyVersion: string
  /** Version of the codecs that drew it, or the name of a renderer that tells none. */
  readonly codecVersion: string
  readonly notes: readonly Note[]
}

export interface UploadRecord extends NewRecord {
  readonly state: RecordState
  /** Milliseconds since 1970, of the last attempt to store it. */
  readonly opened: number
  /** Milliseconds since 1970. */
  readonly confirmed?: number | undefined
  /** When the files of a removed upload may be deleted, in milliseconds since 1970. */
  readonly due?: number | undefined
}

/** What an owner has in pending and confirmed uploads. */
export interface Held {
  /** Of all files, variants too. */
  readonly bytes: number
  /** Uploads, however many variants each has. */
  readonly files: number
}

/** Most that one owner may hold. */
export interface Holding {
  /** Of all stored files together, variants too: 1 to 2^53-1. Default: no limit. */
  readonly maxHeldBytes?: number | undefined
  /** Uploads, however many variants each has: 1 to 2^53-1. Default: no limit. */
  readonly maxHeldFiles?: number | undefined
}

export interface RecordQuery {
  readonly state?: RecordState | undefined
  readonly owner?: string | undefined
  /** Resumes after this id, where a list was stopped. */
  readonly after?: string | undefined
}

/**
 * Where it is written down what was stored, by whom and in which state. Every change is one transaction, on the disk
 * before its promise is fulfilled, and says what it expects of the row: two processes that disagree cannot both win.
 * `checkRecords` in `@sluice/records/testing` examines one.
 */
export interface Records {
  /**
   * Writes rows of state `pending`, all or none: before their files are public. A row that is pending already is
   * opened anew, one that is confirmed is left alone.
   * @throws UploadError `storage-full`, `too-many-stored` where their owner would hold more than `holding`;
   * `store-failed` where one is being removed
   */
  open(rows: readonly NewRecord[], holding?: Holding): Promise<void>
  /**
   * `pending` becomes `confirmed`, for all or none. Idempotent, and one statement.
   * @param tx the application's own transaction in the same database, of the kind that the records are made for: a row
   * of the application and its upload are then confirmed together or not at all. Where the answer is false, roll back.
   * @returns false where one of them is there no more, was removed, or another row of its job was confirmed
   */
  confirm(ids: readonly string[], tx?: unknown): Promise<boolean>
  /**
   * `pending` or `confirmed` becomes `removed`. What is removed already may become due earlier, never later.
   * @param due when the files may be deleted. Default: at once
   * @returns how many of them there are
   */
  remove(ids: readonly string[], due?: Date): Promise<number>
  /** Rows by their id, or by the key of any of their files, in no particular order. */
  find(idsOrKeys: readonly string[]): Promise<readonly UploadRecord[]>
  /** In the order of their ids; rows that come or go meanwhile may be missing or not. */
  list(query?: RecordQuery): AsyncIterable<UploadRecord>
  held(owner: string): Promise<Held>
  /** Pending rows that were opened before, the oldest first. */
  stale(before: Date, limit: number): Promise<readonly UploadRecord[]>
  /** Removed rows that are due, the oldest first. */
  due(now: Date, limit: number): Promise<readonly UploadRecord[]>
  /** What is pending and was opened before becomes `removed`, due at once: what was confirmed meanwhile stays. */
  expire(ids: readonly string[], before: Date): Promise<number>
  /** Deletes removed rows, once their files are deleted. */
  forget(ids: readonly string[]): Promise<void>
  /**
   * Gives a confirmed upload the files of a pending one, atomically, with the versions of policy and codecs
   * and the notes; the pending row is left with the old files, as `removed`.
   * @param due when the old files may be deleted. Default: at once
   * @returns false where they are not confirmed and pending
   */
  replace(id: string, by: string, due?: Date): Promise<boolean>
  /** Closes whatever was opened for them. */
  close(): Promise<void>
}
