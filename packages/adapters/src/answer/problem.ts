import type { UploadError } from '@sluice/core'
import { type Answer, ownHeaders } from './answer.js'
import { type Catalogue, messageFor } from './messages.js'

/**
 * A refusal as problem details (RFC 9457): `title` for a person, `code` for a program, the numbers by name, and
 * the cleaned name of the `file` that it is about.
 * What is private in the error (`detail`, `cause`) stays out.
 */
export function problem(error: UploadError, headers: Headers, catalogue: Catalogue): Answer {
  const { code, status, params, file } = error
  const { language, text } = messageFor(error, catalogue, headers.get('accept-language'))
  return {
    status,
    headers: {
      ...ownHeaders,
      ...refusalHeaders(error),
      'Content-Type': 'application/problem+json',
      'Content-Language': language,
      Vary: 'Accept-Language',
    },
    body: JSON.stringify({
      type: `urn:sluice:problem:${code}`,
      title: text,
      status,
      code,
      params,
      ...(file && { file }),
    }),
  }
}

/** What HTTP wants besides with some statuses. */
export function refusalHeaders({ status, params }: UploadError): Record<string, string> {
  return {
    ...(status === 405 ? { Allow: String(params.methods ?? 'POST') } : {}),
    ...(params.retryAfter === undefined ? {} : { 'Retry-After': String(params.retryAfter) }),
  }
}
