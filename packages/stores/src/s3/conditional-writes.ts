import { sha256 } from '@sluice/core'
import { storeFailed } from '../refuse.js'
import type { Bucket } from './bucket.js'
import { s3Error } from './s3-error.js'

/**
 * Finds out whether the service keeps `If-None-Match: *`, by writing one small object twice: some do not know the
 * condition, and either say so (501, 400) or write over what is there.
 * @throws UploadError, S3Error where not even the first write is taken
 */
export async function probeConditionalWrites(bucket: Bucket): Promise<boolean> {
  const key = `sluice-probe-${crypto.randomUUID()}`
  const body = new TextEncoder().encode('probe')
  const signed = { 'x-amz-content-sha256': await sha256(body) }
  const put = (headers: Record<string, string>) =>
    bucket.send('PUT', key, { body, headers: { ...signed, ...headers } })
  const condition = { 'if-none-match': '*' }
  try {
    const first = await put(condition)
    if (first.ok) return (await put(condition)).status === 412
    const plain = await put({})
    if (plain.ok) return false
    throw storeFailed('probe of If-None-Match', await s3Error(`PUT ${key}`, plain))
  } finally {
    // Of no interest to anybody: left behind where it may not be deleted.
    await bucket.send('DELETE', key).catch(() => {})
  }
}
