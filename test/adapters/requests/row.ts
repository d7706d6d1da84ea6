import type { ErrorCode } from '@sluice/core'
import { file, formType, multipartBody, type Part } from '../../../packages/adapters/test/multipart-body.js'
import type { Got, Sent } from '../client.js'
import { pngImage } from '../images.js'

/** What is sent, and what must come back. */
export interface Row extends Sent {
  readonly name: string
  readonly status: number
  readonly code?: ErrorCode
  readonly check?: (got: Got) => boolean
}

interface Request extends Omit<Row, 'status' | 'code' | 'body'> {
  readonly body?: Body
  /** The status of an answer, or the code of a refusal, which has its own. */
  readonly expect: number | ErrorCode
}

interface Body {
  readonly body?: Uint8Array
  readonly type?: string
}

export function row({ body: { body, type } = {}, expect, headers, ...more }: Request): Row {
  return {
    ...more,
    headers: { ...(type ? { 'content-type': type } : {}), ...headers },
    ...(body ? { body } : {}),
    ...(typeof expect === 'number' ? { status: expect } : { status: statusOf[expect] ?? 0, code: expect }),
  }
}

export const png = pngImage()

export function form(parts: readonly Part[] = [file(png)]) {
  return { body: multipartBody(parts), type: formType }
}

export function raw(body: Uint8Array, type = 'image/png') {
  return { body, type }
}

export const sameOrigin = { 'sec-fetch-site': 'same-origin' }
export const author = { 'x-role': 'author', ...sameOrigin }
/** Written out: the table of the library is what is on trial. */
const statusOf: Readonly<Partial<Record<ErrorCode, number>>> = {
  'method-not-allowed': 405,
  'cross-site': 403,
  'origin-missing': 403,
  'csrf-token': 403,
  unauthenticated: 401,
  forbidden: 403,
  'rate-limited': 429,
  'quota-exceeded': 429,
  'unsupported-media-type': 415,
  'malformed-body': 400,
  'no-file': 400,
  'wrong-field': 400,
  'too-many-files': 400,
  'too-many-fields': 400,
  'field-too-large': 413,
  'too-large': 413,
  'body-too-large': 413,
  'empty-file': 400,
  'name-too-long': 400,
  'extension-missing': 415,
  'format-not-enabled': 415,
  'invalid-crop': 400,
  'crop-too-small': 422,
  'connection-lost': 499,
  'extension-not-allowed': 415,
  'format-not-allowed': 415,
  'format-unknown': 415,
  'extension-mismatch': 415,
  corrupt: 422,
  truncated: 422,
  'needs-repair': 422,
  'too-many-pixels': 422,
  'too-many-frames': 422,
  'too-many-total-pixels': 422,
  'too-many-scans': 422,
  'too-much-metadata': 422,
  'trailing-data': 422,
  'animation-not-allowed': 422,
  'unsupported-kind': 422,
  'decode-failed': 422,
  'too-costly': 422,
  'too-much-memory': 422,
  'timed-out': 422,
  aborted: 499,
  busy: 503,
  'renderer-unavailable': 503,
  'render-failed': 500,
  'verify-failed': 500,
  rejected: 422,
  'idempotency-key-invalid': 400,
  'idempotency-key-reused': 422,
  'storage-full': 409,
  'too-many-stored': 409,
  'store-conflict': 500,
  'store-failed': 500,
  internal: 500,
}
