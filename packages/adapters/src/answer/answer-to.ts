import type { UploadError, Uploaded } from '@sluice/core'
import type { Answer } from './answer.js'
import { created } from './created.js'
import type { Catalogue } from './messages.js'
import { problem } from './problem.js'
import { redirectTo, wantsPage } from './redirect.js'

export interface AnswerSettings {
  /** Where a form of a browser is sent after its upload. */
  readonly redirect: string | undefined
  readonly messages: Catalogue
  /** Never more than one image: its JSON is the image, no list. */
  readonly single: boolean
}

/** As much of a `HandledUpload` as its answer tells. */
type Answerable = (
  | { readonly form: { readonly uploads: readonly Uploaded[] }; readonly error?: never }
  | { readonly form?: never; readonly error: UploadError }
) & { readonly headers: Readonly<Record<string, string>> }

/**
 * The whole answer to a request: JSON, problem details, or for a form of a browser the way back to its page.
 */
export function answerTo(
  handled: Answerable,
  headers: Headers,
  { redirect, messages, single }: AnswerSettings,
): Answer {
  const { form, error } = handled
  const answer =
    redirect !== undefined && wantsPage(headers)
      ? redirectTo(redirect, error ? error.code : 'done')
      : error
        ? problem(error, headers, messages)
        : created(form.uploads, single)
  return { ...answer, headers: { ...handled.headers, ...answer.headers } }
}
