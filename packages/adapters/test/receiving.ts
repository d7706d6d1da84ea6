import { definePolicy, UploadError } from '@sluice/core'
import type { FieldRules } from '../src/receive/file-fields.js'
import type { FormLimits } from '../src/receive/multipart.js'
import type { Patience } from '../src/receive/patience.js'

/** Rules of one field. */
export function rules(given: Partial<FieldRules> & { readonly maxFileBytes?: number } = {}): FieldRules {
  const { maxFileBytes = 2000, ...more } = given
  return { maxFiles: 2, required: false, policy: definePolicy({ maxFileBytes }), ...more }
}

/** Two files of the field `image`, and two others. */
export const limits: FormLimits & Patience = {
  fields: new Map([['image', rules()]]),
  maxFiles: 2,
  required: true,
  otherFiles: 'refuse',
  maxFields: 2,
  maxFieldBytes: 10,
  maxBytes: 2000,
  idleMs: 1000,
  totalMs: 5000,
  minBytesPerSecond: 0,
}

/** Onlookers that let everything pass. */
export const anyone = { announced() {}, async arrived() {}, async beforeFile() {}, async atEnd() {} }

/** A body that arrives in pieces of `size` bytes. */
export function readerOf(bytes: Uint8Array, size = bytes.length || 1) {
  let offset = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (offset >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(offset, offset + size))
      offset += size
    },
  }).getReader()
}

/** What became of a request: `accepted`, the code of its refusal, or what else was thrown. */
export function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'accepted',
    thrown => (thrown instanceof UploadError ? thrown.code : thrown),
  )
}
