import type { Uploaded } from '@sluice/core'
import { type Answer, ownHeaders } from './answer.js'

/**
 * 201 with the place of the (first) image; the JSON is the upload, or a list where several files may be sent.
 */
export function created(uploads: readonly Uploaded[], maxFiles: number): Answer {
  const [first] = uploads
  return {
    status: 201,
    headers: { ...createdHeaders(first), 'Content-Type': 'application/json' },
    body: JSON.stringify(maxFiles === 1 ? first : { uploads }),
  }
}

export function createdHeaders(first: Uploaded | undefined): Record<string, string> {
  return { ...ownHeaders, ...(first ? { Location: first.url } : {}) }
}
