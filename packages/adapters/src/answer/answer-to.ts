import type { Outcome } from '../handler.js'
import type { Settings } from '../settings.js'
import type { Answer } from './answer.js'
import { created } from './created.js'
import { problem } from './problem.js'
import { redirectTo, wantsPage } from './redirect.js'

/** The whole answer to a request: JSON, problem details, or for a form of a browser the way back to its page. */
export function answerTo(
  outcome: Outcome,
  headers: Headers,
  { redirect, messages, limits }: Pick<Settings<never, never>, 'redirect' | 'messages' | 'limits'>,
): Answer {
  const { form, error } = outcome
  const answer =
    redirect !== undefined && wantsPage(headers)
      ? redirectTo(redirect, error ? error.code : 'done')
      : error
        ? problem(error, headers, messages)
        : created(form.uploads, limits.maxFiles)
  return { ...answer, headers: { ...outcome.headers, ...answer.headers } }
}
