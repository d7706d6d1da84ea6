import { OptionError } from '../option-error.js'
import { type Answer, ownHeaders } from './answer.js'

/** @throws OptionError at start where it could not stand in a header */
export function checkRedirect(page: string | undefined): string | undefined {
  if (page === undefined || (typeof page === 'string' && /^[\x21-\x7e]+$/.test(page))) return page
  throw new OptionError('redirect', 'must be a percent-encoded path or URL, without spaces')
}

/** A plain form of a browser navigates: it gets a page, not JSON. */
export function wantsPage(headers: Headers): boolean {
  return (headers.get('accept') ?? '')
    .split(',')
    .some(range => range.trim().toLowerCase().startsWith('text/html'))
}

/**
 * 303 to the operator's page with a flash code: `?upload=done` or the error's code. No text of the client is
 * in it.
 */
export function redirectTo(page: string, code: string): Answer {
  const [path = '', fragment] = page.split('#', 2)
  const location = `${path}${path.includes('?') ? '&' : '?'}upload=${code}${fragment === undefined ? '' : `#${fragment}`}`
  return { status: 303, headers: { ...ownHeaders, Location: location }, body: '' }
}
