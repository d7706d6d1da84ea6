import { type FileToStore, sha256, UploadError } from '@sluice/core'
import { checkAbort, storeFailed } from '../refuse.js'
import { type Bucket, NoAnswer } from './bucket.js'

/** Tells our object from one that was there: a repeated request may find what the first one has put. */
const commitHeader = 'x-amz-meta-sluice-commit'

const attempts = 4
const firstDelayMs = 100

/**
 * Puts an object that must not exist. What may pass by itself (5xx, 429, a conflict, a broken line) is tried
 * again.
 */
export async function putNew(
  bucket: Bucket,
  { key, bytes, type }: FileToStore,
  commit: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const headers = {
    ...bucket.headers,
    'content-type': type,
    'if-none-match': '*',
    'x-amz-content-sha256': await sha256(bytes),
    [commitHeader]: commit,
  }
  for (let attempt = 1; ; attempt++) {
    checkAbort(signal)
    // Not aborted on its way: it might arrive after it was taken back.
    const status = await statusOf(bucket.send('PUT', key, { headers, body: bytes }))
    if (status !== undefined && status < 300) return
    // Ours, if an earlier answer was lost on the way.
    if (status === 412 && attempt > 1 && (await isOwn(bucket, key, commit))) return
    if (!isTransient(status) || attempt === attempts)
      throw storeFailed(`PUT ${key}: ${status ?? 'no answer'}`)
    await new Promise(resolve => setTimeout(resolve, firstDelayMs * 2 ** (attempt - 1) * Math.random()))
  }
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
      if (!(await isOwn(bucket, key, commit))) continue
      const { ok, status } = await bucket.send('DELETE', key)
      if (!ok && status !== 404) left.push(`${key} (${status})`)
    } catch (thrown) {
      // Whatever it was: the others still have to go.
      left.push(`${key} (${thrown instanceof UploadError ? thrown.detail : thrown})`)
    }
  }
  return left
}

async function isOwn(bucket: Bucket, key: string, commit: string): Promise<boolean> {
  const { ok, status, headers } = await bucket.send('HEAD', key)
  if (!ok && status !== 404) throw storeFailed(`HEAD ${key}: ${status}`)
  return headers.get(commitHeader) === commit
}

/** undefined where no answer came. */
async function statusOf(sent: Promise<Response>): Promise<number | undefined> {
  try {
    const { status, body } = await sent
    // The status counts, also where the line breaks behind it.
    body?.cancel().catch(() => {})
    return status
  } catch (thrown) {
    if (thrown instanceof NoAnswer) return undefined
    throw thrown
  }
}

function isTransient(status: number | undefined): boolean {
  return status === undefined || status >= 500 || status === 429 || status === 409
}
