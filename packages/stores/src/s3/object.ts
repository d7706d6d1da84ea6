import { type FileToStore, sha256, UploadError } from '@sluice/core'
import { checkAbort, isSame, storeConflict, storeFailed, toStoreError } from '../refuse.js'
import { type Bucket, NoAnswer } from './bucket.js'
import { S3Error, s3Error } from './s3-error.js'

/** Tells our object from one that was there: a repeated request may find what the first one has put. */
const commitHeader = 'x-amz-meta-sluice-commit'

const attempts = 4
const firstDelayMs = 100

/** How one commit puts its files. */
export interface Put {
  readonly bucket: Bucket
  readonly headers: Readonly<Record<string, string>>
  /** Random, of this commit. */
  readonly commit: string
  /** Whether the service refuses an existing key; else a look before the write has to do. */
  readonly isConditional: boolean
  /** What is left of the commit's time, in milliseconds. */
  readonly leftMs: () => number
  readonly signal: AbortSignal | undefined
}

/**
 * Puts an object that must not exist. What may pass by itself (5xx, 429, a conflict, a broken line) is tried
 * again.
 * @returns false where the key is taken, and not by this commit
 */
export async function putNew(put: Put, { key, bytes, type }: FileToStore): Promise<boolean> {
  const { bucket, commit, isConditional, leftMs, signal } = put
  const headers = {
    ...put.headers,
    'content-type': type,
    ...(isConditional && { 'if-none-match': '*' }),
    'x-amz-content-sha256': await sha256(bytes),
    [commitHeader]: commit,
  }
  if (!isConditional && (await ownerOf(bucket, key)) !== undefined) return false
  for (let attempt = 1; ; attempt++) {
    checkAbort(signal)
    // By the caller not aborted on its way: it might arrive after it was taken back.
    const refusal = await refusalOf(
      'PUT',
      key,
      bucket.send('PUT', key, { headers, body: bytes, leftMs: leftMs() }),
    )
    if (refusal === undefined) return true
    const { status } = refusal
    // Ours, if an earlier answer was lost on the way.
    if (status === 412) return attempt > 1 && (await ownerOf(bucket, key)) === commit
    if (leftMs() <= 0) throw storeFailed(`PUT ${key}: the commit has taken longer than commitMs`, refusal)
    if (!isTransient(status) || attempt === attempts) throw toStoreError(explain(refusal))
    await new Promise(resolve => setTimeout(resolve, firstDelayMs * 2 ** (attempt - 1) * Math.random()))
  }
}

/**
 * Puts an object, or finds it there with the same bytes: another attempt at the same upload was faster.
 * @throws UploadError `store-conflict` where it has others
 */
export async function putSame(put: Put, file: FileToStore): Promise<void> {
  if (await putNew(put, file)) return
  const response = await put.bucket.send('GET', file.key, { leftMs: put.leftMs() })
  if (response.status === 404) throw storeFailed(`${file.key} was there, and is gone`)
  if (!response.ok) throw await s3Error(`GET ${file.key}`, response)
  if (!isSame(new Uint8Array(await response.arrayBuffer()), file.bytes)) throw storeConflict(file.key)
}

/**
 * Deletes those objects that this commit has put.
 * @returns the keys of which it is not certain that they are gone, each with the reason, for a log
 */
export async function deleteOwn(
  bucket: Bucket,
  keys: readonly string[],
  commit: string,
): Promise<readonly string[]> {
  const left: string[] = []
  for (const key of keys) {
    try {
      if ((await ownerOf(bucket, key)) !== commit) continue
      const { ok, status } = await bucket.send('DELETE', key)
      if (!ok && status !== 404) left.push(`${key} (${status})`)
    } catch (thrown) {
      // Whatever it was: the others still have to go.
      left.push(`${key} (${thrown instanceof UploadError ? thrown.detail : thrown})`)
    }
  }
  return left
}

/** The commit that put an object, '' where that is unknown; undefined where there is no such object. */
async function ownerOf(bucket: Bucket, key: string): Promise<string | undefined> {
  const { ok, status, headers } = await bucket.send('HEAD', key)
  if (status === 404) return undefined
  if (!ok) throw new S3Error(`HEAD ${key}`, status)
  return headers.get(commitHeader) ?? ''
}

interface Refusal {
  /** undefined where no answer came. */
  readonly status?: number
  readonly reason: Error
}

/** undefined for success. */
async function refusalOf(method: string, key: string, sent: Promise<Response>): Promise<Refusal | undefined> {
  try {
    const response = await sent
    // The status counts, also where the line breaks behind it.
    if (!response.ok) return { status: response.status, reason: await s3Error(`${method} ${key}`, response) }
    response.body?.cancel().catch(() => {})
    return undefined
  } catch (thrown) {
    if (thrown instanceof NoAnswer)
      return { reason: new Error(`${method} ${key}: ${thrown.message}`, { cause: thrown }) }
    throw thrown
  }
}

function explain({ status, reason }: Refusal): Error {
  if (status !== 501) return reason
  return new Error(`${reason.message}: without If-None-Match, set conditionalWrites: 'probe'`, {
    cause: reason,
  })
}

/** 501 (Not Implemented) does not pass. */
function isTransient(status: number | undefined): boolean {
  return status === undefined || (status >= 500 && status !== 501) || status === 429 || status === 409
}
