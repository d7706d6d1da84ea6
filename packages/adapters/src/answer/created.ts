import type { Uploaded } from '@sluice/core'
import { type Answer, ownHeaders } from './answer.js'

/**
 * 201 with the place of the (first) image; the JSON is the upload, or a list where several files may be sent.
 * 200 with an empty list where none was, and none need be.
 */
export function created(uploads: readonly Uploaded[], single: boolean): Answer {
  const [first] = uploads
  return {
    status: first ? 201 : 200,
    headers: { ...createdHeaders(first), 'Content-Type': 'application/json' },
    body: JSON.stringify(single && first ? first : { uploads }),
  }
}

export function createdHeaders(first: Uploaded | undefined): Record<string, string> {
  return { ...ownHeaders, ...(first ? { Location: first.url } : {}) }
}
